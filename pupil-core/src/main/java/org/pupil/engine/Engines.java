package org.pupil.engine;

import java.util.Optional;
import java.util.ServiceLoader;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.images.InputSpec;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkFormat;

/**
 * The engines that there are. ONNX Runtime comes with the library; others are found by {@link
 * ServiceLoader}, as TensorFlow is where the module {@code pupil-tensorflow} is on the class path.
 */
public final class Engines {
  private Engines() {}

  /** The engine that is used unless a person chooses one. */
  public static NetworkEngine auto() {
    return new AutoEngine(new OnnxEngine(), () -> find(EngineName.TENSORFLOW));
  }

  /**
   * An engine by its name.
   *
   * @throws PupilException (unavailable) if it is not there
   */
  public static NetworkEngine named(EngineName name) {
    return switch (name) {
      case AUTO -> auto();
      case ONNX -> new OnnxEngine();
      case TENSORFLOW -> tensorFlow(Message.of(Setting.ENGINE, " ", name));
    };
  }

  /**
   * Checks that an engine runs networks of a format, whether the engine is there or not.
   *
   * @throws PupilException (usage) if it does not
   */
  public static void check(EngineName name, NetworkFormat format) {
    if (name == EngineName.TENSORFLOW && format == NetworkFormat.ONNX) {
      throw PupilException.usage(
          Message.of(Setting.ENGINE, " " + name + " does not run .onnx files: leave it out"));
    }
  }

  /**
   * The engine for a purpose.
   *
   * @throws PupilException (usage) if the engine of that name is of no use for it; (unavailable) if
   *     the engine that it takes is not there
   */
  public static NetworkEngine named(EngineName name, Purpose purpose) {
    if (purpose != Purpose.MANY_PHOTOS_IN_BFLOAT16 || name == EngineName.TENSORFLOW) {
      return named(name);
    }
    if (name == EngineName.ONNX) {
      throw PupilException.usage(
          Message.of(
              Setting.PRECISION,
              " bfloat16 is for TensorFlow: leave it out, or give ",
              Setting.ENGINE,
              " " + EngineName.TENSORFLOW));
    }
    return tensorFlow(Message.of(Setting.PRECISION, " bfloat16"));
  }

  /**
   * Whether networks run faster in bfloat16 here: TensorFlow is there and may be used, and the
   * processor multiplies such numbers (measured: {@code docs/benchmarks.md}).
   */
  public static boolean isFasterInBfloat16(EngineName name, NetworkFormat format) {
    return name != EngineName.ONNX
        && format != NetworkFormat.ONNX
        && hasTensorFlow()
        && Processor.ofMachine().multipliesBfloat16();
  }

  /**
   * The version of ONNX Runtime, which is loaded for that.
   *
   * @throws PupilException (unavailable) if it cannot be loaded
   */
  public static String onnxRuntimeVersion() {
    return OnnxLibrary.environment().getVersion();
  }

  /** Whether TensorFlow is on the class path. */
  public static boolean hasTensorFlow() {
    return find(EngineName.TENSORFLOW).isPresent();
  }

  private static NetworkEngine tensorFlow(Message what) {
    return find(EngineName.TENSORFLOW)
        .orElseThrow(
            () ->
                PupilException.unavailable(
                    Message.of(
                        what,
                        " needs TensorFlow, which is not there: the module pupil-tensorflow is not"
                            + " on the class path")));
  }

  private static Optional<NetworkEngine> find(EngineName name) {
    return ServiceLoader.load(NetworkEngine.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(engine -> engine.name().equals(name.toString()))
        .findFirst();
  }

  /**
   * Opens a model as it was exported for other programs, to see that it does what it should. It
   * must not be closed while it runs.
   *
   * @param model a serialized {@link org.pupil.onnx.PhotoModel}; its output is {@value
   *     org.pupil.onnx.PhotoModel#OUTPUT}
   * @param input the size of its images, which are in [0, 1]
   * @param where what to call in messages what was exported
   * @throws PupilException (bad model) if ONNX Runtime does not accept it; (unavailable) if that
   *     cannot be loaded
   */
  public static Network exported(byte[] model, InputSpec input, String where) {
    return ExportedNetwork.open(model, input, where);
  }
}

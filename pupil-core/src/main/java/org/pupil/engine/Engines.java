package org.pupil.engine;

import java.util.List;
import org.pupil.errors.PupilException;
import org.pupil.network.NetworkEngine;

/**
 * The engines that there are: the one place that makes them. An engine is added here and nowhere
 * else.
 */
public final class Engines {
  private Engines() {}

  /** What {@link #named} takes. */
  public static List<String> names() {
    return List.of(AutoEngine.NAME, OnnxEngine.NAME, TensorFlowEngine.NAME);
  }

  /** The engine that is best for this machine. */
  public static NetworkEngine auto() {
    return new AutoEngine();
  }

  /**
   * An engine by its name.
   *
   * @param name one of {@link #names}; {@code auto} is {@link #auto}
   * @throws PupilException (usage) if there is no such engine
   */
  public static NetworkEngine named(String name) {
    return switch (name) {
      case AutoEngine.NAME -> auto();
      case OnnxEngine.NAME -> new OnnxEngine();
      case TensorFlowEngine.NAME -> new TensorFlowEngine();
      default ->
          throw PupilException.usage(
              "there is no engine " + name + "; there are " + String.join(", ", names()));
    };
  }
}

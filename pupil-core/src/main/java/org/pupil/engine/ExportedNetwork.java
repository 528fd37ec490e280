package org.pupil.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.files.Reason;
import org.pupil.images.InputSpec;
import org.pupil.network.Network;
import org.pupil.network.NetworkResult;
import org.pupil.network.OutputSpec;
import org.pupil.onnx.PhotoModel;

/**
 * An exported model, run as any other program runs it: ONNX Runtime as it comes, and whole batches
 * where the model takes them.
 */
final class ExportedNetwork implements Network {
  private static final int CHANNELS = 3;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final InputSpec input;
  private final String where;
  private final boolean oneAtATime;
  private final int labels;

  private ExportedNetwork(
      OrtEnvironment environment, OrtSession session, InputSpec input, String where)
      throws OrtException {
    this.environment = environment;
    this.session = session;
    this.input = input;
    this.where = where;
    this.oneAtATime = shape(session.getInputInfo().get(PhotoModel.INPUT).getInfo())[0] == 1;
    this.labels = (int) shape(session.getOutputInfo().get(PhotoModel.OUTPUT).getInfo())[1];
  }

  private static long[] shape(Object info) {
    return ((TensorInfo) info).getShape();
  }

  static Network open(byte[] model, InputSpec input, String where) {
    OrtEnvironment environment = OnnxLibrary.environment();
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1); // the program has threads of its own
      OrtSession session = environment.createSession(model, options);
      try {
        return new ExportedNetwork(environment, session, input, where);
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw refused(where, "accept", e);
    }
  }

  private static PupilException refused(String where, String what, OrtException e) {
    return PupilException.badModel(
        "%s is not exported: ONNX Runtime does not %s what became of it: %s"
            .formatted(where, what, Reason.of(e)),
        e);
  }

  @Override
  public InputSpec input() {
    return input;
  }

  @Override
  public List<OutputSpec> outputs() {
    return List.of(new OutputSpec(PhotoModel.OUTPUT, Optional.of(List.of(labels))));
  }

  @Override
  public NetworkResult run(float[] pixels, int count) {
    float[] values = new float[count * labels];
    int atATime = oneAtATime ? 1 : count;
    for (int from = 0; from < count; from += atATime) {
      run(channelsFirst(pixels, from, atATime), atATime, values, from * labels);
    }
    return new NetworkResult().with(PhotoModel.OUTPUT, List.of(count, labels), values);
  }

  private void run(float[] images, int count, float[] values, int at) {
    long[] shape = {count, CHANNELS, input.height(), input.width()};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
        OrtSession.Result result = session.run(Map.of(PhotoModel.INPUT, tensor))) {
      OnnxTensor probabilities = (OnnxTensor) result.get(PhotoModel.OUTPUT).orElseThrow();
      probabilities.getFloatBuffer().get(values, at, count * labels);
    } catch (OrtException e) {
      throw refused(where, "run", e);
    }
  }

  /** From [n,height,width,3] to [n,3,height,width]. */
  private float[] channelsFirst(float[] pixels, int from, int count) {
    int area = input.height() * input.width();
    float[] moved = new float[count * input.floats()];
    int at = 0;
    for (int image = from; image < from + count; image++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (int i = 0; i < area; i++) {
          moved[at++] = pixels[(image * area + i) * CHANNELS + channel];
        }
      }
    }
    return moved;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close a session", e);
    }
  }
}

package org.pupil.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;
import org.pupil.network.Network;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;
import org.pupil.network.OutputSpec;

/**
 * A network that ONNX Runtime runs, image by image: a batch would be no faster, since every thread
 * of the program has an image of its own, and so what comes out for an image depends on that image
 * only, bit for bit.
 */
final class OnnxNetwork implements Network {
  private static final int CHANNELS = 3;

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final NetworkGraph graph;
  private final InputSpec input;
  private final List<OutputSpec> outputs;
  private final List<String> outputNodes;

  /** Inputs that no run uses just now: there are never more than there were runs at a time. */
  private final Queue<FedImage> idle = new ConcurrentLinkedQueue<>();

  /** Shared by the runs, exclusive for closing. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  /**
   * Takes a session over.
   *
   * @throws OrtException if it cannot say what it gives
   */
  OnnxNetwork(OrtEnvironment environment, OrtSession session, NetworkGraph graph, InputSpec input)
      throws OrtException {
    this.environment = environment;
    this.session = session;
    this.graph = graph;
    this.input = input;
    this.outputNodes = List.copyOf(graph.outputs().values());
    List<OutputSpec> specs = new ArrayList<>();
    for (Map.Entry<String, String> output : graph.outputs().entrySet()) {
      TensorInfo info = (TensorInfo) session.getOutputInfo().get(output.getValue()).getInfo();
      if (info.type != OnnxJavaType.FLOAT) {
        throw unusable(output.getValue() + " is of type " + info.type + ", not FLOAT");
      }
      specs.add(new OutputSpec(output.getKey(), Optional.of(ofOneImage(info.getShape()))));
    }
    this.outputs = List.copyOf(specs);
  }

  private PupilException unusable(String reason) {
    String where = graph instanceof NetworkGraph.OfOnnx own ? own.network().where() + ": " : "";
    return PupilException.badModel(where + "the graph cannot be used: " + reason);
  }

  private static List<Integer> ofOneImage(long[] shape) {
    return Arrays.stream(shape).skip(1).mapToObj(length -> (int) length).toList();
  }

  @Override
  public InputSpec input() {
    return input;
  }

  @Override
  public List<OutputSpec> outputs() {
    return outputs;
  }

  @Override
  public NetworkResult run(float[] pixels, int count) {
    float[][] values = new float[outputs.size()][];
    for (int output = 0; output < values.length; output++) {
      values[output] = new float[count * outputs.get(output).size().orElseThrow()];
    }
    lock.readLock().lock();
    try {
      FedImage image = takeIdle();
      try {
        for (int i = 0; i < count; i++) {
          image.fill(pixels, i * input.floats());
          run(image, i, values);
        }
      } finally {
        idle.add(image);
      }
    } catch (OrtException e) {
      throw OnnxEngine.refused(graph, "ONNX Runtime cannot run the graph", e);
    } finally {
      lock.readLock().unlock();
    }
    NetworkResult result = new NetworkResult();
    for (int output = 0; output < values.length; output++) {
      result.with(outputs.get(output).name(), shape(outputs.get(output), count), values[output]);
    }
    return result;
  }

  private FedImage takeIdle() throws OrtException {
    FedImage image = idle.poll();
    return image != null ? image : FedImage.make(environment, input);
  }

  private void run(FedImage fed, int image, float[][] values) throws OrtException {
    try (OrtSession.Result result = session.run(Map.of(graph.input(), fed.tensor))) {
      for (int output = 0; output < values.length; output++) {
        OnnxTensor tensor = (OnnxTensor) result.get(outputNodes.get(output)).orElseThrow();
        FloatBuffer numbers = tensor.getFloatBuffer();
        int size = outputs.get(output).size().orElseThrow();
        if (numbers.remaining() != size) {
          throw unusable(
              "%s gives %d numbers for an image, not %d as it says"
                  .formatted(outputNodes.get(output), numbers.remaining(), size));
        }
        numbers.get(values[output], image * size, size);
      }
    }
  }

  private static List<Integer> shape(OutputSpec output, int count) {
    List<Integer> shape = new ArrayList<>();
    shape.add(count);
    shape.addAll(output.shape().orElseThrow());
    return shape;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      idle.forEach(image -> image.tensor.close());
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close a session", e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * An image outside of Java's heap, where ONNX Runtime reads it without another copy.
   *
   * @param pixels [1, height, width, 3], which the tensor shares
   */
  private record FedImage(FloatBuffer pixels, OnnxTensor tensor) {
    static FedImage make(OrtEnvironment environment, InputSpec input) throws OrtException {
      FloatBuffer pixels =
          ByteBuffer.allocateDirect(input.floats() * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      long[] shape = {1, input.height(), input.width(), CHANNELS};
      return new FedImage(pixels, OnnxTensor.createTensor(environment, pixels, shape));
    }

    void fill(float[] from, int offset) {
      pixels.put(0, from, offset, pixels.capacity());
    }
  }
}

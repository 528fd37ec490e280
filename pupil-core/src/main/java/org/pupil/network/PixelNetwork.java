package org.pupil.network;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pupil.errors.PupilException;
import org.pupil.files.Reason;
import org.pupil.images.InputSpec;
import org.pupil.tensorflow.Feed;
import org.pupil.tensorflow.FloatArray;
import org.pupil.tensorflow.GraphRunException;
import org.pupil.tensorflow.GraphSession;
import org.tensorflow.proto.GraphDef;

/**
 * A loaded network that makes a vector out of each image: a backbone (pixels to bottlenecks) or a
 * whole model (pixels to probabilities). Owns native memory. Safe for use by many threads.
 *
 * <p>The pooled features of the embedded backbones depend on their image only: not on the batch
 * that the image came in, nor on its place in it, nor on the number of threads. After a matrix
 * product, as in a final layer, the last digits may differ with the number of images in the batch.
 * A graph that was made for one image, as those of the original retrain script are, gets one at a
 * time.
 */
public final class PixelNetwork implements AutoCloseable {
  private static final List<String> AXES = List.of("images", "rows", "columns", "channels");
  private static final int CHANNELS = 3;

  private final GraphSession session;
  private final String inputNode;
  private final String outputNode;
  private final InputSpec spec;
  private final boolean oneAtATime;

  private PixelNetwork(GraphSession session, String inputNode, String outputNode, InputSpec spec) {
    this.session = session;
    this.inputNode = inputNode;
    this.outputNode = outputNode;
    this.spec = spec;
    session.checkFloat32(inputNode);
    session.checkFloat32(outputNode);
    checkInput(session.shape(inputNode), inputNode, spec);
    this.oneAtATime = isForOne(session.shape(inputNode)) || isForOne(session.shape(outputNode));
  }

  /**
   * Loads a network.
   *
   * @param graph frozen: without variables
   * @param inputNode a float32 placeholder [n, height, width, 3] or [1, height, width, 3], or any
   *     other node that gives such values
   * @param outputNode float32 [n, d], or [n, 1, 1, d], which counts as the same
   * @param spec the pixels that are fed
   * @throws PupilException (bad model) if TensorFlow does not accept the graph, there are no such
   *     nodes in it, or they are not of that type and shape
   */
  public static PixelNetwork open(
      GraphDef graph,
      String inputNode,
      String outputNode,
      InputSpec spec,
      GraphSession.Preparation preparation) {
    GraphSession session;
    try {
      session = GraphSession.open(graph, preparation);
    } catch (IllegalArgumentException e) {
      throw PupilException.badModel("TensorFlow does not accept the graph: " + Reason.of(e), e);
    }
    try {
      return new PixelNetwork(session, inputNode, outputNode, spec);
    } catch (IllegalArgumentException e) {
      session.close();
      throw PupilException.badModel("the graph cannot be used: " + Reason.of(e), e);
    }
  }

  private static boolean isForOne(Optional<List<Long>> shape) {
    return shape.isPresent() && !shape.get().isEmpty() && shape.get().get(0) == 1;
  }

  private static void checkInput(Optional<List<Long>> shape, String inputNode, InputSpec spec) {
    if (shape.isEmpty()) {
      return;
    }
    List<Long> own = shape.get();
    List<Long> fed = List.of(1L, (long) spec.height(), (long) spec.width(), (long) CHANNELS);
    if (own.size() != fed.size()) {
      throw new IllegalArgumentException(
          inputNode + " takes values of " + own.size() + " axes, not [n, height, width, 3]");
    }
    for (int axis = 0; axis < fed.size(); axis++) {
      if (own.get(axis) >= 0 && !own.get(axis).equals(fed.get(axis))) {
        throw new IllegalArgumentException(
            "%s takes %d %s, not %d"
                .formatted(inputNode, own.get(axis), AXES.get(axis), fed.get(axis)));
      }
    }
  }

  /** The pixels that are fed. */
  public InputSpec spec() {
    return spec;
  }

  /** Length of a vector, d, where TensorFlow can tell it from the graph. */
  public OptionalInt vectorSize() {
    Optional<List<Long>> shape = session.shape(outputNode);
    if (shape.isEmpty() || shape.get().size() < 2) {
      return OptionalInt.empty();
    }
    long size = 1;
    for (long length : shape.get().subList(1, shape.get().size())) {
      if (length < 0 || length > Integer.MAX_VALUE) {
        return OptionalInt.empty();
      }
      size = Math.min(size * length, Integer.MAX_VALUE);
    }
    return OptionalInt.of((int) size);
  }

  /**
   * Runs a black image, because the first run is the one in which TensorFlow rewrites the graph.
   *
   * @throws PupilException as {@link #run}
   */
  void prepare() {
    run(new float[spec.floats()], 1);
  }

  /**
   * Runs a batch.
   *
   * @param pixels images [count, height, width, 3], row-major, at the array's beginning; what
   *     follows is not looked at
   * @param count number of images, at least 1
   * @return vectors [count, d], row-major
   * @throws PupilException (bad model) if the graph fails on them; (unavailable) if there is not
   *     enough memory
   */
  public float[] run(float[] pixels, int count) {
    return oneAtATime && count > 1 ? runOneByOne(pixels, count) : runTogether(pixels, count);
  }

  private float[] runTogether(float[] pixels, int count) {
    try {
      FloatArray output =
          session.run(
              outputNode,
              Feed.floats(inputNode, pixels, count, spec.height(), spec.width(), CHANNELS));
      return output.values();
    } catch (GraphRunException e) {
      throw e.isOutOfMemory()
          ? PupilException.unavailable(
              "not enough memory to run the network: give fewer --threads (" + Reason.of(e) + ")",
              e)
          : PupilException.badModel("TensorFlow cannot run the graph: " + Reason.of(e), e);
    }
  }

  private float[] runOneByOne(float[] pixels, int count) {
    float[] all = new float[0];
    float[] image = new float[spec.floats()];
    for (int i = 0; i < count; i++) {
      System.arraycopy(pixels, i * image.length, image, 0, image.length);
      float[] vector = runTogether(image, 1);
      if (i == 0) {
        all = new float[Math.multiplyExact(count, vector.length)];
      }
      System.arraycopy(vector, 0, all, i * vector.length, vector.length);
    }
    return all;
  }

  @Override
  public void close() {
    session.close();
  }
}

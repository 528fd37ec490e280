package org.pupil.backbone;

import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;
import org.pupil.tensorflow.Feed;
import org.pupil.tensorflow.GraphRunException;
import org.pupil.tensorflow.GraphSession;
import org.tensorflow.proto.GraphDef;

/**
 * A loaded network that makes a vector out of each image: a backbone (pixels to bottlenecks) or a
 * whole model (pixels to probabilities). Owns native memory. Safe for use by many threads.
 *
 * <p>A vector depends on its image only: not on the batch that the image came in, nor on its place
 * in it, nor on the number of threads.
 */
public final class PixelNetwork implements AutoCloseable {
  private final GraphSession session;
  private final String inputNode;
  private final String outputNode;
  private final InputSpec spec;

  private PixelNetwork(GraphSession session, String inputNode, String outputNode, InputSpec spec) {
    this.session = session;
    this.inputNode = inputNode;
    this.outputNode = outputNode;
    this.spec = spec;
  }

  /**
   * Loads a network.
   *
   * @param graph frozen: without variables
   * @param inputNode a float32 placeholder [n, height, width, 3]
   * @param outputNode float32 [n, d], or [n, 1, 1, d], which counts as the same
   * @param spec the pixels that are fed
   * @throws IllegalArgumentException if TensorFlow does not accept the graph
   */
  public static PixelNetwork open(
      GraphDef graph,
      String inputNode,
      String outputNode,
      InputSpec spec,
      GraphSession.Preparation preparation) {
    return new PixelNetwork(GraphSession.open(graph, preparation), inputNode, outputNode, spec);
  }

  /** The pixels that are fed. */
  public InputSpec spec() {
    return spec;
  }

  /**
   * Runs a batch.
   *
   * @param pixels images [count, height, width, 3], row-major, at the array's beginning; what
   *     follows is not looked at
   * @param count number of images, at least 1
   * @return vectors [count, d], row-major
   * @throws PupilException (bad model) if the graph does not lead from such images to float32
   *     numbers; (unavailable) if memory is short
   */
  public float[] run(float[] pixels, int count) {
    try {
      return session
          .run(outputNode, Feed.floats(inputNode, pixels, count, spec.height(), spec.width(), 3))
          .values();
    } catch (GraphRunException e) {
      throw e.isOutOfMemory()
          ? PupilException.unavailable(
              "out of memory: keep fewer cores busy with --threads, or give smaller images", e)
          : doesNotLead(e);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw doesNotLead(e);
    }
  }

  private PupilException doesNotLead(RuntimeException e) {
    return PupilException.badModel(
        "the graph does not lead from images at "
            + inputNode
            + " to numbers at "
            + outputNode
            + ": "
            + OneLine.of(e),
        e);
  }

  @Override
  public void close() {
    session.close();
  }
}

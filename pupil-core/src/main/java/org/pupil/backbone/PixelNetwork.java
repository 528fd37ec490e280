package org.pupil.backbone;

import java.util.Arrays;
import java.util.Optional;
import org.pupil.errors.PupilException;
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
 * <p>A vector depends on its image only: not on the batch that the image came in, nor on its place
 * in it, nor on the number of threads. Graphs that are made for one image at a time, as some of the
 * original script's are, get their images singly.
 */
public final class PixelNetwork implements AutoCloseable {
  private final GraphSession session;
  private final String inputNode;
  private final String outputNode;
  private final InputSpec spec;

  /** Set once the graph has shown that it takes one image at a time only. */
  private volatile boolean oneByOne;

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
   * @throws PupilException (bad model) if the network does not take such images
   */
  public float[] run(float[] pixels, int count) {
    try {
      if (!oneByOne) {
        Optional<float[]> vectors = runTogether(pixels, count);
        if (vectors.isPresent()) {
          return vectors.get();
        }
        oneByOne = true;
      }
      return runOneByOne(pixels, count);
    } catch (GraphRunException e) {
      throw PupilException.badModel(
          "the graph cannot compute %s from images of %d x %d (%s)"
              .formatted(outputNode, spec.height(), spec.width(), OneLine.of(e)),
          e);
    }
  }

  /** Empty if the graph is made for one image at a time. */
  private Optional<float[]> runTogether(float[] pixels, int count) {
    try {
      FloatArray output = session.run(outputNode, feed(pixels, count));
      boolean oneRowEach = output.rank() > 0 && output.axis(0) == count;
      return oneRowEach ? Optional.of(output.values()) : Optional.empty();
    } catch (GraphRunException e) {
      if (count == 1 || e.isOutOfMemory()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private float[] runOneByOne(float[] pixels, int count) {
    float[] vectors = new float[0];
    for (int i = 0; i < count; i++) {
      float[] image = Arrays.copyOfRange(pixels, i * spec.floats(), (i + 1) * spec.floats());
      float[] vector = session.run(outputNode, feed(image, 1)).values();
      vectors = Arrays.copyOf(vectors, (i + 1) * vector.length);
      System.arraycopy(vector, 0, vectors, i * vector.length, vector.length);
    }
    return vectors;
  }

  private Feed feed(float[] pixels, int count) {
    return Feed.floats(inputNode, pixels, count, spec.height(), spec.width(), 3);
  }

  @Override
  public void close() {
    session.close();
  }
}

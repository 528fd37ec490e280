package org.pupil.tensorflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.Reason;
import org.pupil.images.InputSpec;
import org.pupil.network.FedNode;
import org.pupil.network.Network;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;
import org.pupil.network.OutputSpec;

/**
 * A network that TensorFlow runs.
 *
 * <p>The pooled features of the embedded backbones depend on their image only, bit for bit. After a
 * matrix product, as in a final layer, the last digits may differ with the number of images in the
 * batch. A graph that was made for one image, as those of the original retrain script are, gets one
 * at a time.
 */
final class TensorFlowNetwork implements Network {
  private static final int CHANNELS = 3;

  private final GraphSession session;
  private final String inputNode;
  private final InputSpec input;
  private final List<OutputSpec> outputs;
  private final List<String> outputNodes;
  private final boolean oneAtATime;

  /**
   * Takes a session over.
   *
   * @throws IllegalArgumentException if there are no such nodes in it, or they are not of the type
   *     and shape that a network has
   */
  TensorFlowNetwork(GraphSession session, NetworkGraph graph, InputSpec input) {
    this.session = session;
    this.inputNode = graph.input();
    this.input = input;
    this.outputNodes = List.copyOf(graph.outputs().values());
    session.checkFloat32(inputNode);
    boolean forOne = isForOne(session.shape(inputNode));
    List<OutputSpec> specs = new ArrayList<>();
    for (Map.Entry<String, String> output : graph.outputs().entrySet()) {
      session.checkFloat32(output.getValue());
      Optional<List<Long>> shape = session.shape(output.getValue());
      forOne |= isForOne(shape);
      specs.add(new OutputSpec(output.getKey(), shapeOfOne(shape)));
    }
    Optional<String> trouble =
        session.shape(inputNode).flatMap(shape -> FedNode.trouble(inputNode, shape, input));
    if (trouble.isPresent()) {
      throw new IllegalArgumentException(trouble.get());
    }
    this.oneAtATime = forOne;
    this.outputs = List.copyOf(specs);
  }

  private static boolean isForOne(Optional<List<Long>> shape) {
    return shape.isPresent() && !shape.get().isEmpty() && shape.get().get(0) == 1;
  }

  private static Optional<List<Integer>> shapeOfOne(Optional<List<Long>> shape) {
    if (shape.isEmpty() || shape.get().size() < 2) {
      return Optional.empty();
    }
    List<Integer> lengths = new ArrayList<>();
    for (long length : shape.get().subList(1, shape.get().size())) {
      lengths.add(length < 0 || length > Integer.MAX_VALUE ? -1 : (int) length);
    }
    return Optional.of(lengths);
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
    List<FloatArray> arrays =
        oneAtATime && count > 1 ? runOneByOne(pixels, count) : runTogether(pixels, count);
    NetworkResult result = new NetworkResult();
    for (int i = 0; i < outputs.size(); i++) {
      result.with(outputs.get(i).name(), arrays.get(i).shape(), arrays.get(i).values());
    }
    return result;
  }

  private List<FloatArray> runTogether(float[] pixels, int count) {
    try {
      return session.run(
          outputNodes,
          Feed.floats(inputNode, pixels, count, input.height(), input.width(), CHANNELS));
    } catch (GraphRunException e) {
      throw e.isOutOfMemory()
          ? PupilException.unavailable(
              Message.of(
                  "not enough memory to run the network: give fewer ",
                  Setting.THREADS,
                  " (" + Reason.of(e) + ")"),
              e)
          : PupilException.badModel("TensorFlow cannot run the graph: " + Reason.of(e), e);
    }
  }

  private List<FloatArray> runOneByOne(float[] pixels, int count) {
    List<List<FloatArray>> ofImages = new ArrayList<>();
    float[] image = new float[input.floats()];
    for (int i = 0; i < count; i++) {
      System.arraycopy(pixels, i * image.length, image, 0, image.length);
      ofImages.add(runTogether(image, 1));
    }
    List<FloatArray> joined = new ArrayList<>();
    for (int output = 0; output < outputs.size(); output++) {
      int of = output;
      joined.add(FloatArray.joined(ofImages.stream().map(arrays -> arrays.get(of)).toList()));
    }
    return joined;
  }

  @Override
  public void close() {
    session.close();
  }
}

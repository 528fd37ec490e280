package org.pupil.explain;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.graph.GraphIndex;
import org.pupil.graph.LinearHead;
import org.pupil.labelling.LabellingGraph;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;
import org.pupil.onnx.OnnxHead;
import org.pupil.training.FinalLayer;

/**
 * The end of a network that can be read backwards, from its probabilities to its features, and
 * often to the map whose mean these are.
 *
 * @param network gives the features, the logits and perhaps the map beside the probabilities
 * @param layer from features to logits
 * @param isOnnx whether the map may have its channels first
 */
record ReadableEnd(NetworkGraph network, FinalLayer layer, boolean isOnnx) {
  private static final String MAP = "map";
  private static final String LOGITS = "logits";

  private static final int AXES = 4;

  /**
   * Looks for it.
   *
   * @return empty when the network ends in another way
   */
  static Optional<ReadableEnd> of(LabellingGraph model, String where) {
    int labels = model.labels().size();
    if (model.network() instanceof NetworkGraph.OfOnnx onnx) {
      return onnx.network()
          .head(model.outputLayer())
          .flatMap(
              head ->
                  layer(head, labels)
                      .map(
                          layer ->
                              new ReadableEnd(
                                  new NetworkGraph.OfOnnx(
                                      onnx.network(),
                                      outputs(model, head.features(), head.map(), head.logits())),
                                  layer,
                                  true)));
    }
    NetworkGraph.OfTensorFlow graph = (NetworkGraph.OfTensorFlow) model.network();
    return LinearHead.of(new GraphIndex(graph.graph(), where), model.outputLayer())
        .flatMap(
            head ->
                layer(head, labels)
                    .map(
                        layer ->
                            new ReadableEnd(
                                new NetworkGraph.OfTensorFlow(
                                    graph.graph(),
                                    graph.input(),
                                    outputs(model, head.features(), head.map(), head.logits())),
                                layer,
                                false)));
  }

  private static Map<String, String> outputs(
      LabellingGraph model, String features, Optional<String> map, String logits) {
    Map<String, String> outputs = new LinkedHashMap<>();
    outputs.put(LabellingGraph.PROBABILITIES, model.outputLayer());
    outputs.put(LabellingGraph.FEATURES, features);
    map.ifPresent(tensor -> outputs.put(MAP, tensor));
    outputs.put(LOGITS, logits);
    return outputs;
  }

  private static Optional<FinalLayer> layer(LinearHead head, int labels) {
    List<Long> shape =
        head.weights().getTensorShape().getDimList().stream().map(dim -> dim.getSize()).toList();
    if (shape.size() != 2 || shape.get(1) != labels) {
      return Optional.empty();
    }
    return LinearHead.floats(head.biases(), labels)
        .flatMap(
            biases ->
                LinearHead.floats(head.weights(), size(shape))
                    .flatMap(weights -> layer(weights, biases)));
  }

  private static Optional<FinalLayer> layer(OnnxHead head, int labels) {
    List<Long> shape = head.weights().getDimsList();
    if (shape.size() != 2 || shape.get(head.isTransposed() ? 0 : 1) != labels) {
      return Optional.empty();
    }
    return OnnxHead.floats(head.biases(), labels)
        .flatMap(
            biases ->
                OnnxHead.floats(head.weights(), size(shape))
                    .map(weights -> head.isTransposed() ? transposed(weights, labels) : weights)
                    .flatMap(weights -> layer(weights, biases)));
  }

  /** -1 where it cannot be: no constant has so many numbers. */
  private static int size(List<Long> shape) {
    long size =
        Math.multiplyHigh(shape.get(0), shape.get(1)) == 0 ? shape.get(0) * shape.get(1) : -1;
    return size < 0 || size > Integer.MAX_VALUE ? -1 : (int) size;
  }

  /** From [k,d] to [d,k]. */
  private static float[] transposed(float[] weights, int labels) {
    int dimension = weights.length / labels;
    float[] to = new float[weights.length];
    for (int label = 0; label < labels; label++) {
      for (int c = 0; c < dimension; c++) {
        to[c * labels + label] = weights[label * dimension + c];
      }
    }
    return to;
  }

  private static Optional<FinalLayer> layer(float[] weights, float[] biases) {
    try {
      return Optional.of(new FinalLayer(weights.length / biases.length, weights, biases));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // numbers that are not finite, or one label only
    }
  }

  /** The evidence on the first of the images, if its map has what the logits are made of. */
  Optional<Evidence> evidence(NetworkResult result) {
    if (!result.outputs().contains(MAP) || result.shape(MAP).size() != AXES) {
      return Optional.empty();
    }
    List<Integer> shape = result.shape(MAP);
    float[] logits = first(result, LOGITS, layer.labelCount());
    int size = shape.get(1) * shape.get(2) * shape.get(3);
    float[] map = first(result, MAP, size);
    int channels = layer.dimension();
    Optional<Evidence> found = Optional.empty();
    if (shape.get(3) == channels) {
      found = Evidence.of(layer, shape.get(1), shape.get(2), map, logits);
    }
    if (isOnnx && found.isEmpty() && shape.get(1) == channels) {
      found = Evidence.of(layer, shape.get(2), shape.get(3), channelsLast(map, channels), logits);
    }
    return found;
  }

  private static float[] channelsLast(float[] map, int channels) {
    int positions = map.length / channels;
    float[] to = new float[map.length];
    for (int c = 0; c < channels; c++) {
      for (int position = 0; position < positions; position++) {
        to[position * channels + c] = map[c * positions + position];
      }
    }
    return to;
  }

  /** The features of the first of the images. */
  float[] features(NetworkResult result) {
    return first(result, LabellingGraph.FEATURES, layer.dimension());
  }

  private static float[] first(NetworkResult result, String output, int length) {
    return Arrays.copyOf(result.values(output), length);
  }
}

package org.pupil.backbone;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.pupil.graph.BottleneckOutput;
import org.pupil.graph.GraphIndex;
import org.pupil.graph.TensorName;
import org.pupil.network.NetworkFormat;
import org.pupil.network.NetworkGraph;

/**
 * A backbone that is a frozen TensorFlow graph.
 *
 * @param layers names in the prepared graph
 * @param source gives the graph with the input placeholder and at least the ancestors of all nodes
 *     that are named; called for every graph, so that 18 megabytes need not be held or read
 */
record TensorFlowBackbone(Layers layers, Supplier<GraphIndex> source) implements BackboneGraph {
  /**
   * Names in the prepared graph.
   *
   * @param bottleneck the layer that was asked for: a node, or one of its outputs
   * @param exit node that gives the same as [n,d]
   */
  record Layers(
      String input,
      TensorName bottleneck,
      BottleneckOutput exit,
      int bottleneckSize,
      Optional<String> convMap,
      Optional<String> scores) {}

  @Override
  public NetworkFormat format() {
    return NetworkFormat.TENSORFLOW;
  }

  @Override
  public String inputLayer() {
    return layers.input();
  }

  @Override
  public String bottleneckLayer() {
    return layers.exit().layer();
  }

  @Override
  public int bottleneckSize() {
    return layers.bottleneckSize();
  }

  @Override
  public Optional<String> layer(Backbone.Output output) {
    return switch (output) {
      case FEATURES -> Optional.of(bottleneckLayer());
      case CONV_MAP -> layers.convMap();
      case IMAGENET_SCORES -> layers.scores();
    };
  }

  @Override
  public NetworkGraph network(Map<String, String> outputs) {
    GraphIndex prepared = layers.exit().addTo(source.get());
    return new NetworkGraph.OfTensorFlow(
        prepared.prunedTo(outputs.values()), inputLayer(), outputs);
  }
}

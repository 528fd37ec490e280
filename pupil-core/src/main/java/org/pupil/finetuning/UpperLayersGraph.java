package org.pupil.finetuning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pupil.graph.GraphIndex;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/**
 * Writes trained layers as nodes of a TensorFlow graph, in the place of those that were above the
 * cut. The map of each layer keeps its name, so what is known of the backbone's layers stays true.
 */
final class UpperLayersGraph {
  private static final String SCOPE = "fine_tuned/";

  private final List<NodeDef> nodes = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final UpperLayers network;
  private final String cut;

  private UpperLayersGraph(UpperLayers network, String cut) {
    this.network = network;
    this.cut = cut;
  }

  /**
   * The graph of a backbone with trained layers.
   *
   * @param backbone as it was
   * @param cut the node whose map the layers take
   * @param bottleneck what to call the node that gives bottlenecks [n, d]
   */
  static GraphDef of(GraphIndex backbone, String cut, UpperLayers network, String bottleneck) {
    UpperLayersGraph above = new UpperLayersGraph(network, cut);
    above.addLayers();
    above.addMean(bottleneck);
    return backbone.prunedTo(List.of(cut)).toBuilder().addAllNode(above.nodes).build();
  }

  private void addLayers() {
    List<MapShape> shapes = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      String name = network.names().get(i);
      MapShape input = shape(shapes, layer.inputs().get(0));
      outputs.add(add(layer, name, input));
      shapes.add(network.shapes().get(i));
    }
  }

  private String add(Layer layer, String name, MapShape input) {
    if (layer instanceof Convolution convolution) {
      return add(convolution, name, input);
    }
    return layer instanceof DepthwiseConvolution depthwise
        ? add(depthwise, name, input)
        : add((Addition) layer, name);
  }

  private MapShape shape(List<MapShape> shapes, int at) {
    return at == UpperLayers.CUT ? network.input() : shapes.get(at);
  }

  private String output(int layer) {
    return layer == UpperLayers.CUT ? cut : outputs.get(layer);
  }

  private String add(Convolution layer, String name, MapShape input) {
    Window window = layer.window();
    int filters = layer.biases().size();
    NodeDef weights =
        Nodes.constant(
            SCOPE + name + "/weights",
            layer.weights().values(),
            window.height(),
            window.width(),
            input.channels(),
            filters);
    return add(
        name, "Conv2D", layer.input(), window, input, weights, layer.biases(), layer.activation());
  }

  private String add(DepthwiseConvolution layer, String name, MapShape input) {
    Window window = layer.window();
    NodeDef weights =
        Nodes.constant(
            SCOPE + name + "/weights",
            layer.weights().values(),
            window.height(),
            window.width(),
            input.channels(),
            1);
    return add(
        name,
        "DepthwiseConv2dNative",
        layer.input(),
        window,
        input,
        weights,
        layer.biases(),
        layer.activation());
  }

  private String add(
      String name,
      String operation,
      int from,
      Window window,
      MapShape input,
      NodeDef weights,
      Parameter biases,
      Activation activation) {
    NodeDef bias = Nodes.constant(SCOPE + name + "/biases", biases.values(), biases.size());
    String convolution = SCOPE + name + "/convolution";
    String biased = activation == Activation.NONE ? name : SCOPE + name + "/bias_add";
    Map<String, AttrValue> attributes = new HashMap<>();
    attributes.put("T", Nodes.type(DataType.DT_FLOAT));
    attributes.put("strides", Nodes.integers(1, window.strideY(), window.strideX(), 1));
    attributes.put("padding", Nodes.text(window.paddingName(input)));
    nodes.add(weights);
    nodes.add(bias);
    nodes.add(Nodes.node(convolution, operation, attributes, output(from), weights.getName()));
    nodes.add(Nodes.operation(biased, "BiasAdd", convolution, bias.getName()));
    return activated(name, biased, activation);
  }

  private String add(Addition layer, String name) {
    boolean plain = layer.activation() == Activation.NONE;
    String sum = plain ? name : SCOPE + name + "/sum";
    nodes.add(Nodes.operation(sum, "AddV2", output(layer.first()), output(layer.second())));
    return activated(name, sum, layer.activation());
  }

  private String activated(String name, String from, Activation activation) {
    if (activation != Activation.NONE) {
      String operation = activation == Activation.RELU6 ? "Relu6" : "Relu";
      nodes.add(Nodes.operation(name, operation, from));
    }
    return name;
  }

  private void addMean(String bottleneck) {
    NodeDef axes = Nodes.constant(SCOPE + bottleneck + "/axes", new int[] {1, 2}, 2);
    Map<String, AttrValue> attributes =
        Map.of(
            "T",
            Nodes.type(DataType.DT_FLOAT),
            "Tidx",
            Nodes.type(DataType.DT_INT32),
            "keep_dims",
            Nodes.bool(false));
    nodes.add(axes);
    nodes.add(
        Nodes.node(
            bottleneck, "Mean", attributes, outputs.get(outputs.size() - 1), axes.getName()));
  }
}

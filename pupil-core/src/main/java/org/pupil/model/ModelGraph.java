package org.pupil.model;

import com.google.protobuf.ByteString;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.familiarity.CoreSet;
import org.pupil.graph.Nodes;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.network.NetworkGraph;
import org.pupil.training.FinalLayer;

/**
 * Puts a final layer on a backbone: one frozen graph from images in [0, 1] to probabilities.
 *
 * <p>The names of the final layer's nodes are those of the original scripts; the backbone keeps its
 * own below {@value #BACKBONE_SCOPE}. No TensorFlow is needed: a graph is a list of nodes.
 */
final class ModelGraph {
  /** The string constant with the {@link ModelDescription}; always the first node of the graph. */
  static final String DESCRIPTION_NODE = "pupil/model";

  static final String INPUT_NODE = "Placeholder";

  static final String BACKBONE_SCOPE = "backbone/";
  static final String FINAL_SCOPE = "final_retrain_ops/";
  private static final String WEIGHTS = FINAL_SCOPE + "weights/final_weights";
  private static final String BIASES = FINAL_SCOPE + "biases/final_biases";
  private static final String SCALED_INPUT = "input/scaled";

  /** What every TensorFlow takes; some take more, such as {@code >}. */
  private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9.][A-Za-z0-9_./-]*");

  private ModelGraph() {}

  /**
   * Checks the name for the output.
   *
   * @throws PupilException (usage) if TensorFlow would not accept it or another node has it
   */
  static void checkFinalTensorName(String name) {
    boolean taken =
        name.equals(INPUT_NODE)
            || name.equals(OnnxModelGraph.INPUT)
            || name.equals(DESCRIPTION_NODE)
            || name.equals(KeptPhotos.NODE)
            || name.startsWith(BACKBONE_SCOPE)
            || name.startsWith(FINAL_SCOPE)
            || name.startsWith("input/");
    if (taken || !NODE_NAME.matcher(name).matches()) {
      throw PupilException.usage(
          Message.of(
              Setting.FINAL_TENSOR_NAME,
              " must be "
                  + (taken
                      ? "another name than the model's own nodes have"
                      : "a TensorFlow node name")
                  + ", such as final_result, was "
                  + name));
    }
  }

  /**
   * The graph of a model.
   *
   * @param features the backbone, with the bottleneck as its one output
   * @param input the pixels that the backbone takes
   * @param photos bottlenecks that the model keeps
   */
  static GraphDef make(
      NetworkGraph.OfTensorFlow features,
      InputSpec input,
      FinalLayer finalLayer,
      ModelDescription description,
      Optional<CoreSet> photos) {
    GraphDef.Builder graph = GraphDef.newBuilder();
    photos.map(KeptPhotos::node).ifPresent(graph::addNode);
    addInput(graph, input);
    addBackbone(graph, features);
    String bottleneck = features.outputs().values().iterator().next();
    addFinalLayer(graph, BACKBONE_SCOPE + bottleneck, finalLayer, description.outputLayer());
    String text = ModelChecksum.addTo(description.toJson(), graph.getNodeList());
    graph.addNode(0, Nodes.constant(DESCRIPTION_NODE, text));
    return graph.build();
  }

  /** From [0, 1] to the backbone's numbers: {@code (x - mean / 255) * (255 / std)}. */
  private static void addInput(GraphDef.Builder graph, InputSpec input) {
    graph.addNode(Nodes.placeholder(INPUT_NODE, -1, input.height(), input.width(), 3));
    graph.addNode(perChannel("input/mean", unitMean(input)));
    graph.addNode(perChannel("input/scale", unitScale(input)));
    graph.addNode(Nodes.operation("input/centred", "Sub", INPUT_NODE, "input/mean"));
    graph.addNode(Nodes.operation(SCALED_INPUT, "Mul", "input/centred", "input/scale"));
  }

  private static NodeDef perChannel(String name, float[] values) {
    return values.length == 1
        ? Nodes.constant(name, values)
        : Nodes.constant(name, values, values.length);
  }

  /** What is subtracted from pixels in [0, 1]: one number, or one for each channel. */
  static float[] unitMean(InputSpec input) {
    float[] mean = input.mean().shortest();
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= 255;
    }
    return mean;
  }

  /** What the difference is multiplied with: one number, or one for each channel. */
  static float[] unitScale(InputSpec input) {
    float[] scale = input.std().shortest();
    for (int i = 0; i < scale.length; i++) {
      scale[i] = 255 / scale[i];
    }
    return scale;
  }

  private static void addBackbone(GraphDef.Builder graph, NetworkGraph.OfTensorFlow backbone) {
    GraphDef original = backbone.graph();
    graph.setVersions(original.getVersions());
    for (NodeDef node : original.getNodeList()) {
      if (node.getName().equals(backbone.input())) {
        continue;
      }
      NodeDef.Builder renamed = node.toBuilder().setName(BACKBONE_SCOPE + node.getName());
      renamed.clearInput().removeAttr("_class"); // colocation speaks of the old names
      for (String edge : node.getInputList()) {
        renamed.addInput(rename(edge, backbone.input()));
      }
      graph.addNode(renamed);
    }
  }

  /** An edge is {@code node}, {@code node:output} or, for order only, {@code ^node}. */
  private static String rename(String edge, String inputLayer) {
    if (edge.equals(inputLayer) || edge.equals(inputLayer + ":0")) {
      return SCALED_INPUT;
    }
    if (edge.startsWith("^")) {
      return "^" + rename(edge.substring(1), inputLayer);
    }
    return BACKBONE_SCOPE + edge;
  }

  /** The final layer that {@link #make} has put into a graph; empty if it has not, or not so. */
  static Optional<FinalLayer> finalLayer(GraphDef graph) {
    Map<String, float[]> constants = new HashMap<>();
    for (NodeDef node : graph.getNodeList()) {
      if (node.getName().equals(WEIGHTS) || node.getName().equals(BIASES)) {
        ByteString content =
            node.getAttrOrDefault("value", AttrValue.getDefaultInstance())
                .getTensor()
                .getTensorContent();
        float[] values = new float[content.size() / Float.BYTES];
        content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        constants.put(node.getName(), values);
      }
    }
    float[] weights = constants.getOrDefault(WEIGHTS, new float[0]);
    float[] biases = constants.getOrDefault(BIASES, new float[0]);
    if (biases.length < 2 || weights.length == 0 || weights.length % biases.length != 0) {
      return Optional.empty();
    }
    return Optional.of(new FinalLayer(weights.length / biases.length, weights, biases));
  }

  private static void addFinalLayer(
      GraphDef.Builder graph, String bottleneck, FinalLayer finalLayer, String outputLayer) {
    String weights = WEIGHTS;
    String biases = BIASES;
    String product = FINAL_SCOPE + "Wx_plus_b/MatMul";
    String logits = FINAL_SCOPE + "Wx_plus_b/add";
    graph.addNode(
        Nodes.constant(
            weights, finalLayer.weights(), finalLayer.dimension(), finalLayer.labelCount()));
    graph.addNode(Nodes.constant(biases, finalLayer.biases(), finalLayer.labelCount()));
    graph.addNode(Nodes.operation(product, "MatMul", bottleneck, weights));
    graph.addNode(Nodes.operation(logits, "Add", product, biases));
    graph.addNode(Nodes.operation(outputLayer, "Softmax", logits));
  }
}

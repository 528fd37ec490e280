package org.pupil.onnx;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.pupil.onnx.ImageInput.Layout;
import org.pupil.onnx.proto.AttributeProto;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto;

/**
 * Makes a classifier of an ONNX network while it is put together: an input in front of it, a final
 * layer behind it. All names of the network get a scope, so that no two tensors have one name. The
 * nodes that are added mean the same in all operator sets.
 */
public final class ClassifierGraph {
  private final ImageNetwork network;
  private final String scope;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("pupil");

  /**
   * @param scope what is put before all names of the network, such as {@code backbone/}
   */
  public ClassifierGraph(ImageNetwork network, String scope) {
    this.network = network;
    this.scope = scope;
  }

  /**
   * Adds an input of images [n,3,height,width] in [0, 1], of which the network gets {@code (x -
   * mean) * scale}.
   *
   * @param mean one number, or one for each channel
   * @param scale likewise
   * @return this
   */
  public ClassifierGraph withInput(String name, float[] mean, float[] scale) {
    graph.addInitializer(perChannel("input/mean", mean));
    graph.addInitializer(perChannel("input/scale", scale));
    graph.addNode(node("Sub", "input/centred", name, "input/mean"));
    graph.addNode(node("Mul", "input/scaled", "input/centred", "input/scale"));
    String scaled = "input/scaled";
    if (network.input().layout() == Layout.NHWC) {
      scaled = "input/channels_last";
      graph.addNode(ImageNetwork.toChannelsLast("input/scaled", scaled));
    }
    addNetwork(scaled);
    graph.addInput(
        OnnxGraph.floats(
            name, new Shape(images(), ImageInput.CHANNELS, network.height(), network.width())));
    return this;
  }

  private void addNetwork(String input) {
    GraphProto own = network.model().getGraph();
    for (TensorProto weights : own.getInitializerList()) {
      graph.addInitializer(weights.toBuilder().setName(scope + weights.getName()));
    }
    for (NodeProto node : own.getNodeList()) {
      NodeProto.Builder renamed = node.toBuilder().clearInput().clearOutput();
      node.getInputList()
          .forEach(
              name -> renamed.addInput(name.equals(network.input().name()) ? input : scoped(name)));
      node.getOutputList().forEach(name -> renamed.addOutput(scoped(name)));
      graph.addNode(renamed.setName(scoped(node.getName())));
    }
  }

  /** An input that is left out has no name. */
  private String scoped(String name) {
    return name.isEmpty() ? name : scope + name;
  }

  private long images() {
    return network.takesAnyNumber() ? Shape.IMAGES : 1;
  }

  /**
   * Adds the final layer, and finishes the model.
   *
   * @param features the network's tensor [n,d]
   * @param finalScope what is put before the names of the layer's weights
   * @param shape {@code d} and the number of labels
   * @param weights [d,labels], row-major
   * @param biases [labels]
   * @param output the name of the probabilities [n,labels]
   */
  public ModelProto withFinalLayer(
      String features,
      String finalScope,
      List<Integer> shape,
      float[] weights,
      float[] biases,
      String output) {
    String matrix = finalScope + "weights/final_weights";
    String vector = finalScope + "biases/final_biases";
    String product = finalScope + "Wx_plus_b/MatMul";
    String logits = finalScope + "Wx_plus_b/add";
    graph.addInitializer(tensor(matrix, weights, shape.get(0), shape.get(1)));
    graph.addInitializer(tensor(vector, biases, shape.get(1)));
    graph.addNode(node("MatMul", product, scoped(features), matrix));
    graph.addNode(node("Add", logits, product, vector));
    AttributeProto axis = Attributes.integer("axis", 1);
    graph.addNode(node("Softmax", output, logits).toBuilder().addAttribute(axis));
    graph.addOutput(OnnxGraph.floats(output, new Shape(images(), shape.get(1))));
    return network.model().toBuilder().setGraph(graph).build();
  }

  /**
   * Finishes the model of a network that is a classifier itself.
   *
   * @param probabilities the network's tensor [n,labels], or [n,...] of as many numbers
   * @param output the name that it gets, [n,labels]
   */
  public ModelProto withOutput(String probabilities, String output) {
    AttributeProto axis = Attributes.integer("axis", 1);
    graph.addNode(node("Flatten", output, scoped(probabilities)).toBuilder().addAttribute(axis));
    Shape shape = new Shape(images(), network.size(probabilities).elements());
    graph.addOutput(OnnxGraph.floats(output, shape));
    return network.model().toBuilder().setGraph(graph).build();
  }

  private static TensorProto perChannel(String name, float[] values) {
    return values.length == 1 ? tensor(name, values) : tensor(name, values, 1, values.length, 1, 1);
  }

  private static TensorProto tensor(String name, float[] values, int... lengths) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes));
    for (int length : lengths) {
      tensor.addDims(length);
    }
    return tensor.build();
  }

  private static NodeProto node(String operation, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operation)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }
}

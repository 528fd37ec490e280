package org.pupil.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.pupil.onnx.Value.Layout;
import org.pupil.onnx.proto.AttributeProto;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.TensorShapeProto;
import org.pupil.onnx.proto.TypeProto;
import org.pupil.onnx.proto.ValueInfoProto;

/**
 * An ONNX graph while it is made: nodes in the order in which they run, and the weights.
 *
 * <p>Images are moved from TensorFlow's [n,h,w,c] to ONNX's [n,c,h,w] only where a node needs it,
 * and a tensor is moved at most once.
 */
final class OnnxGraph {
  /** Nodes, made at the end, because what follows a convolution may still change its weights. */
  private final List<Supplier<NodeProto>> nodes = new ArrayList<>();

  private final Map<String, Convolution> convolutions = new HashMap<>();
  private final List<TensorProto> weights = new ArrayList<>();
  private final Map<Literal, String> written = new HashMap<>();
  private final Map<String, Value> moved = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private String prefix = "";

  /** What is added from now on is named after a node of the TensorFlow graph. */
  void nameAfter(String tensorFlowNode) {
    prefix = tensorFlowNode;
  }

  /** Keeps a name for a tensor that goes in or comes out. */
  void reserve(String name) {
    names.add(name);
  }

  /** A name that no other tensor has. */
  String newName(String suffix) {
    String base = suffix.isEmpty() ? prefix : prefix + "/" + suffix;
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** The tensor's name in the ONNX graph; numbers that are known are written there now. */
  String nameOf(Value value) {
    return value.literal() == null ? value.name() : constant(value.literal());
  }

  /** The name under which numbers stand in the ONNX graph; they are written there once. */
  String constant(Literal literal) {
    return written.computeIfAbsent(
        literal,
        numbers -> {
          String name = newName("constant");
          weights.add(tensor(name, numbers));
          return name;
        });
  }

  private static TensorProto tensor(String name, Literal literal) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
    Arrays.stream(literal.shape().lengths()).forEach(tensor::addDims);
    return (literal.isFloat()
            ? tensor.setDataType(TensorProto.DataType.FLOAT_VALUE).setRawData(bytes(literal))
            : tensor
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addAllInt64Data(Arrays.stream(literal.longs()).boxed().toList()))
        .build();
  }

  /** Large ones are outside of Java's heap, where ONNX Runtime can take them as they are. */
  private static ByteString bytes(Literal literal) {
    int size = literal.shape().elements() * Float.BYTES;
    ByteBuffer bytes =
        LargeWeights.areLarge(size) ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    literal.copyTo(bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  /** Adds a node with one output, whose axes are as in TensorFlow. */
  Value add(String operation, Shape shape, List<String> inputs, AttributeProto... attributes) {
    return Value.computed(addNode(operation, inputs, attributes), shape);
  }

  /** Adds a node with one output, an image [n,c,h,w]; {@code shape} is [n,h,w,c] as always. */
  Value addChannelsFirst(
      String operation, Shape shape, List<String> inputs, AttributeProto... attributes) {
    return new Value(addNode(operation, inputs, attributes), shape, Layout.CHANNELS_FIRST, null);
  }

  private String addNode(String operation, List<String> inputs, AttributeProto... attributes) {
    String output = newName("");
    NodeProto node =
        NodeProto.newBuilder()
            .setOpType(operation)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes))
            .build();
    nodes.add(() -> node);
    return output;
  }

  /** Adds a convolution, to whose weights {@link Convolution#scale} can still add what follows. */
  Value addConvolution(Convolution convolution, Value image, Shape shape) {
    String input = nameOf(image);
    String output = newName("");
    convolutions.put(output, convolution);
    nodes.add(() -> convolution.node(input, output, this));
    return new Value(output, shape, Layout.CHANNELS_FIRST, null);
  }

  /** The convolution that gives a tensor, if one does and its weights are known. */
  Optional<Convolution> convolutionOf(Value value) {
    return Optional.ofNullable(convolutions.get(value.name()));
  }

  /**
   * The tensor with its channels in front.
   *
   * @throws ConversionException when it is no batch of images
   */
  Value channelsFirst(Value value) {
    if (value.isChannelsFirst()) {
      return value;
    }
    if (value.shape().rank() != 4) {
      throw new ConversionException("it takes values of shape " + value.shape() + ", not images");
    }
    return moved.computeIfAbsent(
        nameOf(value), name -> move(name, value.shape(), Layout.CHANNELS_FIRST));
  }

  /** The tensor with its axes as in TensorFlow. */
  Value asInTensorFlow(Value value) {
    return value.isChannelsFirst()
        ? moved.computeIfAbsent(
            value.name(), name -> move(name, value.shape(), Layout.AS_IN_TENSORFLOW))
        : value;
  }

  private Value move(String name, Shape shape, Layout to) {
    boolean toFront = to == Layout.CHANNELS_FIRST;
    String output = newName(toFront ? "channels_first" : "channels_last");
    ImagePermutation permutation =
        toFront ? ImagePermutation.TO_CHANNELS_FIRST : ImagePermutation.TO_CHANNELS_LAST;
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType("Transpose")
            .setName(output)
            .addInput(name)
            .addOutput(output)
            .addAttribute(Attributes.ints("perm", permutation.axes()));
    nodes.add(node::build);
    return new Value(output, shape, to, null);
  }

  /**
   * The finished graph.
   *
   * @param inputs what is fed
   * @param outputs tensors of float32; each has the name that is told with it
   */
  GraphProto build(String name, List<ValueInfoProto> inputs, Map<String, Value> outputs) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName(name).addAllInput(inputs);
    outputs.forEach(
        (outputName, value) -> {
          Value plain = asInTensorFlow(value);
          NodeProto node =
              NodeProto.newBuilder()
                  .setOpType("Identity")
                  .addInput(nameOf(plain))
                  .addOutput(outputName)
                  .build();
          nodes.add(() -> node);
          graph.addOutput(floats(outputName, plain.shape()));
        });
    nodes.forEach(node -> graph.addNode(node.get()));
    return graph.addAllInitializer(weights).build();
  }

  /** The declaration of a tensor of float32 that goes in or comes out. */
  static ValueInfoProto floats(String name, Shape shape) {
    TensorShapeProto.Builder axes = TensorShapeProto.newBuilder();
    for (long length : shape.lengths()) {
      axes.addDim(
          length == Shape.IMAGES
              ? TensorShapeProto.Dimension.newBuilder().setDimParam("n")
              : TensorShapeProto.Dimension.newBuilder().setDimValue(length));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(axes)))
        .build();
  }
}

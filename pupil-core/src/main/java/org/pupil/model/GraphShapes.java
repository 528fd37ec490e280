package org.pupil.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/**
 * Shapes of what a graph's nodes give, worked out from its constants, for a drawing of it: -1 where
 * a length is only known when the graph runs. TensorFlow could say them too, but to load it takes
 * longer than to train. Known are the operations of the built-in networks, of the MobileNets that
 * are downloaded and of the final layer; what another one gives is left open, and so is what
 * follows from it.
 */
final class GraphShapes {
  private static final int ANY = -1;

  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Map<String, long[]> shapes = new HashMap<>();

  private GraphShapes(GraphDef graph) {
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    // One pass is enough where every node stands after its inputs.
    boolean more = true;
    while (more) {
      more = false;
      for (NodeDef node : graph.getNodeList()) {
        if (!shapes.containsKey(node.getName())) {
          long[] shape = shapeOf(node);
          if (shape != null) {
            shapes.put(node.getName(), shape);
            more = true;
          }
        }
      }
    }
  }

  /** By node the shape of its first output; nodes of which it is not known are not there. */
  static Map<String, long[]> of(GraphDef graph) {
    return new GraphShapes(graph).shapes;
  }

  /** A shape as the attribute {@code _output_shapes} of one output. */
  static AttrValue attribute(long[] shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (long length : shape) {
      dims.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
    }
    return AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder().addShape(dims)).build();
  }

  private long @Nullable [] shapeOf(NodeDef node) {
    return switch (node.getOp()) {
      case "Placeholder" -> declared(node);
      case "Const" -> lengths(node.getAttrOrThrow("value").getTensor().getTensorShape());
      case "Identity", "BiasAdd", "Relu", "Relu6", "Softmax" -> input(node, 0);
      case "FusedBatchNorm", "FusedBatchNormV3" -> input(node, 0);
      case "Add", "AddV2", "Sub", "Mul" -> broadcast(input(node, 0), input(node, 1));
      case "Conv2D" -> convolution(node, false);
      case "DepthwiseConv2dNative" -> convolution(node, true);
      case "MaxPool", "AvgPool" -> pool(node);
      case "Mean" -> mean(node);
      case "Squeeze" -> squeezed(node);
      case "Reshape" -> reshaped(node);
      case "MatMul" -> product(node);
      default -> null;
    };
  }

  private static long @Nullable [] declared(NodeDef node) {
    AttrValue shape = node.getAttrOrDefault("shape", AttrValue.getDefaultInstance());
    return shape.hasShape() && !shape.getShape().getUnknownRank()
        ? lengths(shape.getShape())
        : null;
  }

  private static long[] lengths(TensorShapeProto shape) {
    return shape.getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray();
  }

  private long @Nullable [] input(NodeDef node, int index) {
    if (index >= node.getInputCount()) {
      return null;
    }
    String name = node.getInput(index);
    // NAME:1 is a second output, of which nothing is known here; ^NAME is none.
    return shapes.get(name.endsWith(":0") ? name.substring(0, name.length() - 2) : name);
  }

  private static long @Nullable [] broadcast(long @Nullable [] one, long @Nullable [] other) {
    if (one == null || other == null) {
      return null;
    }
    int rank = Math.max(one.length, other.length);
    long[] shape = new long[rank];
    for (int i = 0; i < rank; i++) {
      long a = lengthFromEnd(one, rank - i);
      long b = lengthFromEnd(other, rank - i);
      // Of 1 and anything the other counts; of an unknown length and a known one the known.
      shape[i] = a == 1 ? b : b == 1 ? a : Math.max(a, b);
    }
    return shape;
  }

  private static long lengthFromEnd(long[] shape, int place) {
    return place > shape.length ? 1 : shape[shape.length - place];
  }

  private long @Nullable [] convolution(NodeDef node, boolean depthwise) {
    long[] images = input(node, 0);
    long[] filter = input(node, 1);
    if (images == null || filter == null || images.length != 4 || filter.length != 4) {
      return null;
    }
    long channels = depthwise ? filter[2] * filter[3] : filter[3];
    return windows(node, images, filter[0], filter[1], channels);
  }

  private long @Nullable [] pool(NodeDef node) {
    long[] images = input(node, 0);
    List<Long> size = integers(node, "ksize");
    return images == null || images.length != 4 || size.size() != 4
        ? null
        : windows(node, images, size.get(1), size.get(2), images[3]);
  }

  private static long @Nullable [] windows(
      NodeDef node, long[] images, long height, long width, long channels) {
    List<Long> strides = integers(node, "strides");
    List<Long> dilations = integers(node, "dilations");
    String order = text(node, "data_format");
    if (strides.size() != 4
        || !(order.isEmpty() || order.equals("NHWC"))
        || dilations.stream().anyMatch(dilation -> dilation != 1)) {
      return null;
    }
    String padding = text(node, "padding");
    long rows = places(images[1], height, strides.get(1), padding);
    long columns = places(images[2], width, strides.get(2), padding);
    return rows < ANY || columns < ANY ? null : new long[] {images[0], rows, columns, channels};
  }

  /** How often a window fits; less than -1 if its padding is of a kind that is not known here. */
  private static long places(long length, long window, long stride, String padding) {
    if (length == ANY) {
      return ANY;
    }
    return switch (padding) {
      case "SAME" -> (length + stride - 1) / stride;
      case "VALID" -> (length - window + stride) / stride;
      default -> ANY - 1;
    };
  }

  private long @Nullable [] mean(NodeDef node) {
    long[] shape = input(node, 0);
    int[] axes = constant(node, 1);
    if (shape == null || axes == null) {
      return null;
    }
    boolean[] reduced = new boolean[shape.length];
    for (int axis : axes) {
      int at = axis < 0 ? axis + shape.length : axis;
      if (at < 0 || at >= shape.length) {
        return null;
      }
      reduced[at] = true;
    }
    if (node.getAttrOrDefault("keep_dims", AttrValue.getDefaultInstance()).getB()) {
      return IntStream.range(0, shape.length).mapToLong(i -> reduced[i] ? 1 : shape[i]).toArray();
    }
    return IntStream.range(0, shape.length)
        .filter(i -> !reduced[i])
        .mapToLong(i -> shape[i])
        .toArray();
  }

  private long @Nullable [] squeezed(NodeDef node) {
    long[] shape = input(node, 0);
    if (shape == null) {
      return null;
    }
    List<Long> dims = integers(node, "squeeze_dims");
    if (dims.isEmpty() && Arrays.stream(shape).anyMatch(length -> length == ANY)) {
      return null; // an unknown length may turn out to be 1
    }
    return IntStream.range(0, shape.length)
        .filter(
            i ->
                dims.isEmpty()
                    ? shape[i] != 1
                    : !dims.contains((long) i) && !dims.contains((long) i - shape.length))
        .mapToLong(i -> shape[i])
        .toArray();
  }

  private long @Nullable [] reshaped(NodeDef node) {
    long[] from = input(node, 0);
    int[] wanted = constant(node, 1);
    if (from == null || wanted == null) {
      return null;
    }
    long[] shape = Arrays.stream(wanted).asLongStream().toArray();
    boolean isKnown = Arrays.stream(from).allMatch(length -> length != ANY);
    long product = Arrays.stream(shape).filter(length -> length != ANY).reduce(1, (a, b) -> a * b);
    if (isKnown && product > 0) {
      long all = Arrays.stream(from).reduce(1, (a, b) -> a * b);
      for (int i = 0; i < shape.length; i++) {
        shape[i] = shape[i] == ANY ? all / product : shape[i];
      }
    }
    return shape;
  }

  private long @Nullable [] product(NodeDef node) {
    long[] left = input(node, 0);
    long[] right = input(node, 1);
    if (left == null || right == null || left.length != 2 || right.length != 2) {
      return null;
    }
    boolean leftTurned =
        node.getAttrOrDefault("transpose_a", AttrValue.getDefaultInstance()).getB();
    boolean rightTurned =
        node.getAttrOrDefault("transpose_b", AttrValue.getDefaultInstance()).getB();
    return new long[] {left[leftTurned ? 1 : 0], right[rightTurned ? 0 : 1]};
  }

  /** The whole numbers of a constant input; null if it is something else. */
  private int @Nullable [] constant(NodeDef node, int index) {
    NodeDef input = index < node.getInputCount() ? nodes.get(node.getInput(index)) : null;
    if (input == null || !input.getOp().equals("Const")) {
      return null;
    }
    TensorProto tensor = input.getAttrOrThrow("value").getTensor();
    if (tensor.getDtype() != DataType.DT_INT32) {
      return null;
    }
    if (tensor.getTensorContent().isEmpty()) {
      return repeated(tensor);
    }
    ByteBuffer bytes =
        tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int[] values = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(values);
    return values;
  }

  /** The last of a constant's values stands for all that follow. */
  private static int @Nullable [] repeated(TensorProto tensor) {
    long size = Arrays.stream(lengths(tensor.getTensorShape())).reduce(1, (a, b) -> a * b);
    int given = tensor.getIntValCount();
    if (given == 0 || size > Byte.MAX_VALUE) {
      return null;
    }
    return IntStream.range(0, (int) size)
        .map(i -> tensor.getIntVal(Math.min(i, given - 1)))
        .toArray();
  }

  private static List<Long> integers(NodeDef node, String attribute) {
    return new ArrayList<>(
        node.getAttrOrDefault(attribute, AttrValue.getDefaultInstance()).getList().getIList());
  }

  private static String text(NodeDef node, String attribute) {
    return node.getAttrOrDefault(attribute, AttrValue.getDefaultInstance()).getS().toStringUtf8();
  }
}

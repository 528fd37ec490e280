package org.pupil.graph;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/**
 * Makes the nodes of a graph. A graph is a list of nodes, so no native library is needed for it;
 * attributes that are left out have the operation's own defaults when the graph is loaded.
 */
public final class Nodes {
  private Nodes() {}

  /** A placeholder of any shape. */
  public static NodeDef placeholder(String name, DataType type) {
    return node(name, "Placeholder", Map.of("dtype", type(type)));
  }

  /** A float32 placeholder; -1 is any length. */
  public static NodeDef placeholder(String name, long... shape) {
    return node(
        name, "Placeholder", Map.of("dtype", type(DataType.DT_FLOAT), "shape", shape(shape)));
  }

  /** A float32 constant, row-major; without lengths a scalar. */
  public static NodeDef constant(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(
        name,
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(lengths(shape))
            .setTensorContent(ByteString.copyFrom(bytes)));
  }

  /** An int32 constant, row-major; without lengths a scalar. */
  public static NodeDef constant(String name, int[] values, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_INT32).setTensorShape(lengths(shape));
    for (int value : values) {
      tensor.addIntVal(value);
    }
    return constant(name, tensor);
  }

  /** A string scalar. */
  public static NodeDef constant(String name, String text) {
    return constant(
        name,
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(lengths())
            .addStringVal(ByteString.copyFromUtf8(text)));
  }

  private static NodeDef constant(String name, TensorProto.Builder tensor) {
    return constant(name, tensor.build());
  }

  /** A constant of any type. */
  public static NodeDef constant(String name, TensorProto value) {
    return node(name, "Const", Map.of("dtype", type(value.getDtype()), "value", tensor(value)));
  }

  /** A node that gives its input as it is. */
  public static NodeDef identity(String name, String input, DataType type) {
    return operation(name, "Identity", type, input);
  }

  /** An operation on float32 inputs, which needs no attribute but their type. */
  public static NodeDef operation(String name, String op, String... inputs) {
    return operation(name, op, DataType.DT_FLOAT, inputs);
  }

  /** An operation which needs no attribute but the type {@code T} of its inputs. */
  public static NodeDef operation(String name, String op, DataType type, String... inputs) {
    return node(name, op, Map.of("T", type(type)), inputs);
  }

  /** Any node. Its attributes are in the order of their names: the same node is the same bytes. */
  public static NodeDef node(
      String name, String op, Map<String, AttrValue> attributes, String... inputs) {
    NodeDef.Builder node =
        NodeDef.newBuilder().setName(name).setOp(op).putAllAttr(new TreeMap<>(attributes));
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.build();
  }

  /** An attribute that is a type. */
  public static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  /** An attribute that is an integer. */
  public static AttrValue integer(long value) {
    return AttrValue.newBuilder().setI(value).build();
  }

  /** An attribute that is true or false. */
  public static AttrValue bool(boolean value) {
    return AttrValue.newBuilder().setB(value).build();
  }

  /** An attribute that is a text. */
  public static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  /** An attribute that is a list of integers. */
  public static AttrValue integers(long... values) {
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    for (long value : values) {
      list.addI(value);
    }
    return AttrValue.newBuilder().setList(list).build();
  }

  /** An attribute that is a list of types. */
  public static AttrValue types(List<DataType> types) {
    return AttrValue.newBuilder()
        .setList(AttrValue.ListValue.newBuilder().addAllType(types))
        .build();
  }

  /** An attribute that is a shape; -1 is any length. */
  public static AttrValue shape(long... lengths) {
    return AttrValue.newBuilder().setShape(lengths(lengths)).build();
  }

  /** An attribute that is a tensor. */
  public static AttrValue tensor(TensorProto value) {
    return AttrValue.newBuilder().setTensor(value).build();
  }

  private static TensorShapeProto lengths(long... lengths) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long length : lengths) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
    }
    return shape.build();
  }
}

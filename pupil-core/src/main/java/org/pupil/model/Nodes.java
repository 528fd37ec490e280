package org.pupil.model;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Makes the few kinds of nodes that a model adds to its backbone. */
final class Nodes {
  private static final AttrValue FLOAT = type(DataType.DT_FLOAT);

  private Nodes() {}

  /** A float32 placeholder; -1 is any length. */
  static NodeDef placeholder(String name, long... shape) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Placeholder")
        .putAttr("dtype", FLOAT)
        .putAttr("shape", AttrValue.newBuilder().setShape(shape(shape)).build())
        .build();
  }

  /** A float32 constant, row-major; without lengths a scalar. */
  static NodeDef constant(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(
        name,
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shape(shape))
            .setTensorContent(ByteString.copyFrom(bytes)));
  }

  /** A string scalar. */
  static NodeDef constant(String name, String text) {
    return constant(
        name,
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(shape())
            .addStringVal(ByteString.copyFromUtf8(text)));
  }

  private static NodeDef constant(String name, TensorProto.Builder tensor) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", type(tensor.getDtype()))
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  /** An operation on float32 inputs whose only attribute is their type. */
  static NodeDef operation(String name, String op, String... inputs) {
    NodeDef.Builder node = NodeDef.newBuilder().setName(name).setOp(op).putAttr("T", FLOAT);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.build();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static TensorShapeProto shape(long... lengths) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long length : lengths) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
    }
    return shape.build();
  }
}

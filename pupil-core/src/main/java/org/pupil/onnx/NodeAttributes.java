package org.pupil.onnx;

import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.NodeDef;

/** Reads the attributes of a TensorFlow node. What is left out has the operation's default. */
record NodeAttributes(NodeDef node) {
  private AttrValue value(String name) {
    return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
  }

  private boolean has(String name) {
    return node.containsAttr(name);
  }

  /** A list of whole numbers, empty where there is none. */
  long[] longs(String name) {
    return value(name).getList().getIList().stream().mapToLong(Long::longValue).toArray();
  }

  long integer(String name, long otherwise) {
    return has(name) ? value(name).getI() : otherwise;
  }

  float number(String name, float otherwise) {
    return has(name) ? value(name).getF() : otherwise;
  }

  boolean flag(String name, boolean otherwise) {
    return has(name) ? value(name).getB() : otherwise;
  }

  String text(String name, String otherwise) {
    return has(name) ? value(name).getS().toStringUtf8() : otherwise;
  }

  DataType type(String name, DataType otherwise) {
    return has(name) ? value(name).getType() : otherwise;
  }

  /** Whether the node's images are [n,c,h,w] instead of [n,h,w,c]. */
  boolean isChannelsFirst() {
    String format = text("data_format", "NHWC");
    return switch (format) {
      case "NHWC" -> false;
      case "NCHW" -> true;
      default -> throw new ConversionException("its data format " + format + " is not known");
    };
  }
}

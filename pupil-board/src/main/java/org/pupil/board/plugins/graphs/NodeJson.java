package org.pupil.board.plugins.graphs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/** Writes nodes for a page, so many at most and each with bounded attributes. */
final class NodeJson {
  private static final String OUTPUT_SHAPES = "_output_shapes";
  private static final int LONGEST_VALUE = 120;
  private static final int MOST_ATTRIBUTES = 100;
  private static final int MOST_SHAPES = 1000;
  private static final int MOST_LISTED = 16;
  private static final int UNKNOWN = -1;

  private final JsonGenerator json;
  private final int most;
  private int written;
  private int total;

  NodeJson(JsonGenerator json, int most) {
    this.json = json;
    this.most = most;
  }

  boolean isFull() {
    return written >= most;
  }

  int written() {
    return written;
  }

  /** How many there are, written or not. */
  int total() {
    return total;
  }

  /** There are more that are not written. */
  void count(int nodes) {
    total += nodes;
  }

  void write(NodeDef node) throws IOException {
    total++;
    if (isFull()) {
      return;
    }
    written++;
    json.writeStartObject();
    json.writeStringField("name", node.getName());
    json.writeStringField("op", node.getOp());
    json.writeStringField("device", node.getDevice());
    json.writeArrayFieldStart("inputs");
    for (String input : node.getInputList()) {
      writeInput(input);
    }
    json.writeEndArray();
    writeShapes(node.getAttrOrDefault(OUTPUT_SHAPES, AttrValue.getDefaultInstance()));
    json.writeObjectFieldStart("attributes");
    int attributes = 0;
    for (Map.Entry<String, AttrValue> one : new TreeMap<>(node.getAttrMap()).entrySet()) {
      if (!one.getKey().equals(OUTPUT_SHAPES) && attributes++ < MOST_ATTRIBUTES) {
        json.writeStringField(shortened(one.getKey()), text(one.getValue()));
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** {@code ^name} is a control input; {@code name:1} the second output of that node. */
  private void writeInput(String input) throws IOException {
    boolean control = input.startsWith("^");
    String name = control ? input.substring(1) : input;
    int colon = name.lastIndexOf(':');
    String output = colon < 0 ? "" : name.substring(colon + 1);
    boolean hasOutput = output.matches("[0-9]{1,9}");
    // In a function an input is name:argument:number.
    String node = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
    json.writeStartObject();
    json.writeStringField("name", node);
    json.writeNumberField("output", hasOutput ? Integer.parseInt(output) : 0);
    json.writeBooleanField("control", control);
    json.writeEndObject();
  }

  private void writeShapes(AttrValue shapes) throws IOException {
    json.writeArrayFieldStart("shapes");
    int count = Math.min(shapes.getList().getShapeCount(), MOST_SHAPES);
    for (int i = 0; i < count; i++) {
      TensorShapeProto shape = shapes.getList().getShape(i);
      if (shape.getUnknownRank()) {
        json.writeNull();
      } else {
        json.writeStartArray();
        for (TensorShapeProto.Dim dim : shape.getDimList()) {
          json.writeNumber(dim.getSize());
        }
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  private static String text(AttrValue value) {
    return shortened(
        switch (value.getValueCase()) {
          case S -> text(value.getS());
          case I -> Long.toString(value.getI());
          case F -> Float.toString(value.getF());
          case B -> Boolean.toString(value.getB());
          case TYPE -> typeName(value.getTypeValue(), value);
          case SHAPE -> text(value.getShape());
          case TENSOR -> text(value.getTensor());
          case FUNC -> value.getFunc().getName();
          case PLACEHOLDER -> value.getPlaceholder();
          case LIST -> text(value.getList());
          case VALUE_NOT_SET -> "";
        });
  }

  private static String typeName(int number, AttrValue value) {
    return value.getType().name().equals("UNRECOGNIZED")
        ? Integer.toString(number)
        : value.getType().name();
  }

  private static String text(AttrValue.ListValue list) {
    int size =
        list.getSCount()
            + list.getICount()
            + list.getFCount()
            + list.getBCount()
            + list.getTypeCount()
            + list.getShapeCount()
            + list.getTensorCount()
            + list.getFuncCount();
    String shown =
        Stream.of(
                list.getSList().stream().map(NodeJson::text),
                list.getIList().stream().map(Object::toString),
                list.getFList().stream().map(Object::toString),
                list.getBList().stream().map(Object::toString),
                list.getTypeList().stream().map(Object::toString),
                list.getShapeList().stream().map(NodeJson::text),
                list.getTensorList().stream().map(NodeJson::text),
                list.getFuncList().stream().map(function -> function.getName()))
            .flatMap(items -> items)
            .limit(MOST_LISTED)
            .collect(Collectors.joining(", "));
    return "[" + shown + (size > MOST_LISTED ? ", … " + size + " in all]" : "]");
  }

  /** A small constant by its value, a large one by its type and shape. */
  private static String text(TensorProto tensor) {
    String kind = tensor.getDtype() + " " + text(tensor.getTensorShape());
    if (tensor.getTensorShape().getDimCount() > 0) {
      return kind;
    }
    return switch (tensor.getDtype()) {
      case DT_FLOAT -> kind + " " + first(tensor.getFloatValList());
      case DT_DOUBLE -> kind + " " + first(tensor.getDoubleValList());
      case DT_INT32, DT_INT16, DT_INT8, DT_UINT8 -> kind + " " + first(tensor.getIntValList());
      case DT_INT64 -> kind + " " + first(tensor.getInt64ValList());
      case DT_BOOL -> kind + " " + first(tensor.getBoolValList());
      case DT_STRING ->
          tensor.getStringValCount() == 0 ? kind : kind + " " + text(tensor.getStringVal(0));
      default -> kind;
    };
  }

  private static String first(List<?> values) {
    return values.isEmpty() ? "" : values.get(0).toString();
  }

  private static String text(TensorShapeProto shape) {
    if (shape.getUnknownRank()) {
      return "unknown shape";
    }
    return shape.getDimList().stream()
        .limit(MOST_LISTED)
        .map(dim -> dim.getSize() == UNKNOWN ? "?" : Long.toString(dim.getSize()))
        .collect(Collectors.joining("×", "[", "]"));
  }

  private static String text(ByteString bytes) {
    ByteString start = bytes.substring(0, Math.min(bytes.size(), 4 * LONGEST_VALUE));
    return start.isValidUtf8() || start.size() < bytes.size()
        ? start.toStringUtf8()
        : bytes.size() + " bytes";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 1) + "…";
  }
}

package org.pupil.board.plugins.graphs;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Writes messages in protobuf's text form, one item a line, as TensorBoard's page reads it: a line
 * opens a block, closes one, or is a key, a colon and a value. ASCII only. Bytes go out as they are
 * escaped, because a graph may hold weights of many megabytes.
 */
final class ProtoText {
  private final Appendable out;

  ProtoText(Appendable out) {
    this.out = out;
  }

  /** Writes the fields of a message, in the order of their numbers and maps in that of keys. */
  void fields(Message message, int depth) throws IOException {
    for (var field : message.getAllFields().entrySet()) {
      if (field.getKey().isRepeated()) {
        for (Object one : inOrder(field.getKey(), (Collection<?>) field.getValue())) {
          field(field.getKey(), one, depth);
        }
      } else {
        field(field.getKey(), field.getValue(), depth);
      }
    }
  }

  private static Collection<?> inOrder(FieldDescriptor field, Collection<?> values) {
    if (!field.isMapField()) {
      return values;
    }
    return values.stream()
        .map(entry -> (MapEntry<?, ?>) entry)
        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
        .toList();
  }

  /** Writes one message that stands in another. */
  void message(String name, Message message, int depth) throws IOException {
    open(name, depth);
    fields(message, depth + 1);
    close(depth);
  }

  void open(String name, int depth) throws IOException {
    indent(depth).append(name).append(" {\n");
  }

  void close(int depth) throws IOException {
    indent(depth).append("}\n");
  }

  private void field(FieldDescriptor field, Object value, int depth) throws IOException {
    if (value instanceof MapEntry<?, ?> entry) {
      mapEntry(field, entry, depth);
    } else if (value instanceof Message message) {
      message(field.getName(), message, depth);
    } else {
      indent(depth).append(field.getName()).append(": ");
      scalar(field, value);
      out.append('\n');
    }
  }

  /** Key and value are always written, also those that are zero or empty. */
  private void mapEntry(FieldDescriptor field, MapEntry<?, ?> entry, int depth) throws IOException {
    open(field.getName(), depth);
    List<FieldDescriptor> keyAndValue = field.getMessageType().getFields();
    field(keyAndValue.get(0), entry.getKey(), depth + 1);
    field(keyAndValue.get(1), entry.getValue(), depth + 1);
    close(depth);
  }

  private Appendable indent(int depth) throws IOException {
    for (int i = 0; i < depth; i++) {
      out.append("  ");
    }
    return out;
  }

  private void scalar(FieldDescriptor field, Object value) throws IOException {
    if (value instanceof ByteString bytes) {
      quoted(bytes);
    } else if (value instanceof String text) {
      quoted(ByteString.copyFromUtf8(text));
    } else if (value instanceof EnumValueDescriptor one) {
      out.append(one.getIndex() < 0 ? Integer.toString(one.getNumber()) : one.getName());
    } else {
      out.append(number(field, value));
    }
  }

  private static String number(FieldDescriptor field, Object value) {
    return switch (field.getType()) {
      case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
      case UINT64, FIXED64 -> Long.toUnsignedString((Long) value);
      case FLOAT, DOUBLE -> fraction(value);
      default -> value.toString();
    };
  }

  /** With the names that protobuf has for what is no number. */
  private static String fraction(Object value) {
    double number = ((Number) value).doubleValue();
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    String text = value.toString();
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private void quoted(ByteString bytes) throws IOException {
    out.append('"');
    for (int i = 0; i < bytes.size(); i++) {
      escaped(bytes.byteAt(i));
    }
    out.append('"');
  }

  private void escaped(byte one) throws IOException {
    switch (one) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '"' -> out.append("\\\"");
      case '\'' -> out.append("\\'");
      case '\\' -> out.append("\\\\");
      default -> {
        if (one >= ' ' && one < 0x7f) {
          out.append((char) one);
        } else {
          out.append('\\')
              .append((char) ('0' + ((one >> 6) & 3)))
              .append((char) ('0' + ((one >> 3) & 7)))
              .append((char) ('0' + (one & 7)));
        }
      }
    }
  }
}

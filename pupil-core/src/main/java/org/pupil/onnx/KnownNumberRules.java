package org.pupil.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pupil.log.proto.DataType;

/** What computes shapes and other numbers that are known before the network runs. */
final class KnownNumberRules {
  private KnownNumberRules() {}

  static Map<String, Rule> all() {
    Map<String, Rule> rules = new HashMap<>();
    rules.put("Cast", KnownNumberRules::cast);
    rules.put("Shape", KnownNumberRules::shape);
    rules.put("Pack", KnownNumberRules::pack);
    rules.put("StridedSlice", KnownNumberRules::stridedSlice);
    rules.put("Fill", KnownNumberRules::fill);
    rules.put("OnesLike", KnownNumberRules::onesLike);
    rules.put("Prod", KnownNumberRules::product);
    return rules;
  }

  private static Value cast(Rule.Node node, OnnxGraph graph) {
    DataType from = node.attributes().type("SrcT", DataType.DT_INVALID);
    DataType to = node.attributes().type("DstT", DataType.DT_INVALID);
    Literal literal = node.input().literal();
    if (from == to) {
      return node.input();
    }
    if (literal == null
        || literal.isFloat()
        || Arrays.stream(literal.longs()).anyMatch(n -> n < 0)) {
      throw new ConversionException(
          "it makes %s of %s".formatted(Literal.typeName(to), Literal.typeName(from)));
    }
    return switch (to) {
      case DT_INT32, DT_INT64 -> node.input();
      case DT_FLOAT -> {
        float[] values = new float[literal.longs().length];
        for (int i = 0; i < values.length; i++) {
          values[i] = literal.longs()[i];
        }
        yield Value.known(Literal.of(literal.shape(), values));
      }
      default -> throw new ConversionException("it makes " + Literal.typeName(to));
    };
  }

  private static Value shape(Rule.Node node, OnnxGraph graph) {
    long[] lengths = node.input().shape().lengths();
    return Value.known(Literal.of(new Shape(lengths.length), lengths));
  }

  private static Value pack(Rule.Node node, OnnxGraph graph) {
    if (node.inputs().stream().anyMatch(part -> part.shape().rank() > 0)) {
      throw new ConversionException("it packs more than single numbers");
    }
    for (int i = 0; i < node.inputs().size(); i++) {
      node.known(i, "what it packs").longs();
    }
    return Value.known(joined(node.inputs()));
  }

  private static Value stridedSlice(Rule.Node node, OnnxGraph graph) {
    Literal from = node.known(0, "what it takes a part of");
    long[] begin = node.known(1, "its begin").longs();
    long[] end = node.known(2, "its end").longs();
    long[] strides = node.known(3, "its strides").longs();
    boolean simple =
        from.shape().rank() == 1
            && begin.length == 1
            && end.length == 1
            && strides.length == 1
            && strides[0] == 1
            && node.attributes().integer("ellipsis_mask", 0) == 0
            && node.attributes().integer("new_axis_mask", 0) == 0;
    if (!simple) {
      throw new ConversionException("it takes more than one part of a list");
    }
    int length = from.longs().length;
    int first = node.attributes().integer("begin_mask", 0) == 0 ? place(begin[0], length) : 0;
    if (node.attributes().integer("shrink_axis_mask", 0) != 0) {
      if (first >= length) {
        throw new ConversionException("it takes number " + begin[0] + " of " + length);
      }
      return Value.known(Literal.of(new Shape(), from.longs()[first]));
    }
    int last = node.attributes().integer("end_mask", 0) == 0 ? place(end[0], length) : length;
    long[] part = Arrays.copyOfRange(from.longs(), Math.min(first, last), last);
    return Value.known(Literal.of(new Shape(part.length), part));
  }

  private static int place(long index, int length) {
    return (int) Math.max(0, Math.min(length, index < 0 ? index + length : index));
  }

  private static Value fill(Rule.Node node, OnnxGraph graph) {
    Shape shape = new Shape(node.known(0, "its shape").longs());
    Literal value = node.known(1, "its value");
    if (value.shape().elements() != 1 || Arrays.stream(shape.lengths()).anyMatch(n -> n < 0)) {
      throw new ConversionException("it fills " + shape + " with " + value);
    }
    if (value.isFloat()) {
      float[] values = new float[shape.elements()];
      Arrays.fill(values, value.floats()[0]);
      return Value.known(Literal.of(shape, values));
    }
    long[] values = new long[shape.elements()];
    Arrays.fill(values, value.longs()[0]);
    return Value.known(Literal.of(shape, values));
  }

  /** Of what is known, as the batch normalisations of 2015 have it where they do not scale. */
  private static Value onesLike(Rule.Node node, OnnxGraph graph) {
    float[] ones = node.known(0, "what it makes ones of").floats();
    Arrays.fill(ones, 1);
    return Value.known(Literal.of(node.input().shape(), ones));
  }

  private static Value product(Rule.Node node, OnnxGraph graph) {
    long product = 1;
    for (long number : node.known(0, "what it multiplies").longs()) {
      if (number == Shape.IMAGES) {
        throw new ConversionException("it computes with the number of images");
      }
      product = Math.multiplyExact(product, number);
    }
    return Value.known(Literal.of(new Shape(), product));
  }

  /** Lists of whole numbers, one after the other. */
  static Literal joined(List<Value> parts) {
    long[] all =
        parts.stream()
            .flatMapToLong(
                part -> {
                  if (part.shape().rank() > 1) {
                    throw new ConversionException("it joins tables of whole numbers");
                  }
                  return Arrays.stream(part.known("a part").longs());
                })
            .toArray();
    return Literal.of(new Shape(all.length), all);
  }
}

package org.pupil.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.pupil.log.proto.DataType;

/** What moves numbers and computes none, and what computes shapes, all of which are known. */
final class ShapeRules {
  /** Whose first output is their first input. Functions that were inlined leave IdentityN. */
  static final Set<String> PASS_ON =
      Set.of(
          "Identity", "IdentityN", "StopGradient", "PreventGradient", "CheckNumerics", "Snapshot");

  private ShapeRules() {}

  static Map<String, Rule> all() {
    Map<String, Rule> rules = new HashMap<>();
    PASS_ON.forEach(operation -> rules.put(operation, (node, graph) -> node.input()));
    rules.put("Cast", ShapeRules::cast);
    rules.put("Reshape", ShapeRules::reshape);
    rules.put("Squeeze", ShapeRules::squeeze);
    rules.put("ExpandDims", ShapeRules::expandDims);
    rules.put("Transpose", ShapeRules::transpose);
    rules.put("Pad", ShapeRules::pad);
    rules.put("PadV2", ShapeRules::pad);
    rules.put("MirrorPad", ShapeRules::pad);
    rules.put("ConcatV2", ShapeRules::concat);
    rules.put("Shape", ShapeRules::shape);
    rules.put("Pack", ShapeRules::pack);
    rules.put("StridedSlice", ShapeRules::stridedSlice);
    rules.put("Fill", ShapeRules::fill);
    rules.put("OnesLike", ShapeRules::onesLike);
    rules.put("Prod", ShapeRules::product);
    return rules;
  }

  /** An axis counted from the front. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new ConversionException("it has no axis " + axis);
    }
    return (int) (axis < 0 ? axis + rank : axis);
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

  private static Value reshape(Rule.Node node, OnnxGraph graph) {
    Value value = node.input();
    long[] wanted = node.known(1, "the shape that it makes").longs().clone();
    boolean open = Arrays.stream(value.shape().lengths()).anyMatch(l -> l == Shape.IMAGES);
    long elements = value.shape().elements();
    long others = 1;
    int rest = -1;
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i] >= 0) {
        others = Math.multiplyExact(others, Math.max(1, wanted[i]));
      } else if (rest < 0) {
        rest = i;
      } else {
        throw new ConversionException("two axes of its result are left open");
      }
    }
    if (rest >= 0) {
      // With any number of images what is left over for an open axis is one image's part.
      wanted[rest] = open && elements == others ? Shape.IMAGES : elements / others;
      if (open && wanted[rest] != Shape.IMAGES) {
        throw new ConversionException("it mixes the images of a batch");
      }
    } else if (open) {
      throw new ConversionException("it is made for one image at a time");
    }
    Shape shape = new Shape(wanted);
    if (shape.elements() != elements) {
      throw new ConversionException("it makes " + shape + " of " + value.shape());
    }
    return reshaped(value, shape, graph);
  }

  /** The same numbers, row-major as in TensorFlow, in another shape. */
  static Value reshaped(Value value, Shape shape, OnnxGraph graph) {
    if (value.literal() != null) {
      return Value.known(value.literal().reshaped(shape));
    }
    // Images of one pixel are the same either way.
    boolean onePixel =
        value.isChannelsFirst() && value.shape().length(1) == 1 && value.shape().length(2) == 1;
    String name = onePixel ? value.name() : graph.nameOf(graph.asInTensorFlow(value));
    return graph.add(
        "Reshape",
        shape,
        List.of(name, graph.constant(Literal.of(new Shape(shape.rank()), shape.lengths()))));
  }

  private static Value squeeze(Rule.Node node, OnnxGraph graph) {
    Shape shape = node.input().shape();
    long[] given = node.attributes().longs("squeeze_dims");
    List<Integer> gone =
        given.length > 0
            ? Arrays.stream(given).mapToObj(axis -> axis(axis, shape.rank())).toList()
            : IntStream.range(0, shape.rank()).filter(i -> shape.length(i) == 1).boxed().toList();
    for (int axis : gone) {
      if (shape.length(axis) != 1) {
        throw new ConversionException("axis " + axis + " of " + shape + " is not of length 1");
      }
    }
    long[] left =
        IntStream.range(0, shape.rank())
            .filter(axis -> !gone.contains(axis))
            .mapToLong(shape::length)
            .toArray();
    return reshaped(node.input(), new Shape(left), graph);
  }

  private static Value expandDims(Rule.Node node, OnnxGraph graph) {
    Shape shape = node.input().shape();
    long[] axis = node.known(1, "its axis").longs();
    if (axis.length != 1) {
      throw new ConversionException("it has " + axis.length + " axes to add");
    }
    int at = axis(axis[0], shape.rank() + 1);
    List<Long> lengths = new ArrayList<>();
    Arrays.stream(shape.lengths()).forEach(lengths::add);
    lengths.add(at, 1L);
    return reshaped(
        node.input(), new Shape(lengths.stream().mapToLong(Long::longValue).toArray()), graph);
  }

  private static Value transpose(Rule.Node node, OnnxGraph graph) {
    Value value = node.input();
    int rank = value.shape().rank();
    int[] order =
        Arrays.stream(node.known(1, "the order of its axes").longs())
            .mapToInt(axis -> axis(axis, rank))
            .toArray();
    if (order.length != rank || Arrays.stream(order).distinct().count() != rank) {
      throw new ConversionException("its order of axes is not one of " + rank + " axes");
    }
    if (value.literal() != null) {
      return Value.known(value.literal().permuted(order));
    }
    return graph.add(
        "Transpose",
        value.shape().permuted(order),
        List.of(graph.nameOf(graph.asInTensorFlow(value))),
        Attributes.ints("perm", order));
  }

  private static Value pad(Rule.Node node, OnnxGraph graph) {
    Value value = node.input();
    int rank = value.shape().rank();
    long[] amounts = node.known(1, "its padding").longs();
    if (amounts.length != 2 * rank) {
      throw new ConversionException("its padding is for " + amounts.length / 2 + " axes");
    }
    Shape shape = value.shape();
    for (int i = 0; i < amounts.length; i++) {
      if (amounts[i] < 0 || (amounts[i] > 0 && shape.length(i / 2) == Shape.IMAGES)) {
        throw new ConversionException("its padding " + Arrays.toString(amounts) + " cannot be");
      }
    }
    // ONNX wants all that comes before, axis by axis, then all that comes behind.
    long[] pads = new long[2 * rank];
    int[] place =
        value.isChannelsFirst()
            ? ImagePermutation.TO_CHANNELS_LAST.axes()
            : IntStream.range(0, rank).toArray();
    for (int axis = 0; axis < rank; axis++) {
      pads[place[axis]] = amounts[2 * axis];
      pads[place[axis] + rank] = amounts[2 * axis + 1];
      if (amounts[2 * axis] + amounts[2 * axis + 1] > 0) {
        shape =
            shape.with(
                axis,
                Math.addExact(
                    shape.length(axis), Math.addExact(amounts[2 * axis], amounts[2 * axis + 1])));
      }
    }
    boolean mirrored = node.attributes().node().getOp().equals("MirrorPad");
    if (mirrored && !node.attributes().text("mode", "").equals("REFLECT")) {
      throw new ConversionException("it mirrors the edge itself");
    }
    List<String> inputs = new ArrayList<>();
    inputs.add(graph.nameOf(value));
    inputs.add(graph.constant(Literal.of(new Shape(pads.length), pads)));
    if (!mirrored && node.inputs().size() > 2) {
      inputs.add(graph.nameOf(node.input(2)));
    }
    var mode = Attributes.text("mode", mirrored ? "reflect" : "constant");
    return value.isChannelsFirst()
        ? graph.addChannelsFirst("Pad", shape, inputs, mode)
        : graph.add("Pad", shape, inputs, mode);
  }

  private static Value concat(Rule.Node node, OnnxGraph graph) {
    List<Value> parts = node.inputs().subList(0, node.inputs().size() - 1);
    Literal axisLiteral = node.known(parts.size(), "its axis");
    if (parts.isEmpty() || axisLiteral.longs().length != 1) {
      throw new ConversionException("it has nothing to join, or no axis");
    }
    Shape shape = parts.get(0).shape();
    int axis = axis(axisLiteral.longs()[0], shape.rank());
    if (parts.stream().allMatch(part -> part.literal() != null && !part.literal().isFloat())) {
      return Value.known(joined(parts));
    }
    long length = 0;
    for (Value part : parts) {
      if (part.shape().rank() != shape.rank()
          || !part.shape().with(axis, 1).equals(shape.with(axis, 1))) {
        throw new ConversionException("it joins " + shape + " and " + part.shape());
      }
      length += part.shape().length(axis);
    }
    if (parts.stream().anyMatch(part -> part.shape().length(axis) == Shape.IMAGES)) {
      throw new ConversionException("it joins batches");
    }
    Shape result = shape.with(axis, length);
    if (parts.stream().anyMatch(Value::isChannelsFirst)) {
      int[] place = ImagePermutation.TO_CHANNELS_LAST.axes();
      return graph.addChannelsFirst(
          "Concat",
          result,
          parts.stream().map(part -> graph.nameOf(graph.channelsFirst(part))).toList(),
          Attributes.integer("axis", place[axis]));
    }
    return graph.add(
        "Concat",
        result,
        parts.stream().map(graph::nameOf).toList(),
        Attributes.integer("axis", axis));
  }

  /** Lists of whole numbers, one after the other. */
  private static Literal joined(List<Value> parts) {
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
    float[] ones = node.known(0, "what it makes ones of").floats().clone();
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
}

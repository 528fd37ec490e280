package org.pupil.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What moves numbers and computes none. {@link KnownNumberRules} computes the shapes for it. */
final class ShapeRules {
  /** Whose first output is their first input. Functions that were inlined leave IdentityN. */
  static final Set<String> PASS_ON =
      Set.of(
          "Identity", "IdentityN", "StopGradient", "PreventGradient", "CheckNumerics", "Snapshot");

  private ShapeRules() {}

  static Map<String, Rule> all() {
    Map<String, Rule> rules = new HashMap<>();
    PASS_ON.forEach(operation -> rules.put(operation, (node, graph) -> node.input()));
    rules.put("Reshape", ShapeRules::reshape);
    rules.put("Squeeze", ShapeRules::squeeze);
    rules.put("ExpandDims", ShapeRules::expandDims);
    rules.put("Transpose", ShapeRules::transpose);
    rules.put("Pad", ShapeRules::pad);
    rules.put("PadV2", ShapeRules::pad);
    rules.put("MirrorPad", ShapeRules::pad);
    rules.put("ConcatV2", ShapeRules::concat);
    return rules;
  }

  /** An axis counted from the front. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new ConversionException("it has no axis " + axis);
    }
    return (int) (axis < 0 ? axis + rank : axis);
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
      return Value.known(KnownNumberRules.joined(parts));
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
}

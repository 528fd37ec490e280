package org.pupil.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.pupil.onnx.proto.TensorProto.DataType;

/** Sizes of what operations give that move, join, split, repeat or leave out axes. */
final class AxisSizes {
  private AxisSizes() {}

  static Map<String, SizeRule> rules() {
    Map<String, SizeRule> rules = new HashMap<>();
    rules.put("Reshape", AxisSizes::reshape);
    rules.put("Flatten", AxisSizes::flatten);
    rules.put("Squeeze", AxisSizes::squeeze);
    rules.put("Unsqueeze", AxisSizes::unsqueeze);
    rules.put("Transpose", AxisSizes::transpose);
    rules.put("Concat", AxisSizes::concat);
    rules.put("Split", AxisSizes::split);
    rules.put("Expand", AxisSizes::expand);
    rules.put("Tile", AxisSizes::tile);
    rules.put("Pad", AxisSizes::pad);
    rules.put("Resize", AxisSizes::resize);
    rules.put("Upsample", AxisSizes::resize);
    rules.put("DepthToSpace", node -> blocks(node, true));
    rules.put("SpaceToDepth", node -> blocks(node, false));
    return rules;
  }

  private static List<SizedTensor> reshape(SizedNode node) {
    SizedTensor input = node.input(0);
    long[] wanted = node.input(1).longs();
    boolean keepsZero = node.isOn("allowzero", false);
    int open = -1;
    long product = 1;
    for (int axis = 0; axis < wanted.length; axis++) {
      if (wanted[axis] == 0 && !keepsZero) {
        wanted[axis] = input.shape().length(SizedNode.axis(axis, input.shape().rank()));
      }
      if (wanted[axis] == -1 && open < 0) {
        open = axis;
      } else {
        product = Math.multiplyExact(product, wanted[axis]);
      }
    }
    if (open >= 0) {
      if (product <= 0 || input.shape().elements() % product != 0) {
        throw new ConversionException(
            "it makes " + Arrays.toString(wanted) + " of " + input.shape());
      }
      wanted[open] = input.shape().elements() / product;
    }
    return List.of(input.reshaped(checked(wanted)));
  }

  /** A shape of which no length may be left open. */
  private static Shape checked(long... lengths) {
    for (long length : lengths) {
      if (length < 0) {
        throw new ConversionException("an axis of its result has length " + length);
      }
    }
    return new Shape(lengths);
  }

  private static List<SizedTensor> flatten(SizedNode node) {
    Shape shape = node.shape(0);
    long axis = node.integer("axis", 1);
    int split = axis == shape.rank() ? shape.rank() : SizedNode.axis(axis, shape.rank());
    long rows = 1;
    for (int i = 0; i < split; i++) {
      rows *= shape.length(i);
    }
    return List.of(
        node.input(0).reshaped(new Shape(rows, rows == 0 ? 0 : shape.elements() / rows)));
  }

  private static List<SizedTensor> squeeze(SizedNode node) {
    Shape shape = node.shape(0);
    long[] axes = node.integersOrInput("axes", 1);
    Set<Integer> left = new HashSet<>();
    for (int i = 0; i < shape.rank(); i++) {
      if (axes == null && shape.length(i) == 1) {
        left.add(i);
      }
    }
    if (axes != null) {
      Arrays.stream(axes).forEach(axis -> left.add(SizedNode.axis(axis, shape.rank())));
    }
    long[] lengths =
        IntStream.range(0, shape.rank())
            .filter(i -> !left.contains(i))
            .mapToLong(shape::length)
            .toArray();
    return List.of(node.input(0).reshaped(new Shape(lengths)));
  }

  private static List<SizedTensor> unsqueeze(SizedNode node) {
    Shape shape = node.shape(0);
    long[] axes = node.integersOrInput("axes", 1);
    if (axes == null) {
      throw new ConversionException("it lacks its axes");
    }
    int rank = shape.rank() + axes.length;
    Set<Integer> added = new HashSet<>();
    Arrays.stream(axes).forEach(axis -> added.add(SizedNode.axis(axis, rank)));
    if (added.size() != axes.length) {
      throw new ConversionException("it adds an axis twice");
    }
    long[] lengths = new long[rank];
    int from = 0;
    for (int i = 0; i < rank; i++) {
      lengths[i] = added.contains(i) ? 1 : shape.length(from++);
    }
    return List.of(node.input(0).reshaped(new Shape(lengths)));
  }

  private static List<SizedTensor> transpose(SizedNode node) {
    Shape shape = node.shape(0);
    int rank = shape.rank();
    int[] order =
        node.has("perm")
            ? Arrays.stream(node.integers("perm"))
                .mapToInt(axis -> SizedNode.axis(axis, rank))
                .toArray()
            : IntStream.range(0, rank).map(i -> rank - 1 - i).toArray();
    if (order.length != rank || Arrays.stream(order).distinct().count() != rank) {
      throw new ConversionException(
          "its perm " + Arrays.toString(order) + " does not fit " + shape);
    }
    Shape turned = shape.permuted(order);
    return List.of(
        rank < 2 ? node.input(0).reshaped(turned) : SizedTensor.of(node.input(0).type(), turned));
  }

  private static List<SizedTensor> concat(SizedNode node) {
    Shape first = node.shape(0);
    int axis = SizedNode.axis(node.integer("axis", 0), first.rank());
    long length = 0;
    boolean isKnown = first.rank() == 1;
    for (int i = 0; i < node.inputs(); i++) {
      Shape shape = node.shape(i);
      if (shape.rank() != first.rank() || !shape.with(axis, 1).equals(first.with(axis, 1))) {
        throw new ConversionException("it joins " + first + " and " + shape);
      }
      length += shape.length(axis);
      isKnown &= node.input(i).isKnown();
    }
    DataType type = node.input(0).type();
    Shape joined = first.with(axis, length);
    if (!isKnown || !SizedTensor.areFew(joined)) {
      return List.of(SizedTensor.of(type, joined));
    }
    double[] values =
        IntStream.range(0, node.inputs())
            .boxed()
            .flatMapToDouble(i -> Arrays.stream(node.input(i).values()))
            .toArray();
    return List.of(SizedTensor.of(type, joined, values));
  }

  private static List<SizedTensor> split(SizedNode node) {
    SizedTensor input = node.input(0);
    int axis = SizedNode.axis(node.integer("axis", 0), input.shape().rank());
    long whole = input.shape().length(axis);
    long[] parts = node.integersOrInput("split", 1);
    if (parts == null) {
      int count = node.outputs();
      long each = (whole + count - 1) / count;
      parts = new long[count];
      Arrays.fill(parts, each);
      parts[count - 1] = whole - each * (count - 1);
    }
    if (Arrays.stream(parts).sum() != whole || Arrays.stream(parts).anyMatch(part -> part < 0)) {
      throw new ConversionException(
          "it splits " + whole + " into parts of " + Arrays.toString(parts));
    }
    List<SizedTensor> outputs = new ArrayList<>();
    int from = 0;
    for (long part : parts) {
      Shape shape = input.shape().with(axis, part);
      outputs.add(
          input.isKnown() && input.shape().rank() == 1
              ? SizedTensor.of(
                  input.type(), shape, Arrays.copyOfRange(input.values(), from, from + (int) part))
              : SizedTensor.of(input.type(), shape));
      from += (int) part;
    }
    return outputs;
  }

  private static List<SizedTensor> expand(SizedNode node) {
    SizedTensor input = node.input(0);
    Shape shape = Shape.broadcast(input.shape(), checked(node.input(1).longs()));
    return List.of(
        input.isKnown() && SizedTensor.areFew(shape)
            ? SizedTensor.of(input.type(), shape, ElementwiseSizes.spread(input, shape))
            : SizedTensor.of(input.type(), shape));
  }

  private static List<SizedTensor> tile(SizedNode node) {
    long[] repeats = node.input(1).longs();
    long[] lengths = node.shape(0).lengths();
    if (repeats.length != lengths.length) {
      throw new ConversionException("it has " + repeats.length + " repeats for " + node.shape(0));
    }
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = Math.multiplyExact(lengths[i], repeats[i]);
    }
    return List.of(SizedTensor.of(node.input(0).type(), checked(lengths)));
  }

  private static List<SizedTensor> pad(SizedNode node) {
    long[] lengths = node.shape(0).lengths();
    long[] pads = node.integersOrInput("pads", 1);
    long[] axes =
        node.hasInput(3)
            ? node.input(3).longs()
            : IntStream.range(0, lengths.length).asLongStream().toArray();
    if (pads == null || pads.length != 2 * axes.length) {
      throw new ConversionException("its pads do not fit " + node.shape(0));
    }
    for (int i = 0; i < axes.length; i++) {
      int axis = SizedNode.axis(axes[i], lengths.length);
      lengths[axis] = Math.addExact(lengths[axis], Math.addExact(pads[i], pads[i + axes.length]));
    }
    return List.of(SizedTensor.of(node.input(0).type(), checked(lengths)));
  }

  /** The sizes, or else the scales, stand at another place in each operator set. */
  private static List<SizedTensor> resize(SizedNode node) {
    Shape image = node.shape(0);
    if (!node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
      throw new ConversionException("it keeps the aspect ratio, which is not among what is known");
    }
    boolean hasSizes = node.hasInput(3) && node.shape(3).elements() > 0;
    double[] numbers = hasSizes ? node.input(3).values() : scales(node);
    long[] axes = node.integers("axes", IntStream.range(0, image.rank()).asLongStream().toArray());
    if (numbers.length != axes.length) {
      throw new ConversionException(
          "it has " + numbers.length + " sizes for " + axes.length + " axes");
    }
    long[] lengths = image.lengths();
    for (int i = 0; i < axes.length; i++) {
      int axis = SizedNode.axis(axes[i], image.rank());
      lengths[axis] = (long) (hasSizes ? numbers[i] : (float) lengths[axis] * (float) numbers[i]);
    }
    return List.of(SizedTensor.of(node.input(0).type(), checked(lengths)));
  }

  private static double[] scales(SizedNode node) {
    if (node.has("scales")) {
      return node.numbers("scales");
    }
    return node.input(node.hasInput(2) ? 2 : 1).values();
  }

  private static List<SizedTensor> blocks(SizedNode node, boolean toSpace) {
    Shape image = node.shape(0);
    long side = node.integer("blocksize", 1);
    if (image.rank() != 4 || side < 1 || side > image.elements()) {
      throw new ConversionException("its blocks of " + side + " do not fit " + image);
    }
    long[] lengths = image.lengths();
    lengths[1] = toSpace ? lengths[1] / (side * side) : lengths[1] * side * side;
    lengths[2] = toSpace ? lengths[2] * side : lengths[2] / side;
    lengths[3] = toSpace ? lengths[3] * side : lengths[3] / side;
    return List.of(node.input(0).reshaped(new Shape(lengths)));
  }
}

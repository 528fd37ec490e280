package org.pupil.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Sizes of what convolutions, pools and products of matrices give. */
final class LayerSizes {
  /** More than any network's, and few enough that no sum of them overflows. */
  private static final long MOST = 1 << 20;

  private LayerSizes() {}

  static Map<String, SizeRule> rules() {
    return Map.of(
        "Conv", LayerSizes::convolution,
        "MaxPool", LayerSizes::pool,
        "AveragePool", LayerSizes::pool,
        "LpPool", LayerSizes::pool,
        "GlobalAveragePool", LayerSizes::globalPool,
        "GlobalMaxPool", LayerSizes::globalPool,
        "GlobalLpPool", LayerSizes::globalPool,
        "MatMul", LayerSizes::product,
        "Gemm", LayerSizes::gemm,
        "Einsum", LayerSizes::einsum);
  }

  private static List<SizedTensor> convolution(SizedNode node) {
    Shape weights = node.shape(1);
    Shape image = node.shape(0);
    long groups = node.integer("group", 1);
    if (weights.rank() != image.rank()
        || image.rank() < 3
        || groups < 1
        || weights.length(1) * groups != image.length(1)) {
      throw new ConversionException(
          "its weights of %s in %d groups do not fit images of %s"
              .formatted(weights, groups, image));
    }
    long[] kernel = Arrays.copyOfRange(weights.lengths(), 2, weights.rank());
    return windows(node, node.integers("kernel_shape", kernel), weights.length(0));
  }

  private static List<SizedTensor> pool(SizedNode node) {
    if (node.shape(0).rank() < 3) {
      throw new ConversionException("it takes values of " + node.shape(0) + ", not images");
    }
    return windows(node, node.integers("kernel_shape"), node.shape(0).length(1));
  }

  private static List<SizedTensor> windows(SizedNode node, long[] kernel, long channels) {
    Shape image = node.shape(0);
    int axes = image.rank() - 2;
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    long[] strides = checked("strides", node.integers("strides", ones), axes, 1);
    long[] dilations = checked("dilations", node.integers("dilations", ones), axes, 1);
    long[] pads = checked("pads", node.integers("pads", new long[2 * axes]), 2 * axes, 0);
    checked("kernel_shape", kernel, axes, 1);
    long[] lengths = image.lengths();
    lengths[1] = channels;
    for (int axis = 0; axis < axes; axis++) {
      long covered = (kernel[axis] - 1) * dilations[axis] + 1;
      lengths[axis + 2] =
          places(node, lengths[axis + 2], covered, strides[axis], pads[axis], pads[axis + axes]);
    }
    return List.of(SizedTensor.of(node.input(0).type(), new Shape(lengths)));
  }

  private static long places(
      SizedNode node, long length, long covered, long stride, long before, long behind) {
    String automatic = node.text("auto_pad", "NOTSET");
    switch (automatic) {
      case "SAME_UPPER", "SAME_LOWER" -> {
        return (length + stride - 1) / stride;
      }
      case "NOTSET", "", "VALID" -> {
        long free = length + (automatic.equals("VALID") ? 0 : before + behind) - covered;
        if (free < 0) {
          throw new ConversionException(
              "its kernel of %d does not fit into an image of %d".formatted(covered, length));
        }
        if (!node.isOn("ceil_mode", false)) {
          return free / stride + 1;
        }
        long rounded = (free + stride - 1) / stride + 1;
        // A last window that would begin behind the image looks at nothing.
        return (rounded - 1) * stride >= length + before ? rounded - 1 : rounded;
      }
      default -> throw new ConversionException("its auto_pad " + automatic + " is not known");
    }
  }

  private static long[] checked(String what, long[] values, int count, long least) {
    if (values.length != count
        || LongStream.of(values).anyMatch(value -> value < least || value > MOST)) {
      throw new ConversionException("its " + what + " " + Arrays.toString(values) + " cannot be");
    }
    return values;
  }

  private static List<SizedTensor> globalPool(SizedNode node) {
    long[] lengths = node.shape(0).lengths();
    if (lengths.length < 3) {
      throw new ConversionException("it takes values of " + node.shape(0) + ", not images");
    }
    Arrays.fill(lengths, 2, lengths.length, 1);
    return List.of(SizedTensor.of(node.input(0).type(), new Shape(lengths)));
  }

  private static List<SizedTensor> product(SizedNode node) {
    Shape left = node.shape(0);
    Shape right = node.shape(1);
    if (left.rank() == 0 || right.rank() == 0) {
      throw new ConversionException("it multiplies a single number");
    }
    long[] a = left.rank() == 1 ? new long[] {1, left.length(0)} : left.lengths();
    long[] b = right.rank() == 1 ? new long[] {right.length(0), 1} : right.lengths();
    if (a[a.length - 1] != b[b.length - 2]) {
      throw new ConversionException("it multiplies " + left + " with " + right);
    }
    Shape many =
        Shape.broadcast(
            new Shape(Arrays.copyOf(a, a.length - 2)), new Shape(Arrays.copyOf(b, b.length - 2)));
    LongStream lengths = LongStream.of(many.lengths());
    if (left.rank() > 1) {
      lengths = LongStream.concat(lengths, LongStream.of(a[a.length - 2]));
    }
    if (right.rank() > 1) {
      lengths = LongStream.concat(lengths, LongStream.of(b[b.length - 1]));
    }
    return List.of(SizedTensor.of(node.input(0).type(), new Shape(lengths.toArray())));
  }

  private static List<SizedTensor> gemm(SizedNode node) {
    Shape left = node.shape(0);
    Shape right = node.shape(1);
    int a = node.isOn("transA", false) ? 1 : 0;
    int b = node.isOn("transB", false) ? 1 : 0;
    if (left.rank() != 2 || right.rank() != 2 || left.length(1 - a) != right.length(b)) {
      throw new ConversionException("it multiplies " + left + " with " + right);
    }
    return List.of(
        SizedTensor.of(node.input(0).type(), new Shape(left.length(a), right.length(1 - b))));
  }

  /** An equation such as {@code bhid,bhjd->bhij}, without an ellipsis. */
  private static List<SizedTensor> einsum(SizedNode node) {
    String equation = node.text("equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    if (sides.length != 2 || terms.length != node.inputs() || equation.contains(".")) {
      throw new ConversionException("its equation '" + equation + "' is not among those known");
    }
    Map<Character, Long> lengths = new HashMap<>();
    for (int i = 0; i < terms.length; i++) {
      Shape shape = node.shape(i);
      if (terms[i].length() != shape.rank()) {
        throw new ConversionException("its equation '" + equation + "' does not fit " + shape);
      }
      for (int axis = 0; axis < shape.rank(); axis++) {
        lengths.merge(terms[i].charAt(axis), shape.length(axis), Math::max);
      }
    }
    long[] result = new long[sides[1].length()];
    for (int axis = 0; axis < result.length; axis++) {
      Long length = lengths.get(sides[1].charAt(axis));
      if (length == null) {
        throw new ConversionException(
            "its equation '" + equation + "' gives what it does not take");
      }
      result[axis] = length;
    }
    return List.of(SizedTensor.of(node.input(0).type(), new Shape(result)));
  }
}

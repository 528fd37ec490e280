package org.pupil.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done with two tensors, number by number. A number for each channel that is added to or
 * multiplied with a convolution's result goes into its weights.
 */
final class ArithmeticRules {
  private ArithmeticRules() {}

  /** An operation on two numbers that are known. */
  @FunctionalInterface
  private interface Arithmetic {
    double of(double a, double b);
  }

  static Map<String, Rule> all() {
    Map<String, Rule> rules = new HashMap<>();
    for (String add : List.of("Add", "AddV2", "BiasAdd")) {
      rules.put(add, (node, graph) -> binary(node, graph, "Add", (a, b) -> a + b));
    }
    rules.put("Sub", (node, graph) -> binary(node, graph, "Sub", (a, b) -> a - b));
    rules.put("Mul", (node, graph) -> binary(node, graph, "Mul", (a, b) -> a * b));
    rules.put("RealDiv", (node, graph) -> binary(node, graph, "Div", (a, b) -> a / b));
    rules.put("Maximum", (node, graph) -> binary(node, graph, "Max", Math::max));
    rules.put("Minimum", (node, graph) -> binary(node, graph, "Min", Math::min));
    rules.put("Pow", (node, graph) -> binary(node, graph, "Pow", Math::pow));
    rules.put("FloorDiv", ArithmeticRules::floorDivision);
    rules.put("SquaredDifference", ArithmeticRules::squaredDifference);
    rules.put("AddN", ArithmeticRules::sum);
    return rules;
  }

  private static Value binary(
      Rule.Node node, OnnxGraph graph, String operation, Arithmetic arithmetic) {
    Value left = node.input(0);
    Value right = node.input(1);
    if (operation.equals("Add") && node.attributes().node().getOp().equals("BiasAdd")) {
      right = bias(node, left, right);
    }
    if (left.literal() != null && right.literal() != null) {
      return Value.known(evaluate(left.literal(), right.literal(), arithmetic));
    }
    Optional<Value> folded = intoConvolution(node, left, right, operation, graph);
    return folded.isPresent() ? folded.get() : join(operation, left, right, graph);
  }

  /** A bias has a number for each channel, wherever the channels are. */
  private static Value bias(Rule.Node node, Value image, Value bias) {
    if (!node.attributes().isChannelsFirst() || image.shape().rank() != 4) {
      return bias;
    }
    Literal literal = bias.known("its bias");
    return Value.known(literal.reshaped(new Shape(1, literal.shape().elements(), 1, 1)));
  }

  private static Optional<Value> intoConvolution(
      Rule.Node node, Value left, Value right, String operation, OnnxGraph graph) {
    if (right.literal() == null || !right.literal().isFloat() || !node.isSoleUser().get(0)) {
      return Optional.empty();
    }
    return graph
        .convolutionOf(left)
        .filter(convolution -> left.isChannelsFirst())
        .flatMap(
            convolution ->
                perChannel(right.literal(), left.shape().channels())
                    .filter(numbers -> scale(convolution, operation, numbers))
                    .map(numbers -> left));
  }

  /** Whether the operation could be made a part of the convolution before it. */
  private static boolean scale(Convolution convolution, String operation, float[] numbers) {
    float[] scale = new float[numbers.length];
    Arrays.fill(scale, 1);
    float[] shift = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      switch (operation) {
        case "Add" -> shift[i] = numbers[i];
        case "Sub" -> shift[i] = -numbers[i];
        case "Mul" -> scale[i] = numbers[i];
        case "Div" -> scale[i] = 1 / numbers[i];
        default -> {
          return false;
        }
      }
    }
    convolution.scale(scale, shift);
    return true;
  }

  /** The literal as one number for each channel, if it is that or a single number. */
  private static Optional<float[]> perChannel(Literal literal, long channels) {
    float[] numbers = literal.floats();
    boolean onLastAxis =
        numbers.length == 1
            || (literal.shape().rank() >= 1
                && literal.shape().rank() <= 4
                && literal.shape().channels() == numbers.length);
    if (!onLastAxis || (numbers.length != 1 && numbers.length != channels)) {
      return Optional.empty();
    }
    float[] each = new float[(int) channels];
    for (int i = 0; i < each.length; i++) {
      each[i] = numbers[numbers.length == 1 ? 0 : i];
    }
    return Optional.of(each);
  }

  /** One node for two tensors, of which either may be known, with their axes made to agree. */
  static Value join(String operation, Value left, Value right, OnnxGraph graph) {
    Shape shape = Shape.broadcast(left.shape(), right.shape());
    if ((left.isChannelsFirst() || right.isChannelsFirst()) && shape.rank() == 4) {
      return graph.addChannelsFirst(
          operation, shape, List.of(besideImages(left, graph), besideImages(right, graph)));
    }
    return graph.add(
        operation,
        shape,
        List.of(
            graph.nameOf(graph.asInTensorFlow(left)), graph.nameOf(graph.asInTensorFlow(right))));
  }

  /** The name of a tensor whose axes fit to [n,c,h,w]. */
  private static String besideImages(Value value, OnnxGraph graph) {
    Literal literal = value.literal();
    int rank = value.shape().rank();
    if (value.isChannelsFirst() || rank == 0) {
      return graph.nameOf(value);
    }
    if (literal == null && rank == 4) {
      return graph.nameOf(graph.channelsFirst(value));
    }
    long[] lengths = {1, 1, 1, 1};
    System.arraycopy(value.shape().lengths(), 0, lengths, 4 - rank, rank);
    Shape four = new Shape(lengths);
    if (literal != null) {
      return graph.constant(
          literal.reshaped(four).permuted(ImagePermutation.TO_CHANNELS_FIRST.axes()));
    }
    return graph.nameOf(graph.channelsFirst(ShapeRules.reshaped(value, four, graph)));
  }

  private static Literal evaluate(Literal left, Literal right, Arithmetic arithmetic) {
    Shape shape = Shape.broadcast(left.shape(), right.shape());
    int elements = shape.elements();
    Broadcast leftIndex = new Broadcast(left.shape(), shape);
    Broadcast rightIndex = new Broadcast(right.shape(), shape);
    if (left.isFloat() && right.isFloat()) {
      float[] a = left.floats();
      float[] b = right.floats();
      float[] values = new float[elements];
      for (int i = 0; i < elements; i++) {
        values[i] = (float) arithmetic.of(a[leftIndex.of(i)], b[rightIndex.of(i)]);
      }
      return Literal.of(shape, values);
    }
    long[] values = new long[elements];
    for (int i = 0; i < elements; i++) {
      long a = left.longs()[leftIndex.of(i)];
      long b = right.longs()[rightIndex.of(i)];
      if (a == Shape.IMAGES || b == Shape.IMAGES) {
        throw new ConversionException("it computes with the number of images");
      }
      values[i] = (long) arithmetic.of((double) a, (double) b);
    }
    return Literal.of(shape, values);
  }

  /** Finds the number of a tensor that stands at a place of a larger one. */
  private record Broadcast(Shape from, Shape to) {
    int of(int place) {
      int rest = place;
      int index = 0;
      int step = 1;
      for (int i = 1; i <= to.rank(); i++) {
        int length = (int) to.length(-i);
        if (i <= from.rank()) {
          int own = (int) from.length(-i);
          index += (own == 1 ? 0 : rest % length) * step;
          step *= own;
        }
        rest /= length;
      }
      return index;
    }
  }

  private static Value floorDivision(Rule.Node node, OnnxGraph graph) {
    Literal left = node.known(0, "what it divides");
    Literal right = node.known(1, "what it divides by");
    if (left.isFloat() || Arrays.stream(right.longs()).anyMatch(by -> by == 0)) {
      throw new ConversionException("it does not divide whole numbers");
    }
    return Value.known(evaluate(left, right, (a, b) -> Math.floor(a / b)));
  }

  private static Value squaredDifference(Rule.Node node, OnnxGraph graph) {
    Value difference = join("Sub", node.input(0), node.input(1), graph);
    return join("Mul", difference, difference, graph);
  }

  private static Value sum(Rule.Node node, OnnxGraph graph) {
    Value sum = node.input();
    for (Value next : node.inputs().subList(1, node.inputs().size())) {
      sum = join("Add", sum, next, graph);
    }
    return sum;
  }
}

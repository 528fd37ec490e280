package org.pupil.onnx;

import java.util.Map;

/**
 * Numbers rounded to so few that they fit into some bits, as networks have that were trained to be
 * quantised. The range is moved a little, so that zero is one of the numbers, by the rule of
 * TensorFlow's {@code fake_quant_ops_functor.h}.
 */
final class QuantizationRules {
  private QuantizationRules() {}

  static Map<String, Rule> all() {
    return Map.of(
        "FakeQuantWithMinMaxVars",
        (node, graph) ->
            rounded(
                node,
                Grid.of(node.attributes(), single(node, 1, "min"), single(node, 2, "max")),
                graph),
        "FakeQuantWithMinMaxArgs",
        (node, graph) ->
            rounded(
                node,
                Grid.of(
                    node.attributes(),
                    node.attributes().number("min", -6),
                    node.attributes().number("max", 6)),
                graph));
  }

  private static float single(Rule.Node node, int input, String what) {
    Literal literal = node.known(input, "its " + what);
    if (literal.floats().length != 1) {
      throw new ConversionException("its " + what + " is not one number");
    }
    return literal.floats()[0];
  }

  private static Value rounded(Rule.Node node, Grid grid, OnnxGraph graph) {
    Value value = node.input();
    Literal literal = value.literal();
    if (literal != null) {
      float[] values = literal.floats();
      for (int i = 0; i < values.length; i++) {
        values[i] = grid.nearest(values[i]);
      }
      return Value.known(Literal.of(literal.shape(), values));
    }
    Value steps = ActivationRules.clip(value, grid.least, grid.most, graph);
    steps = ArithmeticRules.join("Sub", steps, number(grid.least), graph);
    steps = ArithmeticRules.join("Mul", steps, number(1 / grid.step), graph);
    steps = ArithmeticRules.join("Add", steps, number(0.5f), graph);
    steps = ActivationRules.each("Floor", steps, graph);
    steps = ArithmeticRules.join("Mul", steps, number(grid.step), graph);
    return ArithmeticRules.join("Add", steps, number(grid.least), graph);
  }

  private static Value number(float value) {
    return Value.known(Literal.scalar(value));
  }

  /**
   * Numbers that are equally far apart.
   *
   * @param least the smallest
   * @param most the largest
   * @param step from one to the next
   */
  private record Grid(float least, float most, float step) {
    static Grid of(NodeAttributes node, float min, float max) {
      long bits = node.integer("num_bits", 8);
      if (bits < 2 || bits > 16 || !(min < max) || Float.isInfinite(max - min)) {
        throw new ConversionException(
            "it has %d bits for numbers from %s to %s".formatted(bits, min, max));
      }
      float first = node.flag("narrow_range", false) ? 1 : 0;
      float last = (1 << bits) - 1;
      float step = (max - min) / (last - first);
      float zero = first - min / step;
      float nudged = zero < first ? first : zero > last ? last : Math.round(zero);
      return new Grid((first - nudged) * step, (last - nudged) * step, step);
    }

    float nearest(float value) {
      float inside = Math.max(least, Math.min(most, value));
      return (float) Math.floor((inside - least) * (1 / step) + 0.5f) * step + least;
    }
  }
}

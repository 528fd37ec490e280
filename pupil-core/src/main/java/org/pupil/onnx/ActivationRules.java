package org.pupil.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pupil.onnx.proto.AttributeProto;

/** What is done to every number by itself. */
final class ActivationRules {
  private static final float SIX = 6;

  private ActivationRules() {}

  static Map<String, Rule> all() {
    Map<String, Rule> rules = new HashMap<>();
    for (String same :
        List.of(
            "Relu",
            "Sigmoid",
            "Tanh",
            "Elu",
            "Selu",
            "Softplus",
            "Softsign",
            "Exp",
            "Log",
            "Sqrt",
            "Neg",
            "Abs",
            "Floor",
            "Ceil",
            "Erf",
            "Sign")) {
      rules.put(same, (node, graph) -> each(same, node.input(), graph));
    }
    rules.put("Relu6", ActivationRules::relu6);
    rules.put("LeakyRelu", ActivationRules::leakyRelu);
    rules.put("Reciprocal", (node, graph) -> each("Reciprocal", node.input(), graph));
    rules.put("Inv", (node, graph) -> each("Reciprocal", node.input(), graph));
    rules.put("Rsqrt", ActivationRules::reciprocalRoot);
    rules.put("Square", ActivationRules::square);
    rules.put("Softmax", (node, graph) -> overChannels("Softmax", node, graph));
    rules.put("LogSoftmax", (node, graph) -> overChannels("LogSoftmax", node, graph));
    return rules;
  }

  /** A node that changes no shape and knows no axes. */
  static Value each(String operation, Value value, OnnxGraph graph, AttributeProto... attributes) {
    return like(value, operation, List.of(graph.nameOf(value)), graph, attributes);
  }

  private static Value like(
      Value value,
      String operation,
      List<String> inputs,
      OnnxGraph graph,
      AttributeProto... attributes) {
    return value.isChannelsFirst()
        ? graph.addChannelsFirst(operation, value.shape(), inputs, attributes)
        : graph.add(operation, value.shape(), inputs, attributes);
  }

  /** All numbers kept between two bounds. */
  static Value clip(Value value, float least, float most, OnnxGraph graph) {
    return like(
        value,
        "Clip",
        List.of(
            graph.nameOf(value),
            graph.constant(Literal.scalar(least)),
            graph.constant(Literal.scalar(most))),
        graph);
  }

  private static Value relu6(Rule.Node node, OnnxGraph graph) {
    return clip(node.input(), 0, SIX, graph);
  }

  private static Value leakyRelu(Rule.Node node, OnnxGraph graph) {
    return each(
        "LeakyRelu",
        node.input(),
        graph,
        Attributes.number("alpha", node.attributes().number("alpha", 0.2f)));
  }

  private static Value reciprocalRoot(Rule.Node node, OnnxGraph graph) {
    Literal literal = node.input().literal();
    if (literal != null) {
      float[] values = literal.floats();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (1 / Math.sqrt(values[i]));
      }
      return Value.known(Literal.of(literal.shape(), values));
    }
    return each("Reciprocal", each("Sqrt", node.input(), graph), graph);
  }

  private static Value square(Rule.Node node, OnnxGraph graph) {
    String name = graph.nameOf(node.input());
    return like(node.input(), "Mul", List.of(name, name), graph);
  }

  private static Value overChannels(String operation, Rule.Node node, OnnxGraph graph) {
    int last = node.input().isChannelsFirst() ? 1 : -1;
    return each(operation, node.input(), graph, Attributes.integer("axis", last));
  }
}

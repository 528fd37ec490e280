package org.pupil.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pupil.onnx.proto.AttributeProto;

/** What makes one number of many: pools, means. */
final class PoolingRules {
  private static final Set<Integer> ROWS_AND_COLUMNS = Set.of(1, 2);

  private PoolingRules() {}

  static Map<String, Rule> all() {
    Map<String, Rule> rules = new HashMap<>();
    rules.put("MaxPool", (node, graph) -> pool(node, graph, "MaxPool"));
    rules.put("AvgPool", (node, graph) -> pool(node, graph, "AveragePool"));
    rules.put("Mean", (node, graph) -> reduce(node, graph, "ReduceMean"));
    rules.put("Max", (node, graph) -> reduce(node, graph, "ReduceMax"));
    rules.put("Min", (node, graph) -> reduce(node, graph, "ReduceMin"));
    return rules;
  }

  private static Value pool(Rule.Node node, OnnxGraph graph, String operation) {
    Value image = node.image(graph);
    int[] kernel = Window.rowsAndColumns(node.attributes(), "ksize");
    Window window = Window.of(node.attributes(), kernel[0], kernel[1], image.shape());
    Shape result = window.result(image.shape(), image.shape().channels());
    List<String> inputs = List.of(graph.nameOf(image));
    boolean whole =
        !window.isPadded()
            && kernel[0] == image.shape().length(1)
            && kernel[1] == image.shape().length(2);
    return node.result(
        whole
            ? graph.addChannelsFirst("Global" + operation, result, inputs)
            : graph.addChannelsFirst(
                operation, result, inputs, window.attributes().toArray(AttributeProto[]::new)));
  }

  private static Value reduce(Rule.Node node, OnnxGraph graph, String operation) {
    Value value = node.input();
    Set<Integer> axes = new TreeSet<>();
    for (long axis : node.known(1, "the list of its axes").longs()) {
      axes.add(ShapeRules.axis(axis, value.shape().rank()));
    }
    if (axes.isEmpty()) {
      return value; // to ONNX no axes are all axes
    }
    boolean keep = node.attributes().flag("keep_dims", false);
    Shape kept = value.shape();
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    if (value.isChannelsFirst()
        && axes.equals(ROWS_AND_COLUMNS)
        && operation.equals("ReduceMean")) {
      Value pooled =
          graph.addChannelsFirst("GlobalAveragePool", kept, List.of(graph.nameOf(value)));
      return keep ? pooled : ShapeRules.reshaped(pooled, without(kept, axes), graph);
    }
    return graph.add(
        operation,
        keep ? kept : without(kept, axes),
        List.of(graph.nameOf(graph.asInTensorFlow(value))),
        Attributes.ints("axes", axes.stream().mapToInt(Integer::intValue).toArray()),
        Attributes.integer("keepdims", keep ? 1 : 0));
  }

  private static Shape without(Shape shape, Set<Integer> axes) {
    long[] lengths = new long[shape.rank() - axes.size()];
    int next = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!axes.contains(axis)) {
        lengths[next++] = shape.length(axis);
      }
    }
    return new Shape(Arrays.copyOf(lengths, next));
  }
}

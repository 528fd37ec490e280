package org.pupil.onnx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.pupil.graph.TensorName;
import org.pupil.log.proto.NodeDef;

/**
 * How many nodes of a TensorFlow graph take each tensor: only what nobody else takes may be changed
 * for the one who does. Nodes that pass a tensor on do not count.
 */
final class TensorUses {
  private final Map<String, NodeDef> nodes;
  private final String input;
  private final Map<String, Integer> uses = new HashMap<>();

  /**
   * @param nodes of the graph, by their names
   * @param input the node that is fed; nothing behind it counts
   */
  TensorUses(Map<String, NodeDef> nodes, String input) {
    this.nodes = nodes;
    this.input = input;
  }

  /** Counts who takes each tensor on the way to an output, which is a use of the output too. */
  void count(String output) {
    Deque<String> open = new ArrayDeque<>();
    use(output, open);
    while (!open.isEmpty()) {
      NodeDef node = nodes.get(open.pop());
      if (node != null) {
        node.getInputList().forEach(source -> use(source, open));
      }
    }
  }

  private void use(String tensor, Deque<String> open) {
    String source = origin(tensor);
    if (uses.merge(source, 1, Integer::sum) == 1 && !source.equals(input)) {
      open.push(source);
    }
  }

  /** The node whose result a tensor is, behind nodes that only pass it on. */
  private String origin(String tensor) {
    String at = TensorName.parse(tensor).node();
    for (int step = 0; step < nodes.size(); step++) {
      NodeDef node = nodes.get(at);
      if (at.equals(input)
          || node == null
          || !ShapeRules.PASS_ON.contains(node.getOp())
          || node.getInputCount() == 0) {
        return at;
      }
      at = TensorName.parse(node.getInput(0)).node();
    }
    return at;
  }

  /** Whether one who takes a tensor is the only one, by what was counted. */
  boolean isSole(String tensor) {
    return uses.getOrDefault(origin(tensor), 1) == 1;
  }
}

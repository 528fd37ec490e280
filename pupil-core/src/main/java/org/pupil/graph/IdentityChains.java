package org.pupil.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/**
 * Long chains of nodes that only pass their input on. TensorFlow follows them by recursion, and
 * where its stack ends so does the whole process: at about 4,000 of them.
 */
final class IdentityChains implements NodeCheck {
  private static final int LONGEST = 1000;

  private static final Set<String> PASSING_ON =
      Set.of(
          "Identity",
          "IdentityN",
          "StopGradient",
          "PreventGradient",
          "Snapshot",
          "CheckNumerics",
          "PlaceholderWithDefault");

  /** The node that each of them takes. */
  private final Map<String, String> sources = new HashMap<>();

  /** How many of them end with one, itself included. */
  private final Map<String, Integer> lengths = new HashMap<>();

  IdentityChains(GraphDef graph) {
    for (NodeDef node : graph.getNodeList()) {
      if (PASSING_ON.contains(node.getOp()) && node.getInputCount() > 0) {
        sources.put(node.getName(), TensorName.parse(node.getInput(0)).node());
      }
    }
  }

  @Override
  public @Nullable String trouble(NodeDef node) {
    return length(node.getName()) > LONGEST
        ? " ends a chain of more than " + LONGEST + " nodes that change nothing"
        : null;
  }

  /** Counts no further than it must, so that a circle ends too. */
  private int length(String name) {
    Deque<String> uncounted = new ArrayDeque<>();
    String at = name;
    while (sources.containsKey(at) && !lengths.containsKey(at) && uncounted.size() <= LONGEST) {
      uncounted.push(at);
      at = sources.get(at);
    }
    int length = lengths.getOrDefault(at, 0);
    while (!uncounted.isEmpty()) {
      length++;
      lengths.put(uncounted.pop(), length);
    }
    return length;
  }
}

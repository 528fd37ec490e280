package org.pupil.graph;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/**
 * One input of a node as a GraphDef writes it: {@code node}, {@code node:1}, or {@code ^node} for
 * an edge that carries no tensor and only says what runs first.
 *
 * @param node name of the node
 * @param output which output, from 0; -1 for a control edge
 */
public record TensorName(String node, int output) {
  private static final int CONTROL = -1;
  private static final int MOST_DIGITS = 6;

  /** Reads what stands in the list of a node's inputs. */
  public static TensorName parse(String text) {
    if (text.startsWith("^")) {
      return new TensorName(text.substring(1), CONTROL);
    }
    int colon = text.lastIndexOf(':');
    Integer output = colon < 0 ? null : number(text.substring(colon + 1));
    return output == null
        ? new TensorName(text, 0)
        : new TensorName(text.substring(0, colon), output);
  }

  /** The edge that carries no tensor from a node. */
  public static TensorName control(String node) {
    return new TensorName(node, CONTROL);
  }

  /** Whether no tensor comes this way. */
  public boolean isControl() {
    return output == CONTROL;
  }

  /** Names of the nodes of which some other takes something, or waits for them. */
  public static Set<String> used(GraphDef graph) {
    Set<String> used = new HashSet<>();
    for (NodeDef node : graph.getNodeList()) {
      node.getInputList().forEach(input -> used.add(parse(input).node()));
    }
    return used;
  }

  private static @Nullable Integer number(String digits) {
    boolean ok =
        !digits.isEmpty()
            && digits.length() <= MOST_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return ok ? Integer.valueOf(digits) : null;
  }

  @Override
  public String toString() {
    if (isControl()) {
      return "^" + node;
    }
    return output == 0 ? node : node + ":" + output;
  }
}

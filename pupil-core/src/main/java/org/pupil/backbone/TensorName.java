package org.pupil.backbone;

import org.jspecify.annotations.Nullable;

/**
 * One input of a node as a GraphDef writes it: {@code node}, {@code node:1}, or {@code ^node} for
 * an edge that carries no tensor and only says what runs first.
 *
 * @param node name of the node
 * @param output which output, from 0; -1 for a control edge
 */
record TensorName(String node, int output) {
  private static final int CONTROL = -1;
  private static final int MOST_DIGITS = 6;

  static TensorName parse(String text) {
    if (text.startsWith("^")) {
      return new TensorName(text.substring(1), CONTROL);
    }
    int colon = text.lastIndexOf(':');
    Integer output = colon < 0 ? null : number(text.substring(colon + 1));
    return output == null
        ? new TensorName(text, 0)
        : new TensorName(text.substring(0, colon), output);
  }

  static TensorName control(String node) {
    return new TensorName(node, CONTROL);
  }

  boolean isControl() {
    return output == CONTROL;
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

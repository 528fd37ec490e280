package org.pupil.graph;

/** How messages show names that stand in a graph, which may hold whatever its maker liked. */
public final class NodeName {
  /** Longer ones are cut. */
  private static final int LONGEST = 200;

  private NodeName() {}

  /** {@code node (Operation)}, both {@linkplain #printable printable}. */
  public static String withOperation(String node, String operation) {
    return printable(node) + " (" + printable(operation) + ")";
  }

  /** The name on one line: its first 200 characters, with ? for what is not printable ASCII. */
  public static String printable(String name) {
    String shown = name.replaceAll("[^!-~]", "?");
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "...";
  }
}

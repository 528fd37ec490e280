package org.pupil.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/** The nodes of one graph by name, and the questions one asks about them. Needs no TensorFlow. */
public final class GraphIndex {
  /** TensorFlow's Java part takes time by the square of a name's length. */
  private static final int LONGEST_NAME = 2000;

  /** Ten times the nodes of the largest networks for photos. */
  private static final int MOST_NODES = 100_000;

  private static final int MOST_CANDIDATES = 8;
  private static final Set<String> POOLS = Set.of("Mean", "AvgPool", "MaxPool", "Max");
  private static final Set<String> SHAPE_ONLY =
      Set.of("Squeeze", "Reshape", "Identity", "IdentityN", "StopGradient", "CheckNumerics");
  private static final Set<String> NO_RESULT =
      Set.of("Const", "NoOp", "Placeholder", "PlaceholderWithDefault", "VarHandleOp");

  private final String where;
  private final GraphDef graph;
  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();

  /**
   * Indexes a graph and checks that it hangs together.
   *
   * @param where what to call the graph in a message: its file
   * @throws PupilException of kind BAD_MODEL when it has more than 100,000 nodes, two nodes have
   *     one name, or a node takes an input that is not there
   */
  public GraphIndex(GraphDef graph, String where) {
    this.where = where;
    this.graph = graph;
    if (graph.getNodeCount() > MOST_NODES) {
      throw PupilException.badModel(
          where
              + " has "
              + graph.getNodeCount()
              + " nodes; a network for photos has "
              + MOST_NODES
              + " at most");
    }
    for (NodeDef node : graph.getNodeList()) {
      if (!isName(node.getName()) || !isName(node.getOp())) {
        throw PupilException.badModel(
            where + " is not a TensorFlow graph: a node has a name that cannot be");
      }
      if (nodes.put(node.getName(), node) != null) {
        throw PupilException.badModel(
            where + " is damaged: two of its nodes are called " + node.getName());
      }
    }
    for (NodeDef node : graph.getNodeList()) {
      for (String input : node.getInputList()) {
        String source = TensorName.parse(input).node();
        if (!nodes.containsKey(source)) {
          throw PupilException.badModel(
              where
                  + " is damaged: "
                  + node.getName()
                  + " takes "
                  + (isName(source) ? input : "something")
                  + ", which is missing");
        }
      }
    }
  }

  /**
   * Whether TensorFlow takes it for the name of a node or an operation. No regular expression: a
   * program that has just started is slow at them.
   */
  private static boolean isName(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NAME || "_\\/>-".indexOf(text.charAt(0)) >= 0) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && "_.\\/>-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  public String where() {
    return where;
  }

  public GraphDef graph() {
    return graph;
  }

  public boolean has(String name) {
    return nodes.containsKey(name);
  }

  public Optional<NodeDef> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  /** Everything that must run so that the given nodes can, themselves included. */
  public Set<String> ancestors(Collection<String> roots) {
    Set<String> seen = new HashSet<>(roots);
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      NodeDef node = nodes.get(open.pop());
      if (node == null) {
        continue;
      }
      for (String input : node.getInputList()) {
        String name = TensorName.parse(input).node();
        if (seen.add(name)) {
          open.push(name);
        }
      }
    }
    return seen;
  }

  /** The graph with only the ancestors of the given nodes, in the old order. */
  public GraphDef prunedTo(Collection<String> roots) {
    Set<String> keep = ancestors(roots);
    GraphDef.Builder pruned = graph.toBuilder().clearNode();
    for (NodeDef node : graph.getNodeList()) {
      if (keep.contains(node.getName())) {
        pruned.addNode(node);
      }
    }
    return pruned.build();
  }

  /** Placeholders, with what they take: {@code input (float, [?,224,224,3])}. */
  public List<String> inputCandidates() {
    return graph.getNodeList().stream()
        .filter(GraphIndex::isPlaceholder)
        .map(node -> node.getName() + " (" + Attrs.describePlaceholder(node) + ")")
        .limit(MOST_CANDIDATES)
        .toList();
  }

  public static boolean isPlaceholder(NodeDef node) {
    return node.getOp().equals("Placeholder") || node.getOp().equals("PlaceholderWithDefault");
  }

  /** Nodes that give something which no other node uses, in the graph's order. */
  public static List<NodeDef> ends(GraphDef graph) {
    Set<String> used = TensorName.used(graph);
    return graph.getNodeList().stream()
        .filter(node -> !NO_RESULT.contains(node.getOp()) && !used.contains(node.getName()))
        .toList();
  }

  /** Names of nodes that may be bottlenecks: pooled ones from the end on, then the graph's ends. */
  public List<String> bottleneckCandidates() {
    List<NodeDef> pooled = graph.getNodeList().stream().filter(GraphIndex::isPool).toList();
    List<NodeDef> ends = ends(graph).stream().filter(node -> !isPool(node)).toList();
    List<String> candidates = new ArrayList<>(lastNames(pooled));
    candidates.addAll(lastNames(ends));
    return candidates;
  }

  private static boolean isPool(NodeDef node) {
    return POOLS.contains(node.getOp());
  }

  /** From the last on. */
  private static List<String> lastNames(List<NodeDef> nodes) {
    return IntStream.range(0, Math.min(MOST_CANDIDATES / 2, nodes.size()))
        .mapToObj(i -> nodes.get(nodes.size() - 1 - i).getName())
        .toList();
  }

  /**
   * The map [n,h,w,c] that is pooled into a layer: the input of the last pooling above it, when
   * between that pooling and the layer there are only changes of shape.
   */
  public Optional<String> pooledMap(String layer) {
    String name = layer;
    for (int step = 0; step < nodes.size(); step++) {
      NodeDef node = nodes.get(name);
      if (node == null || node.getInputCount() == 0) {
        return Optional.empty();
      }
      TensorName above = TensorName.parse(node.getInput(0));
      if (node.getOp().equals("Mean") || node.getOp().equals("AvgPool")) {
        return above.output() == 0 ? Optional.of(above.node()) : Optional.empty();
      }
      if (!SHAPE_ONLY.contains(node.getOp()) || above.output() != 0) {
        return Optional.empty();
      }
      name = above.node();
    }
    return Optional.empty();
  }

  /** Follows a tensor up through nodes that only pass it on. */
  public TensorName origin(TensorName tensor) {
    TensorName at = tensor;
    for (int step = 0; step < nodes.size(); step++) {
      NodeDef node = nodes.get(at.node());
      boolean passedOn =
          node != null && isIdentity(node) && !at.isControl() && at.output() < node.getInputCount();
      if (!passedOn) {
        return at;
      }
      at = TensorName.parse(node.getInput(at.output()));
    }
    return at;
  }

  public static boolean isIdentity(NodeDef node) {
    return node.getOp().equals("Identity") || node.getOp().equals("IdentityN");
  }

  /** The bool in a scalar Const; empty for every other node. */
  public Optional<Boolean> boolConst(String name) {
    NodeDef node = nodes.get(name);
    if (node == null || !node.getOp().equals("Const")) {
      return Optional.empty();
    }
    AttrValue value = node.getAttrOrDefault("value", AttrValue.getDefaultInstance());
    return Attrs.boolScalar(value.getTensor());
  }
}

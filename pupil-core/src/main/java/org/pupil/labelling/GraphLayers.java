package org.pupil.labelling;

import java.util.List;
import java.util.Optional;
import org.pupil.graph.GraphIndex;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/** Finds nodes of a graph by name, and those that a person may have meant. */
final class GraphLayers {
  private static final int MOST_CANDIDATES = 5;

  private GraphLayers() {}

  /** The node of a name, which may be written with the output 0: {@code final_result:0}. */
  static Optional<NodeDef> find(GraphDef graph, String name) {
    String node = name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
    return graph.getNodeList().stream().filter(n -> n.getName().equals(node)).findFirst();
  }

  /** Names of placeholders. */
  static List<String> inputs(GraphDef graph) {
    return graph.getNodeList().stream()
        .filter(GraphIndex::isPlaceholder)
        .map(NodeDef::getName)
        .limit(MOST_CANDIDATES)
        .toList();
  }

  /** Names of nodes that give something which no other node uses. */
  static List<String> outputs(GraphDef graph) {
    return GraphIndex.ends(graph).stream().map(NodeDef::getName).limit(MOST_CANDIDATES).toList();
  }
}

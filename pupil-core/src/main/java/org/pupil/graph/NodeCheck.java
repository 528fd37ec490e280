package org.pupil.graph;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/** Looks at each node of a graph, in order, for what must not be. */
interface NodeCheck {
  /**
   * What is wrong with a node, as the end of a sentence that begins with it; null if nothing is.
   */
  @Nullable String trouble(NodeDef node);

  /** What is wrong with the first node of a graph with which something is. */
  default Optional<String> firstTrouble(GraphDef graph) {
    for (NodeDef node : graph.getNodeList()) {
      String trouble = trouble(node);
      if (trouble != null) {
        return Optional.of(NodeName.withOperation(node.getName(), node.getOp()) + trouble);
      }
    }
    return Optional.empty();
  }
}

package org.pupil.graph;

import java.util.List;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/** Takes out of a graph from a file what leads from its input to its output, and looks at it. */
public final class GraphCut {
  private GraphCut() {}

  /**
   * Cuts a graph out. Where the input is no placeholder but computed, as behind the decoder of the
   * Inception of 2015, one for a single image takes its place, and what was above it goes.
   *
   * @param images a placeholder for one image, which has the name of the node that takes images
   * @param output node that is wanted
   * @param where what to call the graph in a message: its file
   * @param operations asked for what the functions in the graph call
   * @return the input and all that the output needs, with functions in place of the calls of them
   * @throws PupilException of kind BAD_MODEL when the graph does not hang together, or what is
   *     needed of it has operations that may do more than compute
   */
  public static GraphDef between(
      GraphDef graph,
      NodeDef images,
      String output,
      String where,
      OperationDefinitions operations) {
    GraphIndex index = new GraphIndex(withPlaceholder(graph, images), where);
    GraphDef needed =
        FunctionInliner.inlineAll(index, operations)
            .prunedTo(List.of(images.getName(), output))
            .toBuilder()
            .clearLibrary()
            .build();
    AllowedOperations.OF_NETWORKS
        .trouble(needed)
        .ifPresent(
            trouble -> {
              throw PupilException.badModel(where + ": " + trouble);
            });
    return needed;
  }

  private static GraphDef withPlaceholder(GraphDef graph, NodeDef images) {
    GraphDef.Builder open = graph.toBuilder();
    for (int i = 0; i < open.getNodeCount(); i++) {
      NodeDef node = open.getNode(i);
      if (node.getName().equals(images.getName()) && !GraphIndex.isPlaceholder(node)) {
        open.setNode(i, images);
      }
    }
    return open.build();
  }
}

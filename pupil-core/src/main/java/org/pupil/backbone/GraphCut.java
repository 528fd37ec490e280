package org.pupil.backbone;

import java.util.List;
import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;
import org.pupil.tensorflow.AllowedOperations;
import org.pupil.tensorflow.Nodes;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** Takes out of a graph from a file what leads from its input to its output, and looks at it. */
public final class GraphCut {
  private GraphCut() {}

  /**
   * Cuts a graph out. Where the input is no placeholder but computed, as behind the decoder of the
   * Inception of 2015, one for a single image takes its place, and what was above it goes.
   *
   * @param input node that takes images
   * @param output node that is wanted
   * @param spec the images that will be fed
   * @param where what to call the graph in a message: its file
   * @return the input and all that the output needs, with functions in place of the calls of them
   * @throws PupilException of kind BAD_MODEL when the graph does not hang together, or what is
   *     needed of it has operations that may do more than compute
   */
  public static GraphDef between(
      GraphDef graph, String input, String output, InputSpec spec, String where) {
    GraphIndex index = new GraphIndex(withPlaceholder(graph, input, spec), where);
    GraphDef needed =
        FunctionInliner.inlineAll(index).prunedTo(List.of(input, output)).toBuilder()
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

  private static GraphDef withPlaceholder(GraphDef graph, String input, InputSpec spec) {
    GraphDef.Builder open = graph.toBuilder();
    for (int i = 0; i < open.getNodeCount(); i++) {
      NodeDef node = open.getNode(i);
      if (node.getName().equals(input) && !GraphIndex.isPlaceholder(node)) {
        open.setNode(i, oneImage(input, spec));
      }
    }
    return open.build();
  }

  private static NodeDef oneImage(String name, InputSpec spec) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Placeholder")
        .putAttr("dtype", Nodes.type(DataType.DT_FLOAT))
        .putAttr("shape", Nodes.shape(1, spec.height(), spec.width(), 3))
        .build();
  }
}

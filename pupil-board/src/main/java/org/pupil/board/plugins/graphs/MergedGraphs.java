package org.pupil.board.plugins.graphs;

import java.io.IOException;
import java.util.List;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.FunctionDef;
import org.pupil.log.proto.GradientDef;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/**
 * Several graphs as one. The names of their nodes may be the same, so all of a graph stands below
 * {@code graph_1}, {@code graph_2} and so on; its functions are {@code graph_1_NAME}.
 */
final class MergedGraphs {
  private MergedGraphs() {}

  /**
   * One graph is left as it is.
   *
   * @throws IOException if they are of different versions
   */
  static GraphDef of(List<GraphDef> graphs) throws IOException {
    if (graphs.isEmpty()) {
      return GraphDef.getDefaultInstance();
    }
    if (graphs.size() == 1) {
      return graphs.get(0);
    }
    GraphDef.Builder merged = GraphDef.newBuilder();
    int producer = graphs.get(0).getVersions().getProducer();
    if (producer != 0) {
      merged.setVersions(graphs.get(0).getVersions());
    }
    for (int i = 0; i < graphs.size(); i++) {
      if (graphs.get(i).getVersions().getProducer() != producer) {
        throw new IOException("graphs of different versions cannot be shown as one");
      }
      add("graph_" + (i + 1), graphs.get(i), merged);
    }
    return merged.build();
  }

  private static void add(String prefix, GraphDef graph, GraphDef.Builder merged) {
    for (NodeDef node : graph.getNodeList()) {
      NodeDef.Builder renamed = node.toBuilder().setName(prefix + "/" + node.getName());
      for (int i = 0; i < node.getInputCount(); i++) {
        renamed.setInput(i, input(prefix, node.getInput(i)));
      }
      AttrValue function = node.getAttrOrDefault("f", AttrValue.getDefaultInstance());
      if (node.getOp().endsWith("PartitionedCall") && function.hasFunc()) {
        AttrValue.Builder renamedFunction = function.toBuilder();
        renamedFunction.getFuncBuilder().setName(prefix + "_" + function.getFunc().getName());
        renamed.putAttr("f", renamedFunction.build());
      }
      merged.addNode(renamed);
    }
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      FunctionDef.Builder renamed = function.toBuilder();
      renamed.getSignatureBuilder().setName(prefix + "_" + function.getSignature().getName());
      merged.getLibraryBuilder().addFunction(renamed);
    }
    for (GradientDef gradient : graph.getLibrary().getGradientList()) {
      merged
          .getLibraryBuilder()
          .addGradient(
              GradientDef.newBuilder()
                  .setFunctionName(prefix + "_" + gradient.getFunctionName())
                  .setGradientFunc(prefix + "_" + gradient.getGradientFunc()));
    }
  }

  /** A control input keeps its mark in front. */
  private static String input(String prefix, String input) {
    return input.startsWith("^") ? "^" + prefix + "/" + input.substring(1) : prefix + "/" + input;
  }
}

package org.pupil.tensorflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.graph.NodeName;
import org.pupil.graph.TensorName;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.tensorflow.Graph;

/** Tensors of any number of dimensions where TensorFlow ends the process over a wrong number. */
final class UnknownRanks {
  /**
   * The inputs whose number of dimensions must be known before anything runs. A placeholder's
   * default is among them since TensorFlow believes what the placeholder says of its shape.
   */
  private static final Map<String, List<Integer>> KNOWN_RANK =
      Map.of(
          "PlaceholderWithDefault", List.of(0),
          "Transpose", List.of(0),
          "FakeQuantWithMinMaxVarsPerChannel", List.of(0, 1, 2));

  private UnknownRanks() {}

  /**
   * What is wrong with the first node that takes a tensor of any number of dimensions where
   * TensorFlow trusts it to have one.
   *
   * @param definition the graph as it was loaded
   * @param loaded the same in TensorFlow, which has inferred shapes by now
   */
  static Optional<String> trouble(GraphDef definition, Graph loaded) {
    for (NodeDef node : definition.getNodeList()) {
      for (int input : KNOWN_RANK.getOrDefault(node.getOp(), List.of())) {
        TensorName source = TensorName.parse(node.getInput(input));
        if (loaded.operationOrThrow(source.node()).output(source.output()).shape().isUnknown()) {
          return Optional.of(
              NodeName.withOperation(node.getName(), node.getOp())
                  + " takes a tensor whose number of dimensions the graph does not tell");
        }
      }
    }
    return Optional.empty();
  }
}

package org.pupil.graph;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pupil.graph.Checkpoint.Entry;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.MetaGraphDef;
import org.pupil.log.proto.NodeDef;

/**
 * Where in its checkpoint a SavedModel keeps each variable.
 *
 * <p>A SavedModel carries a graph that restores it: {@code RestoreV2} reads some keys, and each
 * result is assigned to a variable. That graph is read here, not run. The two formats differ only
 * in that TensorFlow 2 puts it into a function.
 */
final class RestoreMap {
  private static final Set<String> ASSIGNMENTS = Set.of("Assign", "AssignVariableOp");

  private RestoreMap() {}

  /** The place of every variable that the model's own restoring finds, by the variable's node. */
  static Map<String, Entry> of(
      MetaGraphDef meta, GraphIndex index, OperationDefinitions operations) {
    String restore = TensorName.parse(meta.getSaverDef().getRestoreOpName()).node();
    if (!index.has(restore)) {
      return Map.of();
    }
    GraphIndex flat =
        new GraphIndex(FunctionInliner.inline(index, List.of(restore), operations), index.where());
    Map<String, Entry> entries = new HashMap<>();
    for (NodeDef node : flat.graph().getNodeList()) {
      if (ASSIGNMENTS.contains(node.getOp()) && node.getInputCount() >= 2) {
        String variable = flat.origin(TensorName.parse(node.getInput(0))).node();
        entry(flat.origin(TensorName.parse(node.getInput(1))), flat)
            .ifPresent(entry -> entries.put(variable, entry));
      }
    }
    return entries;
  }

  private static Optional<Entry> entry(TensorName value, GraphIndex flat) {
    NodeDef node = flat.node(value.node()).orElseThrow();
    if (!node.getOp().equals("RestoreV2") || node.getInputCount() < 3) {
      return Optional.empty();
    }
    List<String> keys = strings(node.getInput(1), flat);
    List<String> slices = strings(node.getInput(2), flat);
    return value.output() < keys.size() && value.output() < slices.size()
        ? Optional.of(new Entry(keys.get(value.output()), slices.get(value.output())))
        : Optional.empty();
  }

  private static List<String> strings(String input, GraphIndex flat) {
    NodeDef constant = flat.node(flat.origin(TensorName.parse(input)).node()).orElseThrow();
    List<String> strings = new ArrayList<>();
    for (ByteString value :
        constant
            .getAttrOrDefault("value", AttrValue.getDefaultInstance())
            .getTensor()
            .getStringValList()) {
      strings.add(value.toStringUtf8());
    }
    return strings;
  }
}

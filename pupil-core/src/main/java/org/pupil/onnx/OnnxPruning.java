package org.pupil.onnx;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto;

/** The part of an ONNX graph that some tensors depend on. */
final class OnnxPruning {
  /** From this version on weights need not be declared as inputs. */
  private static final long IR_VERSION = 8;

  private final GraphProto graph;
  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Set<NodeProto> kept = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> used = new LinkedHashSet<>();

  /**
   * @param outputs tensors that nodes of the graph give
   */
  OnnxPruning(GraphProto graph, Collection<String> outputs) {
    this.graph = graph;
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> makers.put(output, node));
    }
    Deque<String> open = new ArrayDeque<>(outputs);
    while (!open.isEmpty()) {
      String name = open.pop();
      NodeProto maker = used.add(name) ? makers.get(name) : null;
      if (maker != null && kept.add(maker)) {
        open.addAll(maker.getInputList());
      }
    }
  }

  /** How many inputs a node has, up to the last that is not left out. */
  static int inputs(NodeProto node) {
    int count = node.getInputCount();
    while (count > 0 && node.getInput(count - 1).isEmpty()) {
      count--;
    }
    return count;
  }

  /** Whether some output depends on a tensor. */
  boolean uses(String tensor) {
    return used.contains(tensor);
  }

  /**
   * The part as a model: without what others wrote about it, and without a declaration of what goes
   * in and comes out.
   */
  ModelProto of(ModelProto model) {
    GraphProto.Builder part = GraphProto.newBuilder().setName(graph.getName());
    for (NodeProto node : graph.getNodeList()) {
      if (kept.contains(node)) {
        NodeProto.Builder own = node.toBuilder().clearDocString().clearMetadataProps();
        // Names of inputs that are left out at the end tell nothing, and not every operation of
        // ONNX Runtime reckons with them.
        part.addNode(own.clearInput().addAllInput(node.getInputList().subList(0, inputs(node))));
      }
    }
    for (TensorProto weights : graph.getInitializerList()) {
      if (used.contains(weights.getName())) {
        part.addInitializer(weights);
      }
    }
    ModelProto.Builder pruned =
        ModelProto.newBuilder()
            .setIrVersion(Math.max(IR_VERSION, model.getIrVersion()))
            .setProducerName(model.getProducerName())
            .setProducerVersion(model.getProducerVersion())
            .setGraph(part);
    model.getOpsetImportList().stream()
        .filter(set -> OnnxForm.isOnnx(set.getDomain()))
        .forEach(pruned::addOpsetImport);
    return pruned.build();
  }
}

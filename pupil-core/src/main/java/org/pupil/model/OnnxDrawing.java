package org.pupil.model;

import java.util.HashMap;
import java.util.Map;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.ValueInfoProto;

/**
 * An ONNX graph as nodes that TensorBoard draws: each has the name of the first tensor that it
 * gives and ONNX's name of its operation. Weights are constants without their numbers.
 */
final class OnnxDrawing {
  private OnnxDrawing() {}

  static GraphDef of(ModelProto model) {
    GraphProto graph = model.getGraph();
    GraphDef.Builder drawing = GraphDef.newBuilder();
    Map<String, String> edges = new HashMap<>();
    for (ValueInfoProto input : graph.getInputList()) {
      drawing.addNode(node(input.getName(), "Placeholder"));
    }
    for (TensorProto weights : graph.getInitializerList()) {
      drawing.addNode(node(weights.getName(), "Const"));
    }
    for (NodeProto node : graph.getNodeList()) {
      NodeDef.Builder drawn = node(node.getOutput(0), node.getOpType());
      node.getInputList().stream()
          .filter(name -> !name.isEmpty())
          .forEach(name -> drawn.addInput(edges.getOrDefault(name, name)));
      for (int i = 1; i < node.getOutputCount(); i++) {
        edges.put(node.getOutput(i), node.getOutput(0) + ":" + i);
      }
      drawing.addNode(drawn);
    }
    return drawing.build();
  }

  private static NodeDef.Builder node(String name, String operation) {
    return NodeDef.newBuilder().setName(name).setOp(operation);
  }
}

package org.pupil.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/**
 * Takes out of a graph what is there only for training: a switch that a person would have to feed
 * ({@code is_training}, {@code keras_learning_phase}) is set to false, a placeholder with a default
 * becomes its default, and of the two ways that hang on such a switch the dead one is cut off.
 *
 * <p>A {@code Switch} whose predicate depends on the image is left as it is.
 */
final class TrainingSwitches {
  private static final TensorProto FALSE =
      TensorProto.newBuilder()
          .setDtype(DataType.DT_BOOL)
          .setTensorShape(TensorShapeProto.getDefaultInstance())
          .addBoolVal(false)
          .build();

  private final GraphIndex index;
  private final Map<String, Boolean> known = new HashMap<>();
  private final Map<String, Integer> livePort = new HashMap<>();
  private final Set<String> dead = new HashSet<>();

  private TrainingSwitches(GraphIndex index) {
    this.index = index;
  }

  /**
   * Takes the training part out.
   *
   * @param index a graph in which the image input is named {@code input}
   * @return the graph without its training part; nodes that nobody needs any more are still there
   */
  static GraphDef off(GraphIndex index, String input) {
    return new TrainingSwitches(index).rewrite(input);
  }

  private GraphDef rewrite(String input) {
    Map<String, NodeDef> rewritten = new HashMap<>();
    for (NodeDef node : inOrder()) {
      rewritten.put(node.getName(), node.getName().equals(input) ? node : rewrite(node));
    }
    GraphDef.Builder graph = index.graph().toBuilder().clearNode();
    for (NodeDef node : index.graph().getNodeList()) {
      if (!dead.contains(node.getName())) {
        graph.addNode(withoutPorts(rewritten.getOrDefault(node.getName(), node)));
      }
    }
    return graph.build();
  }

  /** Nodes after everything they need; nodes on a cycle (a loop's) are left out. */
  private List<NodeDef> inOrder() {
    Map<String, List<NodeDef>> consumers = new HashMap<>();
    Map<String, Integer> missing = new HashMap<>();
    Deque<NodeDef> ready = new ArrayDeque<>();
    for (NodeDef node : index.graph().getNodeList()) {
      missing.put(node.getName(), node.getInputCount());
      if (node.getInputCount() == 0) {
        ready.add(node);
      }
      for (String input : node.getInputList()) {
        consumers
            .computeIfAbsent(TensorName.parse(input).node(), name -> new ArrayList<>())
            .add(node);
      }
    }
    List<NodeDef> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      NodeDef node = ready.remove();
      order.add(node);
      for (NodeDef consumer : consumers.getOrDefault(node.getName(), List.of())) {
        if (missing.merge(consumer.getName(), -1, Integer::sum) == 0) {
          ready.add(consumer);
        }
      }
    }
    return order;
  }

  private NodeDef rewrite(NodeDef node) {
    return switch (node.getOp()) {
      case "Placeholder" -> switchedOff(node);
      case "Const" -> {
        index.boolConst(node.getName()).ifPresent(value -> known.put(node.getName(), value));
        yield node;
      }
      case "PlaceholderWithDefault" -> {
        passOn(node, false);
        yield node.toBuilder()
            .setOp("Identity")
            .clearAttr()
            .putAttr("T", Nodes.type(Attrs.type(node, "dtype")))
            .build();
      }
      case "Switch" -> rewriteSwitch(node);
      case "Merge" -> rewriteMerge(node);
      case "Identity" -> passOn(node, false);
      case "LogicalNot" -> passOn(node, true);
      default -> passOn(node);
    };
  }

  private NodeDef switchedOff(NodeDef placeholder) {
    boolean scalar = Attrs.dimension(placeholder, 0).isEmpty();
    if (Attrs.type(placeholder, "dtype") != DataType.DT_BOOL || !scalar) {
      return placeholder;
    }
    known.put(placeholder.getName(), false);
    return Nodes.constant(placeholder.getName(), FALSE);
  }

  private NodeDef passOn(NodeDef node, boolean turned) {
    if (node.getInputCount() > 0) {
      value(node.getInput(0)).ifPresent(value -> known.put(node.getName(), value ^ turned));
    }
    return passOn(node);
  }

  private NodeDef passOn(NodeDef node) {
    if (node.getInputList().stream().anyMatch(this::isDead)) {
      dead.add(node.getName());
    }
    return node;
  }

  private NodeDef rewriteSwitch(NodeDef node) {
    Optional<Boolean> predicate =
        node.getInputCount() > 1 ? value(node.getInput(1)) : Optional.empty();
    passOn(node);
    if (predicate.isEmpty()) {
      return node;
    }
    livePort.put(node.getName(), predicate.get() ? 1 : 0);
    value(node.getInput(0)).ifPresent(value -> known.put(node.getName(), value));
    List<String> inputs = new ArrayList<>(node.getInputList());
    inputs.remove(1);
    return node.toBuilder().setOp("Identity").clearInput().addAllInput(inputs).build();
  }

  private NodeDef rewriteMerge(NodeDef node) {
    List<String> live = node.getInputList().stream().filter(input -> !isDead(input)).toList();
    if (live.size() == node.getInputCount()) {
      return node;
    }
    if (live.isEmpty()) {
      dead.add(node.getName());
      return node;
    }
    if (live.stream().filter(input -> !input.startsWith("^")).count() != 1) {
      throw PupilException.badModel(
          index.where()
              + ": the ways into "
              + node.getName()
              + " cannot be told apart; export the graph for inference, without a training switch");
    }
    return node.toBuilder()
        .setOp("Identity")
        .clearInput()
        .addAllInput(live)
        .clearAttr()
        .putAttr("T", node.getAttrOrThrow("T"))
        .build();
  }

  private Optional<Boolean> value(String input) {
    TensorName tensor = TensorName.parse(input);
    Integer port = livePort.get(tensor.node());
    boolean reaches = port == null ? tensor.output() == 0 : tensor.output() == port;
    return reaches ? Optional.ofNullable(known.get(tensor.node())) : Optional.empty();
  }

  private boolean isDead(String input) {
    TensorName tensor = TensorName.parse(input);
    if (dead.contains(tensor.node())) {
      return true;
    }
    Integer port = livePort.get(tensor.node());
    return port != null && !tensor.isControl() && tensor.output() != port;
  }

  /** A switch that became an Identity has one output only: whoever read its port reads that. */
  private NodeDef withoutPorts(NodeDef node) {
    if (node.getInputList().stream()
        .noneMatch(input -> livePort.containsKey(TensorName.parse(input).node()))) {
      return node;
    }
    NodeDef.Builder changed = node.toBuilder().clearInput();
    for (String input : node.getInputList()) {
      TensorName tensor = TensorName.parse(input);
      boolean port = livePort.containsKey(tensor.node()) && !tensor.isControl();
      changed.addInput(port ? tensor.node() : input);
    }
    return changed.build();
  }
}

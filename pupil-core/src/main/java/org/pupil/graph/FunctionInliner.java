package org.pupil.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.FunctionDef;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NameAttrList;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.OpDef;

/**
 * Replaces the function calls of a TensorFlow 2 graph by the bodies of the functions.
 *
 * <p>A call {@code C} becomes the body's nodes with {@code C/} before their names, and one node
 * {@code C} that has the call's outputs, so that nobody who reads {@code C:1} notices. Inside a
 * body an output is written {@code node:name_of_output:index}; to count it through, the definition
 * of the node's op is needed: {@link OperationDefinitions}.
 *
 * <p>Functions that are passed to an op ({@code If}, {@code While}) stay functions.
 */
public final class FunctionInliner {
  private static final int DEEPEST = 64;
  private static final int MOST_NODES = 200_000;

  private final String where;
  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final OperationDefinitions operations;
  private final List<NodeDef> flat = new ArrayList<>();

  private FunctionInliner(GraphDef graph, String where, OperationDefinitions operations) {
    this.where = where;
    this.operations = operations;
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      functions.put(function.getSignature().getName(), function);
    }
  }

  /**
   * Inlines the calls that some nodes need, and drops all other nodes.
   *
   * @param index a graph, whose library holds the functions
   * @param roots nodes that are wanted; calls that they do not need are dropped
   * @param operations asked for what the functions call
   * @throws PupilException of kind BAD_MODEL when a call cannot be followed
   */
  public static GraphDef inline(
      GraphIndex index, Collection<String> roots, OperationDefinitions operations) {
    GraphDef needed = index.prunedTo(roots);
    FunctionInliner inliner = new FunctionInliner(needed, index.where(), operations);
    if (inliner.functions.isEmpty()) {
      return needed;
    }
    for (NodeDef node : needed.getNodeList()) {
      inliner.add(node, 0);
    }
    return needed.toBuilder().clearNode().addAllNode(inliner.flat).build();
  }

  /**
   * Inlines all calls.
   *
   * @param index a graph, whose library holds the functions
   * @param operations asked for what the functions call
   * @return the graph itself where it has no functions
   * @throws PupilException of kind BAD_MODEL when a call cannot be followed
   */
  public static GraphIndex inlineAll(GraphIndex index, OperationDefinitions operations) {
    if (index.graph().getLibrary().getFunctionCount() == 0) {
      return index;
    }
    List<String> all = index.graph().getNodeList().stream().map(NodeDef::getName).toList();
    return new GraphIndex(inline(index, all, operations), index.where());
  }

  private void add(NodeDef node, int depth) {
    if (flat.size() > MOST_NODES || depth > DEEPEST) {
      throw PupilException.badModel(where + ": the functions in it call each other without end");
    }
    Optional<NameAttrList> called = called(node);
    if (called.isPresent()) {
      addBody(node, called.get(), depth);
    } else {
      flat.add(node);
    }
  }

  private Optional<NameAttrList> called(NodeDef node) {
    if (functions.containsKey(node.getOp())) {
      return Optional.of(
          NameAttrList.newBuilder().setName(node.getOp()).putAllAttr(node.getAttrMap()).build());
    }
    boolean call =
        node.getOp().equals("PartitionedCall") || node.getOp().equals("StatefulPartitionedCall");
    return call && node.containsAttr("f")
        ? Optional.of(node.getAttrOrThrow("f").getFunc())
        : Optional.empty();
  }

  private void addBody(NodeDef call, NameAttrList target, int depth) {
    FunctionDef function = functions.get(target.getName());
    if (function == null) {
      throw broken(call, "calls the function " + target.getName() + ", which is missing");
    }
    Scope scope = new Scope(call, function, target.getAttrMap());
    for (NodeDef body : function.getNodeDefList()) {
      add(scope.outside(body), depth + 1);
    }
    flat.add(scope.results());
  }

  private PupilException broken(NodeDef node, String problem) {
    return PupilException.badModel(where + " is damaged: " + node.getName() + " " + problem);
  }

  /** One call: what the names inside the function mean outside. */
  private final class Scope {
    private final NodeDef call;
    private final FunctionDef function;
    private final Map<String, AttrValue> given;
    private final Map<String, String> arguments = new HashMap<>();
    private final Map<String, NodeDef> body = new HashMap<>();
    private final List<String> controls;

    Scope(NodeDef call, FunctionDef function, Map<String, AttrValue> given) {
      this.call = call;
      this.function = function;
      this.given = given;
      List<String> inputs =
          call.getInputList().stream().filter(input -> !input.startsWith("^")).toList();
      controls = call.getInputList().stream().filter(input -> input.startsWith("^")).toList();
      List<OpDef.ArgDef> wanted = function.getSignature().getInputArgList();
      if (inputs.size() != wanted.size()) {
        throw broken(call, "gives " + inputs.size() + " inputs and " + wanted.size() + " are due");
      }
      for (int i = 0; i < inputs.size(); i++) {
        arguments.put(wanted.get(i).getName(), inputs.get(i));
      }
      for (NodeDef node : function.getNodeDefList()) {
        body.put(node.getName(), node);
      }
    }

    NodeDef outside(NodeDef node) {
      NodeDef.Builder copy = node.toBuilder().setName(inside(node.getName())).clearInput();
      for (String input : node.getInputList()) {
        copy.addInput(tensor(input));
      }
      node.getAttrMap()
          .forEach(
              (name, value) -> {
                if (!value.getPlaceholder().isEmpty()) {
                  copy.putAttr(name, given.getOrDefault(value.getPlaceholder(), value));
                }
              });
      return copy.build();
    }

    NodeDef results() {
      List<DataType> types = new ArrayList<>();
      NodeDef.Builder result = NodeDef.newBuilder().setName(call.getName());
      for (OpDef.ArgDef output : function.getSignature().getOutputArgList()) {
        String inner = function.getRetMap().get(output.getName());
        if (inner == null) {
          throw broken(call, "has no result " + output.getName());
        }
        result.addInput(tensor(inner));
        types.add(type(output));
      }
      function.getControlRetMap().values().forEach(name -> result.addInput("^" + inside(name)));
      result.addAllInput(controls);
      return types.isEmpty()
          ? result.setOp("NoOp").build()
          : result.setOp("IdentityN").putAttr("T", Nodes.types(types)).build();
    }

    private DataType type(OpDef.ArgDef argument) {
      if (argument.getTypeAttr().isEmpty()) {
        return argument.getType();
      }
      return given.getOrDefault(argument.getTypeAttr(), AttrValue.getDefaultInstance()).getType();
    }

    private String inside(String name) {
      return call.getName() + "/" + name;
    }

    private String tensor(String reference) {
      if (reference.startsWith("^")) {
        return "^" + inside(reference.substring(1));
      }
      String[] parts = reference.split(":", -1);
      String argument = arguments.get(parts[0]);
      if (argument != null) {
        return argument;
      }
      NodeDef node = body.get(parts[0]);
      if (node == null || parts.length < 2) {
        throw broken(call, "reads " + reference + ", which is missing");
      }
      // Reads the index where there is one, and takes anything else for a name.
      TensorName within = TensorName.parse(parts[1] + (parts.length > 2 ? ":" + parts[2] : ""));
      if (!within.node().equals(parts[1])) {
        throw broken(call, "reads " + reference + ", which is missing");
      }
      int output = firstOutput(node, parts[1]) + within.output();
      return new TensorName(inside(node.getName()), output).toString();
    }

    /** How many outputs a node has before the ones that are called {@code name}. */
    private int firstOutput(NodeDef node, String name) {
      FunctionDef called = functions.get(node.getOp());
      OpDef op =
          called != null
              ? called.getSignature()
              : operations
                  .find(node.getOp())
                  .orElseThrow(
                      () ->
                          broken(
                              node,
                              "is a " + node.getOp() + ", which this TensorFlow does not know"));
      int outputs = 0;
      for (OpDef.ArgDef output : op.getOutputArgList()) {
        if (output.getName().equals(name)) {
          return outputs;
        }
        outputs += count(output, node, op);
      }
      throw broken(node, "has no output " + name);
    }

    private int count(OpDef.ArgDef output, NodeDef node, OpDef op) {
      if (!output.getNumberAttr().isEmpty()) {
        return (int) attr(output.getNumberAttr(), node, op).getI();
      }
      return output.getTypeListAttr().isEmpty()
          ? 1
          : attr(output.getTypeListAttr(), node, op).getList().getTypeCount();
    }

    private AttrValue attr(String name, NodeDef node, OpDef op) {
      AttrValue value = node.getAttrMap().get(name);
      return value != null
          ? value
          : op.getAttrList().stream()
              .filter(attr -> attr.getName().equals(name))
              .findFirst()
              .orElseThrow(() -> broken(node, "lacks " + name))
              .getDefaultValue();
    }
  }
}

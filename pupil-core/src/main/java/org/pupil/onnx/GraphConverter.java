package org.pupil.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.JavaMemory;
import org.pupil.errors.PupilException;
import org.pupil.graph.TensorName;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.OperatorSetIdProto;

/**
 * Converts a frozen TensorFlow graph to ONNX.
 *
 * <p>Only what lies between the input and the outputs is looked at. Every shape is known while the
 * graph is converted, so that what a graph computes of shapes is computed here and only once.
 * Images are [n,h,w,3] at the input, as in TensorFlow; inside they are [n,c,h,w], as ONNX's
 * convolutions take them. Batch normalisation and biases go into the convolutions before them, so
 * that results differ from TensorFlow's in the last digits.
 */
public final class GraphConverter {
  /** ONNX 1.12; ONNX Runtime and what else reads ONNX have known it since 2022. */
  private static final int OPERATOR_SET = 17;

  private static final int IR_VERSION = 8;

  private static final Map<String, Rule> RULES = Rule.all();

  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final TensorUses uses;
  private final Map<String, Value> values = new HashMap<>();
  private final OnnxGraph onnx;
  private final String input;

  private GraphConverter(GraphDef graph, String input, OnnxGraph onnx) {
    this.input = input;
    this.onnx = onnx;
    for (NodeDef node : graph.getNodeList()) {
      nodes.put(node.getName(), node);
    }
    this.uses = new TensorUses(nodes, input);
  }

  /**
   * Converts a graph.
   *
   * @param graph frozen: without variables
   * @param input the node that is fed, of whatever kind; it is the ONNX model's input of that name
   * @param inputShape the lengths of its axes, [n,height,width,3] for photos; a first length of -1
   *     leaves open how many images there are in a batch
   * @param outputs nodes whose first output is wanted; each is an output of that name
   * @throws ConversionException when a node cannot be converted: the message names the node and its
   *     operation
   * @throws PupilException (bad model) when the graph does not hang together, or an output is of
   *     whole numbers
   */
  public static ModelProto convert(
      GraphDef graph, String input, long[] inputShape, List<String> outputs) {
    return withinMemory(() -> converted(graph, input, inputShape, outputs));
  }

  /**
   * Does a conversion.
   *
   * @throws PupilException (bad model) if there is not enough memory for it
   */
  static <T> T withinMemory(Supplier<T> conversion) {
    try {
      return conversion.get();
    } catch (OutOfMemoryError e) {
      // The graph asked for too much; what else is in memory is as it was.
      throw PupilException.badModel("the graph" + JavaMemory.TOO_SMALL, e);
    }
  }

  private static ModelProto converted(
      GraphDef graph, String input, long[] inputShape, List<String> outputs) {
    checkOutputs(input, outputs);
    OnnxGraph onnx = new OnnxGraph();
    Shape shape = shape(input, inputShape);
    onnx.reserve(input);
    outputs.forEach(onnx::reserve);
    Map<String, Value> converted =
        new GraphConverter(graph, input, onnx).convert(Value.computed(input, shape), outputs);
    converted.forEach(GraphConverter::checkFloats);
    return model(onnx.build("pupil", List.of(OnnxGraph.floats(input, shape)), converted));
  }

  /** The model of a finished graph. */
  static ModelProto model(GraphProto graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("pupil")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .setGraph(graph)
        .build();
  }

  private static void checkOutputs(String input, List<String> outputs) {
    if (outputs.contains(input)) {
      throw PupilException.badModel(
          "the graph cannot be used: " + input + " is its input, not what it makes of it");
    }
  }

  private static void checkFloats(String output, Value value) {
    Literal literal = value.literal();
    if (literal != null && !literal.isFloat()) {
      throw PupilException.badModel(
          "the graph cannot be used: " + output + " is of type integer, not float");
    }
  }

  /**
   * Adds what leads to some nodes to an ONNX graph.
   *
   * @param image the tensor of that graph which takes the place of the node {@code input}
   * @return the first output of each node, by the node's name
   * @throws PupilException as {@link #convert}
   */
  static Map<String, Value> add(
      OnnxGraph onnx, GraphDef graph, String input, Value image, List<String> outputs) {
    return new GraphConverter(graph, input, onnx).convert(image, outputs);
  }

  /**
   * The shape of an output, in TensorFlow's order of axes, with -1 for the number of images if the
   * input leaves that open.
   *
   * @throws ConversionException as {@link #convert}, and if it is not a node's first output
   * @throws PupilException as {@link #convert}
   */
  public static long[] shapeOf(GraphDef graph, String input, long[] inputShape, TensorName output) {
    if (output.output() != 0) {
      throw new ConversionException(
          output + " cannot be converted to ONNX: it is not a node's first output");
    }
    return withinMemory(
        () -> {
          OnnxGraph onnx = new OnnxGraph();
          onnx.reserve(input);
          Value image = Value.computed(input, shape(input, inputShape));
          return add(onnx, graph, input, image, List.of(output.node()))
              .get(output.node())
              .shape()
              .lengths();
        });
  }

  private static Shape shape(String input, long[] lengths) {
    try {
      return new Shape(lengths);
    } catch (ConversionException e) {
      throw PupilException.badModel("the input " + input + " cannot be used: " + e.getMessage(), e);
    }
  }

  private Map<String, Value> convert(Value image, List<String> outputs) {
    values.put(input, image);
    outputs.forEach(uses::count);
    Map<String, Value> converted = new LinkedHashMap<>();
    for (String output : outputs) {
      converted.put(output, convertTo(output));
    }
    return converted;
  }

  private Value convertTo(String output) {
    Deque<String> open = new ArrayDeque<>(List.of(output));
    Set<String> begun = new HashSet<>();
    while (!open.isEmpty()) {
      String name = open.peek();
      if (values.containsKey(name)) {
        open.pop();
        continue;
      }
      NodeDef node = nodes.get(name);
      if (node == null) {
        throw PupilException.badModel("the graph has no node " + name);
      }
      List<String> missing = missing(node);
      if (missing.isEmpty()) {
        values.put(name, convert(node));
        open.pop();
      } else if (begun.add(name)) {
        missing.forEach(open::push);
      } else {
        throw PupilException.badModel("the graph goes in a circle at " + name);
      }
    }
    return values.get(output);
  }

  private List<String> missing(NodeDef node) {
    List<String> missing = new ArrayList<>();
    for (String source : inputs(node)) {
      String name = TensorName.parse(source).node();
      if (!values.containsKey(name)) {
        missing.add(name);
      }
    }
    return missing;
  }

  /** A default is a node's only input, and not one that its result depends on for ever. */
  private static List<String> inputs(NodeDef node) {
    return node.getInputList().stream().filter(name -> !name.startsWith("^")).toList();
  }

  private Value convert(NodeDef node) {
    onnx.nameAfter(node.getName());
    try {
      return switch (node.getOp()) {
        case "Const" ->
            Value.known(
                Literal.of(
                    node.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor()));
        case "NoOp" ->
            throw PupilException.badModel(
                "the graph cannot be used: " + node.getName() + " (NoOp) has no output");
        case "Placeholder" ->
            throw new ConversionException("it is a second input, and only " + input + " is fed");
        case "PlaceholderWithDefault" -> values(node).get(0);
        default -> convert(node, RULES.get(node.getOp()));
      };
    } catch (ConversionException e) {
      throw refusal(node, e.getMessage());
    } catch (ArithmeticException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw refusal(node, "its numbers cannot be");
    }
  }

  private Value convert(NodeDef node, @Nullable Rule rule) {
    if (rule == null) {
      throw new ConversionException("this operation is not among those that are converted");
    }
    List<Boolean> isSoleUser = inputs(node).stream().map(uses::isSole).toList();
    return rule.convert(new Rule.Node(new NodeAttributes(node), values(node), isSoleUser), onnx);
  }

  private List<Value> values(NodeDef node) {
    List<Value> found = new ArrayList<>();
    for (String source : inputs(node)) {
      TensorName name = TensorName.parse(source);
      if (name.output() != 0) {
        throw new ConversionException("it takes output " + name.output() + " of " + name.node());
      }
      found.add(values.get(name.node()));
    }
    return found;
  }

  private static ConversionException refusal(NodeDef node, String reason) {
    return new ConversionException(
        "%s (%s) cannot be converted to ONNX: %s".formatted(node.getName(), node.getOp(), reason));
  }
}

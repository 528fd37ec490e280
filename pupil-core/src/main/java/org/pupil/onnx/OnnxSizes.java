package org.pupil.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.JavaMemory;
import org.pupil.errors.PupilException;
import org.pupil.graph.NodeName;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.TensorProto.DataType;

/**
 * The sizes of all tensors of an ONNX graph, found out without running it: so a file that asks for
 * more memory than there is is refused before anything native sees it.
 */
final class OnnxSizes {
  /** The largest networks join some hundred tensors. Time is spent on each. */
  private static final int MOST_INPUTS = 10_000;

  private static final int LONGEST_REASON = 300;

  /** Numbers that are held at a time: two gigabytes of float32. */
  private static final long MOST_AT_A_TIME = 1L << 29;

  /**
   * Operations with an input that may be left out before one that is given. ONNX Runtime looks
   * whether it is there with these only; another would end the process.
   */
  private static final Set<String> MAY_LEAVE_OUT =
      Set.of("Clip", "Dropout", "Pad", "Resize", "Slice");

  private final GraphProto graph;
  private final String where;
  private final Map<String, SizedTensor> tensors = new HashMap<>();

  private OnnxSizes(GraphProto graph, String where) {
    this.graph = graph;
    this.where = where;
  }

  /**
   * Finds out the sizes.
   *
   * @param graph every node stands behind those that it takes something of
   * @param input the tensor that is fed, float32
   * @param where what to call the graph in messages
   * @throws PupilException (bad model) if a node cannot be, its sizes depend on what is on the
   *     photo, or it takes too much memory
   */
  static Map<String, SizedTensor> of(GraphProto graph, String input, Shape shape, String where) {
    OnnxSizes sizes = new OnnxSizes(graph, where);
    try {
      sizes.addAll(input, shape);
    } catch (OutOfMemoryError e) {
      // The file asked for too much; what else is in memory is as it was.
      throw PupilException.badModel(where + JavaMemory.TOO_SMALL, e);
    }
    sizes.checkMemory();
    return sizes.tensors;
  }

  private void addAll(String input, Shape shape) {
    tensors.put(input, SizedTensor.of(DataType.FLOAT, shape));
    for (TensorProto weights : graph.getInitializerList()) {
      add(weights);
    }
    graph.getNodeList().forEach(this::add);
  }

  private void add(TensorProto weights) {
    try {
      if (tensors.putIfAbsent(weights.getName(), OnnxTensors.sized(weights)) != null) {
        throw new ConversionException("there are two tensors of that name");
      }
    } catch (ConversionException e) {
      throw PupilException.badModel(
          where
              + ": its weights "
              + NodeName.printable(weights.getName())
              + ": "
              + shortened(e.getMessage()),
          e);
    }
  }

  private void add(NodeProto node) {
    try {
      if (node.getInputCount() > MOST_INPUTS) {
        throw new ConversionException(
            "it has %d inputs; %d are the most".formatted(node.getInputCount(), MOST_INPUTS));
      }
      List<SizedTensor> outputs =
          SizeRule.ALL.get(node.getOpType()).outputs(new SizedNode(node, inputs(node)));
      checkNotEmpty(outputs);
      for (int i = 0; i < node.getOutputCount(); i++) {
        String name = node.getOutput(i);
        if (!name.isEmpty()
            && i < outputs.size()
            && tensors.putIfAbsent(name, outputs.get(i)) != null) {
          throw new ConversionException("there are two tensors " + name);
        }
      }
    } catch (ConversionException e) {
      throw refused(node, e.getMessage(), e);
    } catch (ArithmeticException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw refused(node, "its numbers cannot be", e);
    }
  }

  /** A list may be empty. What computes images does not reckon with none. */
  private static void checkNotEmpty(List<SizedTensor> outputs) {
    for (SizedTensor output : outputs) {
      if (output.shape().rank() > 1 && output.shape().elements() == 0) {
        throw new ConversionException("its result " + output.shape() + " has no numbers");
      }
    }
  }

  private List<@Nullable SizedTensor> inputs(NodeProto node) {
    List<@Nullable SizedTensor> inputs = new ArrayList<>();
    for (String name : node.getInputList()) {
      SizedTensor input = name.isEmpty() ? null : tensors.get(name);
      if (input == null && !name.isEmpty()) {
        throw new ConversionException("it takes " + name + ", which nothing before it gives");
      }
      inputs.add(input);
    }
    int last = OnnxPruning.inputs(node);
    int left = inputs.subList(0, last).indexOf(null);
    if (left >= 0 && !MAY_LEAVE_OUT.contains(node.getOpType())) {
      throw new ConversionException("it lacks its input " + (left + 1));
    }
    return inputs.subList(0, last);
  }

  private PupilException refused(NodeProto node, @Nullable String reason, Throwable cause) {
    return PupilException.badModel(
        where + ": " + OnnxForm.named(node) + " cannot be run: " + shortened(reason), cause);
  }

  /** A list of numbers or a name may be as long as the file. */
  private static @Nullable String shortened(@Nullable String reason) {
    return reason == null || reason.length() <= LONGEST_REASON
        ? reason
        : reason.substring(0, LONGEST_REASON) + "...";
  }

  /** Adds up what is held at each node: what was made before it and is still needed. */
  private void checkMemory() {
    Map<String, Integer> lastUse = new HashMap<>();
    for (int at = 0; at < graph.getNodeCount(); at++) {
      for (String name : graph.getNode(at).getInputList()) {
        lastUse.put(name, at);
      }
    }
    long held = 0;
    for (int at = 0; at < graph.getNodeCount(); at++) {
      NodeProto node = graph.getNode(at);
      for (String name : node.getOutputList()) {
        held += elements(name);
      }
      if (held > MOST_AT_A_TIME) {
        throw PupilException.badModel(
            "%s: at %s it holds %d million numbers at a time; %d million are the most"
                .formatted(where, OnnxForm.named(node), held >> 20, MOST_AT_A_TIME >> 20));
      }
      int now = at;
      held -=
          node.getInputList().stream()
              .distinct()
              .filter(name -> lastUse.getOrDefault(name, -1) == now && isComputed(name))
              .mapToLong(this::elements)
              .sum();
    }
  }

  private final Map<String, Boolean> computed = new HashMap<>();

  private boolean isComputed(String name) {
    if (computed.isEmpty()) {
      graph.getNodeList().forEach(node -> node.getOutputList().forEach(o -> computed.put(o, true)));
    }
    return computed.containsKey(name);
  }

  private long elements(String name) {
    SizedTensor tensor = tensors.get(name);
    return tensor == null ? 0 : tensor.shape().elements();
  }
}

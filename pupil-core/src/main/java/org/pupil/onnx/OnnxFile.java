package org.pupil.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pupil.errors.JavaMemory;
import org.pupil.errors.PupilException;
import org.pupil.graph.GraphFiles;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.ValueInfoProto;

/**
 * An ONNX model out of a file that nobody vouches for, of which is known that it only computes: its
 * operations are those that {@link SizeRule} lists, and all of it is in the file. What it computes
 * is not looked at yet: {@link ImageNetwork} does that.
 */
public final class OnnxFile {
  private static final Set<String> PRODUCTS = Set.of("Gemm", "MatMul");

  /** Operations that give the numbers of their first input, perhaps in another shape. */
  private static final Set<String> SAME_NUMBERS =
      Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Cast");

  private final ModelProto model;
  private final String where;

  private OnnxFile(ModelProto model, String where) {
    this.model = model;
    this.where = where;
  }

  /**
   * Reads a file.
   *
   * @throws PupilException (bad input) if it is not there; (bad model) if it is no ONNX model, is
   *     cut off, or is none that Pupil runs: the message says why and what to do
   */
  public static OnnxFile read(Path file) {
    return parse(GraphFiles.read(file), file.toString());
  }

  /**
   * Reads the content of a file.
   *
   * @param where what to call it in messages
   * @throws PupilException (bad model) as {@link #read}
   */
  public static OnnxFile parse(byte[] content, String where) {
    try {
      return of(ModelProto.parseFrom(content), where);
    } catch (InvalidProtocolBufferException e) {
      throw PupilException.badModel(
          where + " is not an ONNX model, or only a part of one: copy it or export it anew", e);
    } catch (OutOfMemoryError e) {
      throw PupilException.badModel(where + JavaMemory.TOO_SMALL);
    }
  }

  /**
   * A model.
   *
   * @throws PupilException (bad model) as {@link #read}
   */
  public static OnnxFile of(ModelProto model, String where) {
    if (model.getGraph().getNodeCount() == 0) {
      throw PupilException.badModel(where + " is not an ONNX model: it has no nodes");
    }
    OnnxForm.check(model, where);
    return new OnnxFile(model, where);
  }

  /** What to call it in messages. */
  public String where() {
    return where;
  }

  /** The message that the file holds. */
  public ModelProto model() {
    return model;
  }

  /** What others wrote about the model, by its key. */
  public Map<String, String> metadata() {
    Map<String, String> all = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  /** Names of the inputs, without weights that the file declares as inputs too. */
  public List<String> inputs() {
    return declaredInputs().stream().map(ValueInfoProto::getName).toList();
  }

  private List<ValueInfoProto> declaredInputs() {
    Set<String> weights =
        model.getGraph().getInitializerList().stream()
            .map(TensorProto::getName)
            .collect(Collectors.toSet());
    return model.getGraph().getInputList().stream()
        .filter(input -> !weights.contains(input.getName()))
        .toList();
  }

  /**
   * What the file says of an input.
   *
   * @throws PupilException (bad model) if there is no such input, or it takes no images
   */
  public ImageInput input(String name) {
    ValueInfoProto declared =
        declaredInputs().stream()
            .filter(input -> input.getName().equals(name))
            .findFirst()
            .orElseThrow(() -> PupilException.badModel(where + " has no input " + name));
    try {
      return ImageInput.of(declared);
    } catch (ConversionException e) {
      throw PupilException.badModel(where + ": its input " + name + " " + e.getMessage(), e);
    }
  }

  /** Names of the outputs that the file declares. */
  public List<String> outputs() {
    return model.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
  }

  /** The tensor of a name, or the first that the node of that name gives. */
  public Optional<String> tensor(String name) {
    GraphProto graph = model.getGraph();
    Optional<String> computed =
        graph.getNodeList().stream()
            .flatMap(node -> node.getOutputList().stream())
            .filter(output -> output.equals(name))
            .findFirst();
    return computed.isPresent()
        ? computed
        : graph.getNodeList().stream()
            .filter(node -> node.getName().equals(name) && node.getOutputCount() > 0)
            .map(node -> node.getOutput(0))
            .findFirst();
  }

  /**
   * What goes into the last layer: the tensor that is multiplied in the last product with weights
   * on the way to an output. Of a classifier, these are its features.
   *
   * @return empty when there is no such product
   */
  public Optional<String> beforeLastProduct(String output) {
    Set<String> needed = new HashSet<>(Set.of(output));
    Map<String, Boolean> constant = constants();
    for (int at = model.getGraph().getNodeCount() - 1; at >= 0; at--) {
      NodeProto node = model.getGraph().getNode(at);
      if (node.getOutputList().stream().noneMatch(needed::contains)) {
        continue;
      }
      if (PRODUCTS.contains(node.getOpType())
          && node.getInputCount() > 1
          && constant.getOrDefault(node.getInput(1), false)) {
        return Optional.of(node.getInput(0));
      }
      needed.addAll(node.getInputList());
    }
    return Optional.empty();
  }

  /** Whether a tensor is what a softmax gives, in whatever shape. */
  public boolean isSoftmax(String tensor) {
    String wanted = tensor;
    for (int at = model.getGraph().getNodeCount() - 1; at >= 0; at--) {
      NodeProto node = model.getGraph().getNode(at);
      if (node.getOutputList().contains(wanted)) {
        if (!SAME_NUMBERS.contains(node.getOpType())) {
          return node.getOpType().equals("Softmax");
        }
        wanted = node.getInput(0);
      }
    }
    return false;
  }

  /** Which tensors do not depend on an input. */
  private Map<String, Boolean> constants() {
    Map<String, Boolean> constant = new HashMap<>();
    model.getGraph().getInitializerList().forEach(w -> constant.put(w.getName(), true));
    for (NodeProto node : model.getGraph().getNodeList()) {
      boolean all =
          node.getInputList().stream()
              .allMatch(name -> name.isEmpty() || constant.getOrDefault(name, false));
      node.getOutputList().forEach(name -> constant.put(name, all));
    }
    return constant;
  }
}

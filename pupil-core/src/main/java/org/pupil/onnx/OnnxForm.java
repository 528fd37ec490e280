package org.pupil.onnx;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.pupil.errors.PupilException;
import org.pupil.graph.NodeName;
import org.pupil.onnx.proto.AttributeProto;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.OperatorSetIdProto;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.TensorProto.DataType;

/**
 * Looks whether an ONNX model out of a file is of the kind that is run: of a known operator set, in
 * one file, computed in float32, and without anything that does more than compute a result from a
 * photo. How large what it computes is, {@link OnnxSizes} finds out.
 */
final class OnnxForm {
  /** Since this one inputs of different shapes are matched as everywhere else. */
  static final long OLDEST_OPERATOR_SET = 7;

  /** What ONNX Runtime 1.23 has. */
  static final long NEWEST_OPERATOR_SET = 23;

  private static final long NEWEST_IR_VERSION = 11;

  /** The largest networks for photos have some thousand. */
  private static final int MOST_NODES = 50_000;

  /** Exporters put together the names of all modules around a layer. */
  private static final int LONGEST_NAME_OF_TENSOR = 1000;

  private static final Set<DataType> COMPUTED_IN =
      EnumSet.of(DataType.FLOAT, DataType.DOUBLE, DataType.INT32, DataType.INT64, DataType.BOOL);

  private static final Set<String> BRANCHES = Set.of("If", "Loop", "Scan", "SequenceMap");

  private final ModelProto model;
  private final String where;

  private OnnxForm(ModelProto model, String where) {
    this.model = model;
    this.where = where;
  }

  /**
   * Checks a model.
   *
   * @param where what to call it in messages
   * @throws PupilException (bad model) if it is not of this kind; the message says what to do
   */
  static void check(ModelProto model, String where) {
    OnnxForm form = new OnnxForm(model, where);
    form.checkVersions();
    form.checkGraph(model.getGraph());
    for (TensorProto weights : model.getGraph().getInitializerList()) {
      form.checkTensor(weights);
    }
    model.getGraph().getNodeList().forEach(form::checkNode);
  }

  /**
   * Checks that numbers of a type are computed with.
   *
   * @throws ConversionException when they are not
   */
  static void checkType(DataType type) {
    if (!COMPUTED_IN.contains(type)) {
      throw new ConversionException("it computes with " + name(type) + ": " + wayOut(type));
    }
  }

  private static String name(DataType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static String wayOut(DataType type) {
    return switch (type) {
      case FLOAT16, BFLOAT16 -> "export the network in float32";
      case INT8, UINT8, INT4, UINT4 -> "give the network as it was before it was quantized";
      default -> "only float32, float64, int32, int64 and bool are known here";
    };
  }

  private PupilException refused(String reason) {
    return PupilException.badModel(where + " " + reason);
  }

  private void checkVersions() {
    List<OperatorSetIdProto> own =
        model.getOpsetImportList().stream().filter(set -> isOnnx(set.getDomain())).toList();
    if (own.isEmpty()) {
      throw refused(
          "names no operator set: it was cut off, or is no ONNX model; copy it or export it anew");
    }
    long version = own.get(0).getVersion();
    if (version < OLDEST_OPERATOR_SET || version > NEWEST_OPERATOR_SET || own.size() > 1) {
      throw refused(
          "is of ONNX operator set %d; supported are %d to %d: export it with opset_version=17"
              .formatted(version, OLDEST_OPERATOR_SET, NEWEST_OPERATOR_SET));
    }
    if (model.getIrVersion() > NEWEST_IR_VERSION) {
      throw refused(
          "is of ONNX IR version %d; supported is up to %d: export it with opset_version=17"
              .formatted(model.getIrVersion(), NEWEST_IR_VERSION));
    }
  }

  static boolean isOnnx(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  private void checkGraph(GraphProto graph) {
    if (graph.getNodeCount() > MOST_NODES) {
      throw refused(
          "has %d nodes; a network for photos has %d at most"
              .formatted(graph.getNodeCount(), MOST_NODES));
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw refused("has sparse weights: export it with dense ones");
    }
    Stream.concat(
            Stream.concat(graph.getInputList().stream(), graph.getOutputList().stream())
                .map(value -> value.getName()),
            graph.getNodeList().stream().flatMap(node -> node.getOutputList().stream()))
        .filter(OnnxForm::cannotBePrinted)
        .findFirst()
        .ifPresent(
            name -> {
              throw refused(
                  "has a tensor whose name cannot be printed: " + NodeName.printable(name));
            });
  }

  private static boolean cannotBePrinted(String name) {
    return name.length() > LONGEST_NAME_OF_TENSOR
        || name.codePoints().anyMatch(Character::isISOControl);
  }

  private void checkNode(NodeProto node) {
    if (BRANCHES.contains(node.getOpType())) {
      throw refused(node, "has branches or loops: export the network for inference, by tracing it");
    }
    if (!isOnnx(node.getDomain())) {
      throw refused(
          node,
          "is of the domain "
              + NodeName.printable(node.getDomain())
              + (isFunction(node) ? ", a function of the file itself" : "")
              + ": export the network with ONNX's own operations only, not optimized for one"
              + " runtime");
    }
    if (!SizeRule.ALL.containsKey(node.getOpType())) {
      throw refused(
          node,
          "is an operation that Pupil does not run: export the network for inference, without it");
    }
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG() || attribute.getGraphsCount() > 0) {
        throw refused(node, "has a graph inside: export the network for inference, by tracing it");
      }
      if (attribute.hasSparseTensor() || !attribute.getRefAttrName().isEmpty()) {
        throw refused(node, "has an attribute that Pupil does not know; export the network anew");
      }
      if (attribute.hasT()) {
        checkTensor(attribute.getT());
      }
    }
  }

  private boolean isFunction(NodeProto node) {
    return model.getFunctionsList().stream()
        .anyMatch(
            function ->
                function.getName().equals(node.getOpType())
                    && function.getDomain().equals(node.getDomain()));
  }

  private PupilException refused(NodeProto node, String reason) {
    return PupilException.badModel(where + ": " + named(node) + " " + reason);
  }

  private void checkTensor(TensorProto tensor) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
        || tensor.getExternalDataCount() > 0) {
      throw refused(
          "keeps its weights in another file: make it one file, in Python with"
              + " onnx.save(onnx.load(\"some.onnx\"), \"whole.onnx\")");
    }
    DataType type = DataType.forNumber(tensor.getDataType());
    if (type == null || !COMPUTED_IN.contains(type)) {
      DataType known = type == null ? DataType.UNDEFINED : type;
      throw refused(
          "has weights of type %s (%s): %s"
              .formatted(name(known), NodeName.printable(tensor.getName()), wayOut(known)));
    }
  }

  /** {@code node (Operation)}; a node without a name has that of its first output. */
  static String named(NodeProto node) {
    String name =
        node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName();
    return NodeName.withOperation(name, node.getOpType());
  }
}

package org.pupil.graph;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pupil.errors.PupilException;
import org.pupil.graph.Checkpoint.Entry;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.FunctionDefLibrary;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.MetaGraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.SavedModel;
import org.pupil.log.proto.SignatureDef;
import org.pupil.log.proto.TensorInfo;
import org.pupil.log.proto.TensorProto;

/**
 * Turns a SavedModel, of TensorFlow 1 (also a Hub module, whose graph has no tags) or of TensorFlow
 * 2, into a graph without variables and without function calls.
 */
public final class SavedModelFreezer {
  private static final List<String> SIGNATURES =
      List.of("image_feature_vector", "default", "serving_default");
  private static final List<String> FEATURE_OUTPUTS =
      List.of("default", "feature_vector", "features");
  private static final String RESOURCE_READ = "ReadVariableOp";

  private final Path folder;

  private final String where;
  private final Checkpoint.Opener checkpoints;
  private final OperationDefinitions operations;

  private SavedModelFreezer(
      Path folder, String where, Checkpoint.Opener checkpoints, OperationDefinitions operations) {
    this.folder = folder;
    this.where = where;
    this.checkpoints = checkpoints;
    this.operations = operations;
  }

  /**
   * A frozen graph and what its signature says of it.
   *
   * @param graph constants in place of variables, no function calls
   * @param input node that takes the images
   * @param outputs the signature's outputs: its name for each, and the tensor
   */
  public record Frozen(GraphDef graph, String input, Map<String, String> outputs) {
    public Frozen {
      outputs = new TreeMap<>(outputs);
    }

    /** The output that is the feature vector by its name, or by being the only one. */
    public Optional<String> features() {
      for (String name : FEATURE_OUTPUTS) {
        if (outputs.containsKey(name)) {
          return Optional.ofNullable(outputs.get(name));
        }
      }
      return outputs.size() == 1
          ? Optional.of(outputs.values().iterator().next())
          : Optional.empty();
    }
  }

  /** Whether a folder holds a SavedModel. */
  public static boolean isSavedModel(Path folder) {
    return Files.isRegularFile(folder.resolve("saved_model.pb"));
  }

  /**
   * Freezes a SavedModel.
   *
   * @param extraRoot a node of the graph that is wanted besides the signature's outputs
   * @param where what to call the model in a message
   * @param checkpoints opens the file with the variables' values, if there are variables
   * @param operations asked for what the functions call
   * @throws PupilException of kind BAD_MODEL when the folder is no SavedModel that maps images to
   *     features, or when it cannot be frozen
   */
  public static Frozen freeze(
      Path folder,
      Optional<String> extraRoot,
      String where,
      Checkpoint.Opener checkpoints,
      OperationDefinitions operations) {
    return new SavedModelFreezer(folder, where, checkpoints, operations).freeze(extraRoot);
  }

  private Frozen freeze(Optional<String> extraRoot) {
    MetaGraphDef meta = choose(GraphFiles.savedModel(folder.resolve("saved_model.pb")));
    SignatureDef signature = signature(meta).orElseThrow(this::noSignature);
    String input = imageInput(signature).orElseThrow(this::noSignature);
    GraphIndex index = new GraphIndex(meta.getGraphDef(), where);

    Map<String, String> outputs = new TreeMap<>();
    Set<String> roots = new TreeSet<>();
    signature
        .getOutputsMap()
        .forEach(
            (name, tensor) -> {
              outputs.put(name, tensor.getName());
              roots.add(TensorName.parse(tensor.getName()).node());
            });
    extraRoot.map(name -> TensorName.parse(name).node()).filter(index::has).ifPresent(roots::add);
    for (String root : roots) {
      if (!index.has(root)) {
        throw PupilException.badModel(where + " is damaged: its output " + root + " is missing");
      }
    }
    GraphDef flat = FunctionInliner.inline(index, roots, operations);
    GraphDef frozen = withoutVariables(flat, meta, index);
    return new Frozen(frozen, TensorName.parse(input).node(), outputs);
  }

  private PupilException noSignature() {
    return PupilException.badModel(
        where
            + " has no signature that takes images (one float input of [n,height,width,3]) and"
            + " gives features; export it with one");
  }

  /** The graph for serving: one with a signature, rather without tags, and not for training. */
  private MetaGraphDef choose(SavedModel model) {
    return model.getMetaGraphsList().stream()
        .filter(meta -> !meta.getMetaInfoDef().getTagsList().contains("train"))
        .filter(meta -> signature(meta).isPresent())
        .min(Comparator.comparingInt(meta -> meta.getMetaInfoDef().getTagsCount()))
        .orElseThrow(this::noSignature);
  }

  private static Optional<SignatureDef> signature(MetaGraphDef meta) {
    List<String> names = new ArrayList<>(SIGNATURES);
    names.addAll(new TreeSet<>(meta.getSignatureDefMap().keySet()));
    return names.stream()
        .filter(meta::containsSignatureDef)
        .map(meta::getSignatureDefOrThrow)
        .filter(signature -> imageInput(signature).isPresent())
        .filter(signature -> signature.getOutputsCount() > 0)
        .findFirst();
  }

  private static Optional<String> imageInput(SignatureDef signature) {
    return signature.getInputsCount() == 1
        ? signature.getInputsMap().values().stream()
            .filter(tensor -> tensor.getDtype() == DataType.DT_FLOAT && mayBeImages(tensor))
            .map(TensorInfo::getName)
            .findFirst()
        : Optional.empty();
  }

  private static boolean mayBeImages(TensorInfo tensor) {
    return tensor.getTensorShape().getUnknownRank() || tensor.getTensorShape().getDimCount() == 4;
  }

  private GraphDef withoutVariables(GraphDef flat, MetaGraphDef meta, GraphIndex whole) {
    List<NodeDef> variables =
        flat.getNodeList().stream().filter(SavedModelFreezer::isVariable).toList();
    Map<String, NodeDef> constants = constants(variables, meta, whole);
    GraphIndex index = new GraphIndex(flat, where);
    GraphDef.Builder frozen = flat.toBuilder().clearNode();
    for (NodeDef node : flat.getNodeList()) {
      NodeDef constant = constants.get(node.getName());
      frozen.addNode(constant != null ? constant : withoutHandle(node, index));
    }
    if (frozen.getNodeList().stream().noneMatch(SavedModelFreezer::passesFunctions)) {
      frozen.setLibrary(FunctionDefLibrary.getDefaultInstance());
    }
    return frozen.build();
  }

  private Map<String, NodeDef> constants(
      List<NodeDef> variables, MetaGraphDef meta, GraphIndex whole) {
    if (variables.isEmpty()) {
      return Map.of();
    }
    Checkpoint checkpoint = checkpoints.open(folder, where);
    Map<String, Entry> restored = RestoreMap.of(meta, whole, operations);
    boolean all = variables.stream().allMatch(variable -> restored.containsKey(variable.getName()));
    // Keras 3 restores wrappers of its variables; what the functions read has only its name.
    Map<String, String> named = all ? Map.of() : checkpoint.keysByName();
    List<Entry> entries = new ArrayList<>();
    for (NodeDef variable : variables) {
      Entry entry = restored.get(variable.getName());
      String key = named.get(sharedName(variable));
      if (entry == null && key == null) {
        throw PupilException.badModel(
            where + " is damaged: it has no value for the variable " + variable.getName());
      }
      entries.add(entry != null ? entry : new Entry(key, ""));
    }
    List<TensorProto> values =
        checkpoint.values(
            entries, variables.stream().map(node -> Attrs.type(node, "dtype")).toList());
    Map<String, NodeDef> constants = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String name = variables.get(i).getName();
      constants.put(name, Nodes.constant(name, values.get(i)));
    }
    return constants;
  }

  private static String sharedName(NodeDef variable) {
    return variable
        .getAttrOrDefault("shared_name", AttrValue.getDefaultInstance())
        .getS()
        .toStringUtf8();
  }

  private static boolean isVariable(NodeDef node) {
    return Set.of("VarHandleOp", "VariableV2", "Variable").contains(node.getOp());
  }

  /** A node that reads a variable passes the constant on; any other use of it is refused. */
  private NodeDef withoutHandle(NodeDef node, GraphIndex index) {
    if (node.getOp().equals(RESOURCE_READ)) {
      TensorName handle = index.origin(TensorName.parse(node.getInput(0)));
      NodeDef.Builder read =
          Nodes.identity(node.getName(), handle.toString(), Attrs.type(node, "dtype")).toBuilder();
      node.getInputList().stream().skip(1).forEach(read::addInput);
      return read.build();
    }
    for (String input : node.getInputList()) {
      TensorName tensor = TensorName.parse(input);
      NodeDef source = index.node(tensor.node()).orElseThrow();
      if (source.getOp().equals("VarHandleOp")
          && !tensor.isControl()
          && !GraphIndex.isIdentity(node)) {
        throw PupilException.badModel(
            folder
                + ": "
                + node.getName()
                + " ("
                + node.getOp()
                + ") does more with the variable "
                + source.getName()
                + " than read it; export the model for inference");
      }
    }
    return GraphIndex.isIdentity(node) ? withoutResources(node, index) : node;
  }

  /** A call's result that was a handle is the variable's value now. */
  private static NodeDef withoutResources(NodeDef node, GraphIndex index) {
    if (node.getOp().equals("Identity")) {
      return Attrs.type(node, "T") == DataType.DT_RESOURCE
          ? node.toBuilder().putAttr("T", Nodes.type(valueType(node.getInput(0), index))).build()
          : node;
    }
    List<DataType> types = new ArrayList<>(node.getAttrOrThrow("T").getList().getTypeList());
    for (int i = 0; i < types.size() && i < node.getInputCount(); i++) {
      if (types.get(i) == DataType.DT_RESOURCE) {
        types.set(i, valueType(node.getInput(i), index));
      }
    }
    return node.toBuilder().putAttr("T", Nodes.types(types)).build();
  }

  private static DataType valueType(String input, GraphIndex index) {
    TensorName handle = index.origin(TensorName.parse(input));
    return Attrs.type(index.node(handle.node()).orElseThrow(), "dtype");
  }

  private static boolean passesFunctions(NodeDef node) {
    return node.getAttrMap().values().stream()
        .anyMatch(value -> value.hasFunc() || value.getList().getFuncCount() > 0);
  }
}

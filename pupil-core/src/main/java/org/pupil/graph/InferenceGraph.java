package org.pupil.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.VersionDef;

/**
 * Makes of any frozen graph one that maps images to bottlenecks and nothing else.
 *
 * <ul>
 *   <li>The input node becomes a placeholder of [n,height,width,3]; what was above it is cut off.
 *   <li>Only what the wanted layers need is kept, and of that not the training part ({@link
 *       TrainingSwitches}).
 *   <li>{@code BatchNormWithGlobalNormalization}, which TensorFlow took back in graph version 9 and
 *       which the Inception of 2015 is full of, becomes the fused batch norm of today.
 *   <li>In a graph made for one image a reshape to [1,d] becomes one to [n,d].
 *   <li>Devices, colocation and recorded shapes go; they bind a graph to where it was trained.
 *   <li>So does the library of functions: calls are inlined by now, and no other use is allowed.
 * </ul>
 */
public final class InferenceGraph {
  private static final Set<String> BATCH_NORMS =
      Set.of("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3");
  private static final String OLD_BATCH_NORM = "BatchNormWithGlobalNormalization";
  private static final int OLD_BATCH_NORM_ENDS = 9;

  private InferenceGraph() {}

  /**
   * Makes the graph.
   *
   * @param index a frozen graph without function calls
   * @param images the placeholder [n,height,width,3] that takes the place of the node of its name
   * @param layers nodes that are wanted
   * @throws PupilException of kind BAD_MODEL when a layer needs more than the images
   */
  public static GraphIndex of(GraphIndex index, NodeDef images, Collection<String> layers) {
    String input = images.getName();
    boolean oneImage = isForOneImage(index, input);
    GraphIndex open = reindexed(withPlaceholder(index, images), index);
    GraphIndex pruned = reindexed(open.prunedTo(layers), index);
    GraphIndex untrained = reindexed(TrainingSwitches.off(pruned, input), index);
    for (String layer : layers) {
      if (!untrained.has(layer)) {
        throw PupilException.badModel(
            index.where() + ": " + layer + " is computed only in training; choose another layer");
      }
    }
    GraphIndex needed = reindexed(untrained.prunedTo(layers), index);
    checkInputs(needed, input, layers);
    return reindexed(modernised(needed, oneImage), index);
  }

  private static GraphIndex reindexed(GraphDef graph, GraphIndex origin) {
    return new GraphIndex(graph, origin.where());
  }

  private static boolean isForOneImage(GraphIndex index, String input) {
    NodeDef node = index.node(input).orElseThrow();
    if (!GraphIndex.isPlaceholder(node)) {
      return true;
    }
    OptionalLong batch = Attrs.dimension(node, 0);
    return batch.isPresent() && batch.getAsLong() == 1;
  }

  private static GraphDef withPlaceholder(GraphIndex index, NodeDef images) {
    GraphDef.Builder graph = index.graph().toBuilder().clearNode();
    for (NodeDef node : index.graph().getNodeList()) {
      graph.addNode(node.getName().equals(images.getName()) ? images : node);
    }
    return graph.build();
  }

  private static void checkInputs(GraphIndex graph, String input, Collection<String> layers) {
    if (!graph.has(input)) {
      throw PupilException.badModel(
          Message.of(
              graph.where()
                  + ": "
                  + String.join(", ", layers)
                  + " does not depend on the input "
                  + input
                  + "; choose another ",
              Setting.BOTTLENECK_LAYER,
              " or ",
              Setting.INPUT_LAYER));
    }
    for (NodeDef node : graph.graph().getNodeList()) {
      if (node.getOp().equals("Placeholder") && !node.getName().equals(input)) {
        throw PupilException.badModel(
            graph.where()
                + " needs a second input, "
                + node.getName()
                + "; a backbone takes images only: export the graph for inference");
      }
      if (BATCH_NORMS.contains(node.getOp()) && isTraining(node)) {
        throw PupilException.badModel(
            graph.where()
                + ": the batch norm "
                + node.getName()
                + " is in training mode, so that a photo's result would depend on its neighbours;"
                + " export the graph for inference");
      }
    }
  }

  private static boolean isTraining(NodeDef batchNorm) {
    AttrValue training = batchNorm.getAttrMap().get("is_training");
    // TensorFlow's default is true.
    return training == null || training.getB();
  }

  private static GraphDef modernised(GraphIndex index, boolean oneImage) {
    GraphDef.Builder graph = index.graph().toBuilder().clearNode().clearLibrary();
    Map<String, NodeDef> reshapes = oneImage ? reshapesOfOneImage(index) : Map.of();
    boolean old = false;
    for (NodeDef node : index.graph().getNodeList()) {
      NodeDef portable = portable(node);
      if (node.getOp().equals(OLD_BATCH_NORM)) {
        old = true;
        fusedBatchNorm(portable, index).forEach(graph::addNode);
      } else if (reshapes.containsKey(node.getName())) {
        NodeDef shape = reshapes.get(node.getName());
        graph.addNode(shape);
        graph.addNode(portable.toBuilder().setInput(1, shape.getName()));
      } else {
        graph.addNode(portable);
      }
    }
    if (old) {
      VersionDef versions = graph.getVersions();
      graph.setVersions(
          versions.toBuilder().setProducer(Math.max(versions.getProducer(), OLD_BATCH_NORM_ENDS)));
    }
    return graph.build();
  }

  private static NodeDef portable(NodeDef node) {
    NodeDef.Builder portable =
        node.toBuilder().clearDevice().removeAttr("_class").removeAttr("_output_shapes");
    // It only watches for NaN, and it keeps TensorFlow from fusing what stands around it.
    return node.getOp().equals("CheckNumerics")
        ? portable.setOp("Identity").removeAttr("message").build()
        : portable.build();
  }

  /**
   * The old op is {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta}, with inputs x,
   * mean, variance, beta, gamma, and without gamma when {@code scale_after_normalization} is false.
   */
  private static List<NodeDef> fusedBatchNorm(NodeDef old, GraphIndex index) {
    if (old.getInputCount() < 5
        || !old.containsAttr("scale_after_normalization")
        || !old.containsAttr("variance_epsilon")) {
      throw PupilException.badModel(
          index.where() + " is damaged: the batch norm " + old.getName() + " lacks its inputs");
    }
    List<NodeDef> nodes = new ArrayList<>();
    String scale = old.getInput(4);
    if (!old.getAttrOrThrow("scale_after_normalization").getB()) {
      NodeDef ones =
          NodeDef.newBuilder()
              .setName(freeName(index, old.getName() + "/no_scale"))
              .setOp("OnesLike")
              .addInput(old.getInput(3))
              .putAttr("T", Nodes.type(DataType.DT_FLOAT))
              .build();
      nodes.add(ones);
      scale = ones.getName();
    }
    NodeDef.Builder fused =
        NodeDef.newBuilder()
            .setName(old.getName())
            .setOp("FusedBatchNormV3")
            .addInput(old.getInput(0))
            .addInput(scale)
            .addInput(old.getInput(3))
            .addInput(old.getInput(1))
            .addInput(old.getInput(2))
            .putAttr("T", Nodes.type(DataType.DT_FLOAT))
            .putAttr("U", Nodes.type(DataType.DT_FLOAT))
            .putAttr("epsilon", old.getAttrOrThrow("variance_epsilon"))
            .putAttr("is_training", AttrValue.newBuilder().setB(false).build());
    old.getInputList().stream().skip(5).forEach(fused::addInput);
    nodes.add(fused.build());
    return nodes;
  }

  /** New shapes, by the name of the Reshape, for reshapes to [1, d...] where all d are fixed. */
  private static Map<String, NodeDef> reshapesOfOneImage(GraphIndex index) {
    Map<String, NodeDef> shapes = new HashMap<>();
    for (NodeDef node : index.graph().getNodeList()) {
      if (!node.getOp().equals("Reshape") || node.getInputCount() < 2) {
        continue;
      }
      NodeDef shape = index.node(TensorName.parse(node.getInput(1)).node()).orElseThrow();
      TensorProto value =
          shape.getAttrOrDefault("value", AttrValue.getDefaultInstance()).getTensor();
      List<Long> sizes = ShapeConst.read(value);
      if (sizes.size() > 1 && sizes.get(0) == 1 && !sizes.contains(-1L)) {
        String name = freeName(index, node.getName() + "/any_batch");
        TensorProto anyBatch = ShapeConst.withFirst(-1, sizes, value.getDtype());
        shapes.put(node.getName(), Nodes.constant(name, anyBatch));
      }
    }
    return shapes;
  }

  /** A name that no node has: the stem itself where that is free. */
  static String freeName(GraphIndex index, String stem) {
    String name = stem;
    for (int i = 1; index.has(name); i++) {
      name = stem + "_" + i;
    }
    return name;
  }
}

package org.pupil.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.WholeFile;
import org.pupil.training.FinalLayer;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** A trained classifier: backbone, final layer and description in one frozen graph. */
public final class Model {
  /** Constants longer than this are left out of a graph that is only looked at. */
  private static final int LARGEST_DRAWN_BYTES = 1024;

  private final GraphDef graph;
  private final ModelDescription description;

  private Model(GraphDef graph, ModelDescription description) {
    this.graph = graph;
    this.description = description;
  }

  /** Puts a final layer on a backbone. */
  public static Model of(Backbone backbone, FinalLayer finalLayer, ModelDescription description) {
    return new Model(ModelGraph.make(backbone, finalLayer, description), description);
  }

  /**
   * Checks, before long work, that a model can be written in the end.
   *
   * @throws PupilException (usage) if the output's name is impossible; (unavailable) if a place
   *     cannot be written or holds what Pupil did not make
   */
  public static void checkPlaces(
      String finalTensorName, Path graph, Path labels, Optional<Path> savedModelDir) {
    checkName(finalTensorName);
    WholeFile.checkWritable(Setting.OUTPUT_GRAPH, graph);
    WholeFile.checkWritable(Setting.OUTPUT_LABELS, labels);
    savedModelDir.ifPresent(SavedModelFolder::checkReplaceable);
  }

  /**
   * The part of {@link #checkPlaces} that needs no disk.
   *
   * @throws PupilException (usage) if the output's name is impossible
   */
  public static void checkName(String finalTensorName) {
    ModelGraph.checkFinalTensorName(finalTensorName);
  }

  /** The model as it is when it is read from the file that {@link #writeGraph} writes. */
  public ModelFile asRead() {
    return new ModelFile(Path.of("the model"), graph, Optional.of(description));
  }

  /** The name of the node that takes images. */
  public static String inputLayer() {
    return ModelGraph.INPUT_NODE;
  }

  /**
   * Writes the graph.
   *
   * @throws PupilException (unavailable) if it cannot be written; an old file is then as it was
   */
  public void writeGraph(Path file) {
    WholeFile.write(file, graph.toByteArray());
  }

  /**
   * Writes the labels, one on each line, in the order of the outputs.
   *
   * @throws PupilException (unavailable) if they cannot be written; an old file is then as it was
   */
  public void writeLabels(Path file) {
    WholeFile.write(file, String.join("\n", description.labels()) + "\n");
  }

  /**
   * Writes the model in the SavedModel format, with the signature {@code image} to {@code
   * prediction}.
   *
   * @throws PupilException (unavailable) if it cannot be written, or the folder holds what Pupil
   *     did not make
   */
  public void writeSavedModel(Path folder) {
    SavedModelFolder.checkReplaceable(folder);
    SavedModelFolder.write(folder, graph, description);
  }

  /**
   * The graph for looking at: without its large constants and without a library of functions, but
   * with the shape of what each node gives, where that is known.
   */
  public GraphDef drawing() {
    Map<String, long[]> shapes = GraphShapes.of(graph);
    GraphDef.Builder drawing = graph.toBuilder().clearNode().clearLibrary();
    for (NodeDef node : graph.getNodeList()) {
      NodeDef.Builder drawn = node.toBuilder();
      if (node.containsAttr("value")
          && node.getAttrOrThrow("value").getSerializedSize() > LARGEST_DRAWN_BYTES) {
        drawn.removeAttr("value");
      }
      long[] shape = shapes.get(node.getName());
      if (shape != null) {
        drawn.putAttr("_output_shapes", GraphShapes.attribute(shape));
      }
      drawing.addNode(drawn);
    }
    return drawing.build();
  }
}

package org.pupil.model;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.familiarity.CoreSet;
import org.pupil.familiarity.Familiarity;
import org.pupil.files.WholeFile;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.network.NetworkFormat;
import org.pupil.network.NetworkGraph;
import org.pupil.training.FinalLayer;

/**
 * A classifier at rest: one frozen graph, and what it says of itself. It is what training makes and
 * what a {@code .pb} or an {@code .onnx} file holds. A graph that Pupil did not make is read as
 * one, too; it has no description.
 */
public final class Model {
  /** What a model is called that comes from no file. */
  private static final Path NO_FILE = Path.of("the model");

  /** Constants longer than this are left out of a graph that is only looked at. */
  private static final int LARGEST_DRAWN_BYTES = 1024;

  private final Path path;
  private final ModelContent content;
  private final Optional<ModelDescription> description;
  private final Optional<Familiarity> familiarity;

  Model(
      Path path,
      ModelContent content,
      Optional<ModelDescription> description,
      Optional<Familiarity> familiarity) {
    this.path = path;
    this.content = content;
    this.description = description;
    this.familiarity = familiarity;
  }

  /**
   * Begins to load what reading a first model takes, in another thread. Not needed; a short program
   * that does it early, while it does something else, ends earlier.
   */
  public static void preload() {
    Thread loader = new Thread(ModelReader::readExample, "model-loader");
    loader.setDaemon(true);
    loader.start();
  }

  /** Puts a final layer on a backbone. */
  public static Model of(Backbone backbone, FinalLayer finalLayer, ModelDescription description) {
    return of(backbone, finalLayer, description, Optional.empty());
  }

  /**
   * Puts a final layer on a backbone.
   *
   * @param description of the model; what it says of its familiarity is replaced
   * @param familiarity what it knows of its training photos; empty if it does not know when not to
   *     trust its answers
   */
  public static Model of(
      Backbone backbone,
      FinalLayer finalLayer,
      ModelDescription description,
      Optional<Familiarity> familiarity) {
    NetworkGraph features = backbone.network(Backbone.Output.FEATURES);
    String layer = ModelGraph.BACKBONE_SCOPE + features.outputs().values().iterator().next();
    ModelDescription own = description.knowing(familiarity, layer, features.format());
    Optional<CoreSet> photos = familiarity.map(Familiarity::photos);
    ModelContent content =
        features instanceof NetworkGraph.OfOnnx onnx
            ? new ModelContent.OfOnnx(
                OnnxModelGraph.make(onnx, backbone.input(), finalLayer, own, photos))
            : new ModelContent.OfTensorFlow(
                ModelGraph.make(
                    (NetworkGraph.OfTensorFlow) features,
                    backbone.input(),
                    finalLayer,
                    own,
                    photos));
    return new Model(NO_FILE, content, Optional.of(own), familiarity);
  }

  /**
   * How many training photos' bottlenecks a model may keep: so many that it grows by a tenth at
   * most.
   *
   * @return 0 or more
   */
  public static int mostKeptPhotos(Backbone backbone, FinalLayer finalLayer) {
    return KeptPhotos.most(backbone, finalLayer);
  }

  /**
   * Reads a model.
   *
   * @throws PupilException (bad model) if there is no such file, it is no graph, or it is damaged.
   *     A graph of Pupil that was cut off is seen; another's only if the cut is within a node
   */
  public static Model read(Path path) {
    return ModelReader.read(path);
  }

  /**
   * Reads a model from a stream to its end, and leaves the stream open.
   *
   * @throws PupilException (bad model) as {@link #read(Path)}
   */
  public static Model read(InputStream in) {
    return ModelReader.read(in);
  }

  /** Its file, for messages; {@code the model} where it comes from no file. */
  public Path path() {
    return path;
  }

  /** What its file holds. */
  public ModelContent content() {
    return content;
  }

  /** What it says of itself; empty for a graph that Pupil did not make. */
  public Optional<ModelDescription> description() {
    return description;
  }

  /**
   * What it knows of the photos that it was trained on; empty for a graph that Pupil did not make,
   * and for a model that does not know, as those of older Pupils.
   */
  public Optional<Familiarity> familiarity() {
    return familiarity;
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

  /** The name of what takes images in a model that Pupil makes. */
  public static String inputLayer(NetworkFormat format) {
    return switch (format) {
      case TENSORFLOW -> ModelGraph.INPUT_NODE;
      case ONNX -> OnnxModelGraph.INPUT;
    };
  }

  /**
   * Writes the graph.
   *
   * @throws PupilException (unavailable) if it cannot be written; an old file is then as it was
   */
  public void writeGraph(Path file) {
    WholeFile.write(file, content.toByteArray());
  }

  /**
   * Writes the labels, one on each line, in the order of the outputs.
   *
   * @throws IllegalStateException if it has no description
   * @throws PupilException (unavailable) if they cannot be written; an old file is then as it was
   */
  public void writeLabels(Path file) {
    WholeFile.write(file, String.join("\n", own().labels()) + "\n");
  }

  /**
   * Writes the model in the SavedModel format, with the signature {@code image} to {@code
   * prediction}.
   *
   * @throws IllegalStateException if it has no description, or is an ONNX model
   * @throws PupilException (unavailable) if it cannot be written, or the folder holds what Pupil
   *     did not make
   */
  public void writeSavedModel(Path folder) {
    if (!(content instanceof ModelContent.OfTensorFlow tensorFlow)) {
      throw new IllegalStateException(path + " is no TensorFlow graph");
    }
    SavedModelFolder.checkReplaceable(folder);
    SavedModelFolder.write(folder, tensorFlow.graph(), own());
  }

  private ModelDescription own() {
    return description.orElseThrow(() -> new IllegalStateException(path + " has no description"));
  }

  /**
   * The final layer of a model that Pupil put on a TensorFlow backbone; empty for any other model.
   */
  public Optional<FinalLayer> finalLayer() {
    return description.isPresent() && content instanceof ModelContent.OfTensorFlow tensorFlow
        ? ModelGraph.finalLayer(tensorFlow.graph())
        : Optional.empty();
  }

  /**
   * The graph for looking at: without its large constants and without a library of functions, but
   * with the shape of what each node gives, where that is known.
   */
  public GraphDef drawing() {
    return content instanceof ModelContent.OfOnnx onnx
        ? OnnxDrawing.of(onnx.model())
        : drawing(((ModelContent.OfTensorFlow) content).graph());
  }

  private static GraphDef drawing(GraphDef graph) {
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

package org.pupil.labelling;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;
import org.pupil.model.ModelDescription;
import org.pupil.model.ModelFile;
import org.pupil.photos.Labels;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A graph that labels photos, and how to feed it.
 *
 * @param graph the frozen graph
 * @param inputLayer node that takes images
 * @param outputLayer node that gives probabilities [n, labels]
 * @param input size and scaling of the images
 * @param labels names of the outputs
 */
public record LabellingModel(
    GraphDef graph, String inputLayer, String outputLayer, InputSpec input, Labels labels) {

  /** Pixels in [0, 1], which is what graphs of Pupil and of the Hub script take. */
  private static final float UNIT_STD = 255;

  /**
   * What a person says about a graph; empty where the graph says it itself, or else the original
   * label_image's default holds.
   *
   * @param inputLayer {@code input}, or {@code Placeholder} or {@code Mul} where the graph has only
   *     that
   * @param outputLayer {@code final_result}
   * @param inputHeight the input layer's own, or 224
   * @param inputWidth the input layer's own, or 224
   * @param inputMean 128; 0 where the input layer is {@code Placeholder}
   * @param inputStd 128; 255 where the input layer is {@code Placeholder}
   */
  public record Overrides(
      Optional<String> inputLayer,
      Optional<String> outputLayer,
      OptionalInt inputHeight,
      OptionalInt inputWidth,
      Optional<Float> inputMean,
      Optional<Float> inputStd) {
    /** Nothing is said. */
    public static final Overrides NONE =
        new Overrides(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /**
   * A graph that was read, with what a person says about it.
   *
   * @param labels the labels file's names; empty to take the graph's own
   * @throws PupilException (bad model) if the graph has no such layer, or no labels are known;
   *     (usage) if the scaling is impossible
   */
  public static LabellingModel of(ModelFile file, Optional<Labels> labels, Overrides overrides) {
    Optional<ModelDescription> own = file.description();
    Labels names =
        labels
            .or(() -> own.map(description -> new Labels(description.labels())))
            .orElseThrow(
                () ->
                    PupilException.badModel(
                        file.path()
                            + " was not made by Pupil and carries no labels: give --labels"));
    NodeDef input =
        node(file, "--input_layer", inputLayer(file, overrides), GraphLayers.inputs(file.graph()));
    NodeDef output =
        node(
            file,
            "--output_layer",
            overrides
                .outputLayer()
                .or(() -> own.map(ModelDescription::outputLayer))
                .orElse("final_result"),
            GraphLayers.outputs(file.graph()));
    return new LabellingModel(
        file.graph(), input.getName(), output.getName(), inputSpec(input, overrides), names);
  }

  private static String inputLayer(ModelFile file, Overrides overrides) {
    return overrides
        .inputLayer()
        .or(() -> file.description().map(ModelDescription::inputLayer))
        .orElseGet(
            () ->
                List.of("input", "Placeholder", "Mul").stream()
                    .filter(name -> GraphLayers.find(file.graph(), name).isPresent())
                    .findFirst()
                    .orElse("input"));
  }

  private static NodeDef node(ModelFile file, String flag, String name, List<String> candidates) {
    return GraphLayers.find(file.graph(), name)
        .orElseThrow(
            () ->
                PupilException.badModel(
                    file.path()
                        + " has no node "
                        + name
                        + ": give "
                        + flag
                        + " one of its nodes"
                        + (candidates.isEmpty() ? "" : ", such as " + candidates)));
  }

  private static InputSpec inputSpec(NodeDef input, Overrides overrides) {
    boolean unit = input.getName().equals("Placeholder");
    int side = input.getName().equals("Mul") ? 299 : 224;
    float std = overrides.inputStd().orElse(unit ? UNIT_STD : 128f);
    float mean = overrides.inputMean().orElse(unit ? 0f : 128f);
    if (std == 0 || !Float.isFinite(std) || !Float.isFinite(mean)) {
      throw PupilException.usage(
          "--input_std must be finite and not 0, and --input_mean finite; they were "
              + std
              + " and "
              + mean);
    }
    return new InputSpec(
        overrides.inputHeight().orElse(ownLength(input, 1).orElse(side)),
        overrides.inputWidth().orElse(ownLength(input, 2).orElse(side)),
        mean,
        std);
  }

  private static OptionalInt ownLength(NodeDef input, int axis) {
    TensorShapeProto shape = input.getAttrOrDefault("shape", NO_SHAPE).getShape();
    if (shape.getDimCount() != 4 || shape.getDim(axis).getSize() < 1) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) Math.min(shape.getDim(axis).getSize(), Integer.MAX_VALUE));
  }

  private static final org.tensorflow.proto.AttrValue NO_SHAPE =
      org.tensorflow.proto.AttrValue.getDefaultInstance();
}

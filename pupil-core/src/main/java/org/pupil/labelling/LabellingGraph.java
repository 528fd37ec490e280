package org.pupil.labelling;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.pupil.dataset.Labels;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.graph.GraphCut;
import org.pupil.graph.KnownOperations;
import org.pupil.graph.NetworkGraph;
import org.pupil.graph.Nodes;
import org.pupil.images.Alpha;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;

/**
 * A graph that labels photos, and how to feed it.
 *
 * @param graph what leads from the input layer to the output layer
 * @param inputLayer node that takes images
 * @param outputLayer node that gives probabilities [n, labels]
 * @param input size and scaling of the images
 * @param alpha what becomes of transparent pixels
 * @param labels names of the outputs
 */
record LabellingGraph(
    GraphDef graph,
    String inputLayer,
    String outputLayer,
    InputSpec input,
    Alpha alpha,
    Labels labels) {

  /** What the output layer's values are called. */
  static final String PROBABILITIES = "probabilities";

  /** The input of graphs of the Hub script, which take pixels in [0, 1]. */
  private static final String UNIT_INPUT = "Placeholder";

  private static final float UNIT_MEAN = 0;
  private static final float UNIT_STD = 255;

  /** The input of the original's Inception. */
  private static final String INCEPTION_INPUT = "Mul";

  private static final int INCEPTION_SIDE = 299;

  private static final int USUAL_SIDE = 224;
  private static final float USUAL_MEAN = 128;
  private static final float USUAL_STD = 128;

  private static final int AXES = 4;
  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;

  /**
   * A graph that was read, with what a person says about it. What the output layer does not need is
   * left out.
   *
   * @throws PupilException (bad model) if the graph has no such layer, does not hang together or
   *     has operations that may do more than compute, no labels are known, or there are more or
   *     fewer than the model has itself; (usage) if size or scaling are impossible
   */
  static LabellingGraph of(Model file, Overrides overrides) {
    Labels names = labels(file, overrides.labels());
    NodeDef input =
        node(
            file,
            Setting.INPUT_LAYER,
            inputLayer(file, overrides),
            GraphLayers.inputs(file.graph()));
    NodeDef output =
        node(
            file,
            Setting.OUTPUT_LAYER,
            overrides
                .outputLayer()
                .or(() -> file.description().map(ModelDescription::outputLayer))
                .orElse("final_result"),
            GraphLayers.outputs(file.graph()));
    InputSpec spec = overrides.applyTo(ownInput(file, input));
    Alpha alpha =
        overrides
            .alpha()
            .or(() -> file.description().map(ModelDescription::alpha))
            .orElse(Alpha.DROP);
    GraphDef graph =
        GraphCut.between(
            file.graph(),
            Nodes.placeholder(input.getName(), 1, spec.height(), spec.width(), 3),
            output.getName(),
            file.path().toString(),
            KnownOperations::find);
    return new LabellingGraph(graph, input.getName(), output.getName(), spec, alpha, names);
  }

  /** The network from images to {@value #PROBABILITIES}. */
  NetworkGraph network() {
    return new NetworkGraph(graph, inputLayer, Map.of(PROBABILITIES, outputLayer));
  }

  private static Labels labels(Model file, Optional<Labels> given) {
    Optional<Labels> own = file.description().map(description -> new Labels(description.labels()));
    Labels labels =
        given
            .or(() -> own)
            .orElseThrow(
                () ->
                    PupilException.badModel(
                        Message.of(
                            file.path() + " was not made by Pupil and carries no labels: give ",
                            Setting.LABELS)));
    if (own.isPresent() && own.get().size() != labels.size()) {
      throw PupilException.badModel(
          Message.of(
              Setting.LABELS,
              ": there are %d labels, but %s has %d: leave "
                  .formatted(labels.size(), file.path(), own.get().size()),
              Setting.LABELS,
              " out to take its own"));
    }
    return labels;
  }

  private static String inputLayer(Model file, Overrides overrides) {
    return overrides
        .inputLayer()
        .or(() -> file.description().map(ModelDescription::inputLayer))
        .orElseGet(
            () ->
                Stream.of("input", UNIT_INPUT, INCEPTION_INPUT)
                    .filter(name -> GraphLayers.find(file.graph(), name).isPresent())
                    .findFirst()
                    .orElse("input"));
  }

  private static NodeDef node(Model file, Setting setting, String name, List<String> candidates) {
    return GraphLayers.find(file.graph(), name)
        .orElseThrow(
            () ->
                PupilException.badModel(
                    Message.of(
                        file.path() + " has no node " + name + ": give ",
                        setting,
                        " one of its nodes"
                            + (candidates.isEmpty()
                                ? ""
                                : ", such as " + String.join(", ", candidates)))));
  }

  /** The pixels that an input layer takes by all that is known of it. */
  private static InputSpec ownInput(Model file, NodeDef input) {
    Optional<InputSpec> own =
        file.description()
            .filter(description -> description.inputLayer().equals(input.getName()))
            .map(ModelDescription::input);
    return own.orElseGet(
        () -> {
          boolean unit = input.getName().equals(UNIT_INPUT);
          int side = input.getName().equals(INCEPTION_INPUT) ? INCEPTION_SIDE : USUAL_SIDE;
          return new InputSpec(
              length(file, input, HEIGHT).orElse(side),
              length(file, input, WIDTH).orElse(side),
              unit ? UNIT_MEAN : USUAL_MEAN,
              unit ? UNIT_STD : USUAL_STD);
        });
  }

  /** A length that the graph itself fixes. */
  private static OptionalInt length(Model file, NodeDef input, int axis) {
    TensorShapeProto shape =
        input.getAttrOrDefault("shape", AttrValue.getDefaultInstance()).getShape();
    if (shape.getDimCount() != AXES || shape.getDim(axis).getSize() < 1) {
      return OptionalInt.empty();
    }
    long length = shape.getDim(axis).getSize();
    if (length > InputSpec.LARGEST_SIDE) {
      throw PupilException.badModel(
          "%s: its input layer %s takes images with a side of %d pixels; the largest possible is %d"
              .formatted(file.path(), input.getName(), length, InputSpec.LARGEST_SIDE));
    }
    return OptionalInt.of((int) length);
  }
}

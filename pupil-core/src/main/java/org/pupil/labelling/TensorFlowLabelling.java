package org.pupil.labelling;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.graph.GraphCut;
import org.pupil.graph.KnownOperations;
import org.pupil.graph.Nodes;
import org.pupil.images.InputSpec;
import org.pupil.labelling.LabellingGraph.LabellingNetwork;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.network.NetworkGraph;

/** From a TensorFlow graph, and what a person says about it, to a network that labels photos. */
final class TensorFlowLabelling {
  /** The input of graphs of the Hub script, which take pixels in [0, 1]. */
  private static final String UNIT_INPUT = "Placeholder";

  private static final float UNIT_MEAN = 0;
  private static final float UNIT_STD = 255;

  /** The input of the original's Inception. */
  private static final String INCEPTION_INPUT = "Mul";

  private static final int INCEPTION_SIDE = 299;

  private static final int AXES = 4;
  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;

  private TensorFlowLabelling() {}

  static LabellingNetwork network(
      Model file, GraphDef graph, Overrides overrides, Optional<String> features) {
    NodeDef input =
        node(
            file,
            graph,
            Setting.INPUT_LAYER,
            inputLayer(file, graph, overrides),
            GraphLayers.inputs(graph));
    NodeDef output =
        node(
            file,
            graph,
            Setting.OUTPUT_LAYER,
            overrides
                .outputLayer()
                .or(() -> file.description().map(ModelDescription::outputLayer))
                .orElse("final_result"),
            GraphLayers.outputs(graph));
    InputSpec spec = overrides.applyTo(ownInput(file, input));
    GraphDef cut =
        GraphCut.between(
            graph,
            Nodes.placeholder(input.getName(), 1, spec.height(), spec.width(), 3),
            output.getName(),
            file.path().toString(),
            KnownOperations::find);
    features
        .filter(layer -> GraphLayers.find(cut, layer).isEmpty())
        .ifPresent(
            layer -> {
              throw LabellingGraph.withoutFeatures(file, layer);
            });
    Map<String, String> outputs = LabellingGraph.outputs(output.getName(), features);
    return new LabellingNetwork(new NetworkGraph.OfTensorFlow(cut, input.getName(), outputs), spec);
  }

  private static String inputLayer(Model file, GraphDef graph, Overrides overrides) {
    return overrides
        .inputLayer()
        .or(() -> file.description().map(ModelDescription::inputLayer))
        .orElseGet(
            () ->
                Stream.of("input", UNIT_INPUT, INCEPTION_INPUT)
                    .filter(name -> GraphLayers.find(graph, name).isPresent())
                    .findFirst()
                    .orElse("input"));
  }

  private static NodeDef node(
      Model file, GraphDef graph, Setting setting, String name, List<String> candidates) {
    return GraphLayers.find(graph, name)
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
          int side =
              input.getName().equals(INCEPTION_INPUT) ? INCEPTION_SIDE : Overrides.DEFAULT_SIDE;
          return new InputSpec(
              length(file, input, HEIGHT).orElse(side),
              length(file, input, WIDTH).orElse(side),
              unit ? UNIT_MEAN : Overrides.DEFAULT_MEAN,
              unit ? UNIT_STD : Overrides.DEFAULT_STD);
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

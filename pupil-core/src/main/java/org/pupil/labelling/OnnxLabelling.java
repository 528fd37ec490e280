package org.pupil.labelling;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.images.InputSpec;
import org.pupil.images.NotedScaling;
import org.pupil.images.PerChannel;
import org.pupil.labelling.LabellingGraph.LabellingNetwork;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.network.NetworkGraph;
import org.pupil.onnx.ImageInput;
import org.pupil.onnx.ImageNetwork;
import org.pupil.onnx.OnnxFile;
import org.pupil.onnx.proto.ModelProto;

/** From an ONNX model, and what a person says about it, to a network that labels photos. */
final class OnnxLabelling {
  private final Model model;
  private final OnnxFile file;
  private final Overrides overrides;
  private final Optional<String> features;

  private OnnxLabelling(
      Model model, OnnxFile file, Overrides overrides, Optional<String> features) {
    this.model = model;
    this.file = file;
    this.overrides = overrides;
    this.features = features;
  }

  static LabellingNetwork network(
      Model model, ModelProto content, Overrides overrides, Optional<String> features) {
    OnnxFile file = OnnxFile.of(content, model.path().toString());
    return new OnnxLabelling(model, file, overrides, features).network();
  }

  private LabellingNetwork network() {
    ImageInput input = file.input(inputLayer());
    InputSpec spec = overrides.applyTo(ownInput(input));
    input.checkSize(spec.height(), spec.width(), file.where());
    String output = outputLayer();
    features
        .filter(layer -> !file.tensor(layer).equals(features))
        .ifPresent(
            layer -> {
              throw LabellingGraph.withoutFeatures(model, layer);
            });
    Map<String, String> outputs = LabellingGraph.outputs(output, features);
    ImageNetwork network =
        ImageNetwork.of(file, input, spec.height(), spec.width(), outputs.values());
    Optional<long[]> shape = network.shape(output);
    if (shape.isEmpty() || shape.get().length < 2 || !network.isFloat(output)) {
      throw PupilException.badModel(
          Message.of(
              file.where() + ": " + output + " does not give a probability for each label: give ",
              Setting.OUTPUT_LAYER));
    }
    return new LabellingNetwork(new NetworkGraph.OfOnnx(network, outputs), spec);
  }

  private String inputLayer() {
    Optional<String> named =
        overrides
            .inputLayer()
            .or(() -> model.description().map(ModelDescription::inputLayer))
            .or(
                () ->
                    file.inputs().size() == 1
                        ? Optional.of(file.inputs().get(0))
                        : Optional.empty());
    return named
        .filter(file.inputs()::contains)
        .orElseThrow(() -> choose(Setting.INPUT_LAYER, "input", named, file.inputs()));
  }

  private String outputLayer() {
    Optional<String> named =
        overrides
            .outputLayer()
            .or(() -> model.description().map(ModelDescription::outputLayer))
            .or(
                () ->
                    file.outputs().size() == 1
                        ? Optional.of(file.outputs().get(0))
                        : Optional.empty());
    return named
        .flatMap(file::tensor)
        .orElseThrow(() -> choose(Setting.OUTPUT_LAYER, "output", named, file.outputs()));
  }

  private PupilException choose(
      Setting setting, String what, Optional<String> named, List<String> there) {
    if (there.isEmpty()) {
      return PupilException.badModel(
          file.where() + " declares no " + what + ": export the network anew");
    }
    return PupilException.badModel(
        Message.of(
            file.where()
                + named
                    .map(name -> " has no " + what + " " + name)
                    .orElse(" has several " + what + "s")
                + ": give ",
            setting,
            " one of them, such as "
                + String.join(", ", there.subList(0, Math.min(5, there.size())))));
  }

  /** The pixels that the input takes by all that is known of it. */
  private InputSpec ownInput(ImageInput input) {
    return model
        .description()
        .filter(description -> description.inputLayer().equals(input.name()))
        .map(ModelDescription::input)
        .orElseGet(() -> notedInput(input));
  }

  /** By what the file of others says; what a person says instead is not even read. */
  private InputSpec notedInput(ImageInput input) {
    NotedScaling noted = new NotedScaling(file.metadata(), file.where());
    return noted.spec(
        side(input, input.height()),
        side(input, input.width()),
        overrides.inputMean().or(noted::mean).orElse(PerChannel.of(Overrides.DEFAULT_MEAN)),
        overrides.inputStd().or(noted::std).orElse(PerChannel.of(Overrides.DEFAULT_STD)));
  }

  private int side(ImageInput input, OptionalInt own) {
    int side = own.orElse(Overrides.DEFAULT_SIDE);
    if (side > InputSpec.LARGEST_SIDE) {
      throw PupilException.badModel(
          "%s: its input %s takes images with a side of %d pixels; the largest possible is %d"
              .formatted(file.where(), input.name(), side, InputSpec.LARGEST_SIDE));
    }
    return side;
  }
}

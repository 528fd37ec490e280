package org.pupil.labelling;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pupil.dataset.Labels;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.images.Alpha;
import org.pupil.images.InputSpec;
import org.pupil.model.FamiliarityDescription;
import org.pupil.model.Model;
import org.pupil.model.ModelContent;
import org.pupil.model.ModelDescription;
import org.pupil.model.OnnxMetadata;
import org.pupil.network.NetworkGraph;

/**
 * A graph that labels photos, and how to feed it.
 *
 * @param network what leads from images to {@value #PROBABILITIES}, its first output
 * @param input size and scaling of the images
 * @param alpha what becomes of transparent pixels
 * @param labels names of the outputs
 * @param trust when answers are not to be trusted; the network then has the output {@value
 *     #FEATURES} too
 */
public record LabellingGraph(
    NetworkGraph network, InputSpec input, Alpha alpha, Labels labels, Optional<TrustRule> trust) {
  /** What the output layer's values are called. */
  public static final String PROBABILITIES = "probabilities";

  /** What the bottleneck's values are called. */
  public static final String FEATURES = "features";

  /**
   * A graph that was read, with what a person says about it. What the output layer does not need is
   * left out.
   *
   * @throws PupilException (bad model) if the graph has no such layer, does not hang together or
   *     has operations that may do more than compute, no labels are known, or there are more or
   *     fewer than the model has itself; (usage) if size or scaling are impossible
   */
  public static LabellingGraph of(Model file, Overrides overrides) {
    Labels names = labels(file, overrides.labels());
    Alpha alpha =
        overrides
            .alpha()
            .or(() -> file.description().map(ModelDescription::alpha))
            .orElse(Alpha.DROP);
    Optional<FamiliarityDescription> known =
        file.description().filter(overrides::keep).map(ModelDescription::familiarity);
    Optional<String> features = known.map(FamiliarityDescription::featuresLayer);
    LabellingNetwork found =
        file.content() instanceof ModelContent.OfOnnx onnx
            ? OnnxLabelling.network(file, onnx.model(), overrides, features)
            : TensorFlowLabelling.network(
                file, ((ModelContent.OfTensorFlow) file.content()).graph(), overrides, features);
    Optional<TrustRule> trust =
        known.map(own -> new TrustRule(file.familiarity().orElseThrow(), own.ambiguity()));
    return new LabellingGraph(found.network(), found.input(), alpha, names, trust);
  }

  /** The error for a model whose description speaks of what is not there. */
  static PupilException withoutFeatures(Model file, String layer) {
    return PupilException.badModel(
        "%s has a damaged description of itself (%s does not give its features): train it again"
            .formatted(file.path(), layer));
  }

  /** What the outputs are called, by the name that they are asked for. */
  static Map<String, String> outputs(String probabilities, Optional<String> features) {
    Map<String, String> outputs = new LinkedHashMap<>();
    outputs.put(PROBABILITIES, probabilities);
    features.ifPresent(layer -> outputs.put(FEATURES, layer));
    return outputs;
  }

  /**
   * A network, and the images that it takes.
   *
   * @param network with the output {@value #PROBABILITIES}, and then {@value #FEATURES} if that was
   *     asked for
   */
  record LabellingNetwork(NetworkGraph network, InputSpec input) {}

  /** What takes images. */
  public String inputLayer() {
    return network.input();
  }

  /** What gives probabilities [n, labels]. */
  public String outputLayer() {
    return network.outputs().values().iterator().next();
  }

  private static Labels labels(Model file, Optional<Labels> given) {
    Optional<Labels> own = file.description().map(description -> new Labels(description.labels()));
    Labels labels =
        given
            .or(() -> own)
            .or(() -> noted(file.content()))
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

  /** Those in the metadata of an ONNX model of others, such as one that was exported from them. */
  private static Optional<Labels> noted(ModelContent content) {
    return content instanceof ModelContent.OfOnnx onnx
        ? OnnxMetadata.labels(onnx.model())
        : Optional.empty();
  }
}

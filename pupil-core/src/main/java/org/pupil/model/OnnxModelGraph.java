package org.pupil.model;

import java.util.List;
import java.util.Optional;
import org.pupil.familiarity.CoreSet;
import org.pupil.images.InputSpec;
import org.pupil.network.NetworkGraph;
import org.pupil.onnx.ClassifierGraph;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.training.FinalLayer;

/**
 * Puts a final layer on a backbone that is an ONNX network: one ONNX model from images
 * [n,3,height,width] in [0, 1] to probabilities. The names of its tensors are those of a {@link
 * ModelGraph}, but for the input.
 */
final class OnnxModelGraph {
  /** What takes images. */
  static final String INPUT = "image";

  private OnnxModelGraph() {}

  /**
   * The model.
   *
   * @param features the backbone, with the bottleneck as its one output
   * @param input the pixels that the backbone takes
   * @param photos bottlenecks that the model keeps
   */
  static ModelProto make(
      NetworkGraph.OfOnnx features,
      InputSpec input,
      FinalLayer finalLayer,
      ModelDescription description,
      Optional<CoreSet> photos) {
    String bottleneck = features.outputs().values().iterator().next();
    ModelProto model =
        new ClassifierGraph(features.network(), ModelGraph.BACKBONE_SCOPE)
            .withInput(INPUT, ModelGraph.unitMean(input), ModelGraph.unitScale(input))
            .withFinalLayer(
                bottleneck,
                ModelGraph.FINAL_SCOPE,
                List.of(finalLayer.dimension(), finalLayer.labelCount()),
                finalLayer.weights(),
                finalLayer.biases(),
                description.outputLayer());
    return OnnxMetadata.describe(model, description, photos);
  }
}

package org.pupil.backbone;

import java.util.Map;
import java.util.Optional;
import org.pupil.network.NetworkFormat;
import org.pupil.network.NetworkGraph;
import org.pupil.onnx.ImageNetwork.Pooled;

/**
 * A backbone that is an ONNX network.
 *
 * @param endsInClasses whether its bottlenecks are probabilities of classes
 */
record OnnxBackbone(Pooled pooled, boolean endsInClasses) implements BackboneGraph {
  @Override
  public NetworkFormat format() {
    return NetworkFormat.ONNX;
  }

  @Override
  public String inputLayer() {
    return pooled.network().input().name();
  }

  @Override
  public String bottleneckLayer() {
    return pooled.tensor();
  }

  @Override
  public int bottleneckSize() {
    return pooled.size();
  }

  @Override
  public Optional<String> layer(Backbone.Output output) {
    return output == Backbone.Output.FEATURES ? Optional.of(bottleneckLayer()) : Optional.empty();
  }

  @Override
  public NetworkGraph network(Map<String, String> outputs) {
    return new NetworkGraph.OfOnnx(pooled.network(), outputs);
  }
}

package org.pupil.backbone;

import java.util.Map;
import java.util.Optional;
import org.pupil.network.NetworkFormat;
import org.pupil.network.NetworkGraph;

/** A backbone's network, in the format in which it came. */
interface BackboneGraph {
  /** How it is kept in a file. */
  NetworkFormat format();

  /** What takes images. */
  String inputLayer();

  /** What gives the bottleneck [n,d]. */
  String bottleneckLayer();

  /** The {@code d} of [n,d]. */
  int bottleneckSize();

  /** Whether its bottlenecks are probabilities of classes, and it has a layer before these. */
  default boolean endsInClasses() {
    return false;
  }

  /** What gives another output than the bottleneck, where there is such a layer. */
  Optional<String> layer(Backbone.Output output);

  /**
   * The network to some layers.
   *
   * @param outputs layers, by the names that they have as outputs
   */
  NetworkGraph network(Map<String, String> outputs);
}

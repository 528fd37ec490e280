package org.pupil.graph;

import java.util.List;
import java.util.Optional;

/**
 * What can be looked at in a network of convolutions: some of its maps, from early to late, and the
 * filters of its first layer.
 *
 * @param maps tensors of images, the first convolution's and then the last of each resolution;
 *     empty if the network has no convolutions that follow from the image
 * @param filters of the first convolution; empty if its weights are not in the graph, or it does
 *     not take red, green and blue
 * @param convolutions how many there are in all
 */
public record ConvolutionLayers(
    List<LayerMap> maps, Optional<ConvolutionFilters> filters, int convolutions) {
  public ConvolutionLayers {
    maps = List.copyOf(maps);
  }

  /**
   * A map in the network.
   *
   * @param tensor its name
   * @param convolution how many convolutions were computed up to it, itself included; at least 1
   */
  public record LayerMap(String tensor, int convolution) {}
}

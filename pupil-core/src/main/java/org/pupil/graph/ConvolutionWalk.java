package org.pupil.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.graph.ConvolutionLayers.LayerMap;

/**
 * Follows the image through a network, node by node in the order in which they run, and notes which
 * tensors are maps and how much coarser than the image each is. Knows no format of graphs.
 */
public final class ConvolutionWalk {
  /** A graph from a stranger may multiply strides without end. */
  private static final int COARSEST = 1 << 12;

  /**
   * A tensor that has the axes of an image.
   *
   * @param stride how many pixels of the image one of its positions stands for, in each direction
   * @param convolutions that lead to it; 0 for the image itself
   */
  private record Tracked(int stride, int convolutions) {}

  private final Map<String, Tracked> tensors = new HashMap<>();

  /** The last map of each stride, in the order in which the strides appeared. */
  private final Map<Integer, LayerMap> last = new LinkedHashMap<>();

  private @Nullable LayerMap first;
  private int convolutions;

  /**
   * @param image tensor that takes images
   */
  public ConvolutionWalk(String image) {
    tensors.put(image, new Tracked(1, 0));
  }

  /**
   * A convolution.
   *
   * @param stride how many positions of the input one of the output stands for
   * @return whether it is the first of the network
   */
  public boolean convolution(String input, String output, int stride) {
    Tracked from = tensors.get(input);
    if (from == null) {
      return false;
    }
    convolutions++;
    add(output, new Tracked(coarser(from, stride), convolutions));
    return convolutions == 1;
  }

  /** A pooling of small windows, which makes the map coarser. */
  public void pooling(String input, String output, int stride) {
    Tracked from = tensors.get(input);
    if (from != null) {
      add(output, new Tracked(coarser(from, stride), from.convolutions));
    }
  }

  /** What changes each number of a map, or joins several maps of one resolution. */
  public void elementwise(List<String> inputs, String output) {
    inputs.stream()
        .map(tensors::get)
        .filter(tracked -> tracked != null)
        .reduce((a, b) -> a.convolutions >= b.convolutions ? a : b)
        .ifPresent(tracked -> add(output, tracked));
  }

  /** Axes in another order: the image stays one, a map is lost. */
  public void transpose(String input, String output) {
    Tracked from = tensors.get(input);
    if (from != null && from.convolutions == 0) {
      tensors.put(output, from);
    }
  }

  private static int coarser(Tracked from, int stride) {
    return (int) Math.min(COARSEST, (long) from.stride * Math.max(1, stride));
  }

  private void add(String output, Tracked tracked) {
    tensors.put(output, tracked);
    if (tracked.convolutions > 0) {
      LayerMap map = new LayerMap(output, tracked.convolutions);
      last.put(tracked.stride, map);
      if (tracked.convolutions == 1 && convolutions == 1 && (first == null || isFine(tracked))) {
        first = map;
      }
    }
  }

  /** Whether it is not yet pooled after the first convolution. */
  private boolean isFine(Tracked tracked) {
    return last.keySet().iterator().next() == tracked.stride;
  }

  /** What was found. */
  public ConvolutionLayers layers(Optional<ConvolutionFilters> filters) {
    List<LayerMap> maps = new ArrayList<>();
    if (first != null) {
      maps.add(first);
    }
    last.values().stream().filter(map -> !maps.contains(map)).forEach(maps::add);
    return new ConvolutionLayers(maps, filters, convolutions);
  }
}

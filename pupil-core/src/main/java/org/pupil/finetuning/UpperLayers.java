package org.pupil.finetuning;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a backbone above a cut, as it can be trained: layers in the order in which they are
 * computed, and the mean over the places of the last map, which is the bottleneck.
 *
 * @param input what one photo gives at the cut
 * @param layers each takes maps of layers before it, or of the cut; at least one
 * @param names what the backbone calls the map that each layer gives
 */
record UpperLayers(MapShape input, List<Layer> layers, List<String> names) {
  /** The number by which a layer names the cut among its inputs. */
  static final int CUT = -1;

  UpperLayers {
    layers = List.copyOf(layers);
    names = List.copyOf(names);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("there are no layers above the cut");
    }
    if (names.size() != layers.size()) {
      throw new IllegalArgumentException("each layer has a name");
    }
  }

  /** What each layer gives for one photo. */
  List<MapShape> shapes() {
    List<MapShape> shapes = new ArrayList<>();
    for (Layer layer : layers) {
      shapes.add(layer.output(layer.inputs().stream().map(at -> shape(shapes, at)).toList()));
    }
    return shapes;
  }

  private MapShape shape(List<MapShape> shapes, int at) {
    return at == CUT ? input : shapes.get(at);
  }

  /** Floats of a bottleneck. */
  int dimension() {
    List<MapShape> shapes = shapes();
    return shapes.get(shapes.size() - 1).channels();
  }

  /** Everything that is trained, from the first layer on. */
  List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /** The layers whose map is all that the layers after them take: there it can be cut again. */
  List<Integer> cuts() {
    List<Integer> cuts = new ArrayList<>();
    int lowest = layers.size();
    for (int i = layers.size() - 1; i > 0; i--) {
      lowest = layers.get(i).inputs().stream().reduce(lowest, Math::min);
      if (lowest == i - 1) {
        cuts.add(0, i - 1);
      }
    }
    return cuts;
  }

  /**
   * What is above one of the {@link #cuts}. The parameters are shared.
   *
   * @param layer whose map is the new cut
   */
  UpperLayers above(int layer) {
    List<Layer> above =
        layers.subList(layer + 1, layers.size()).stream()
            .map(each -> each.renumbered(number -> number - layer - 1))
            .toList();
    return new UpperLayers(shapes().get(layer), above, names.subList(layer + 1, names.size()));
  }
}

package org.pupil.finetuning;

import java.util.List;
import org.pupil.backbone.Backbone;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.graph.GraphIndex;
import org.pupil.network.NetworkGraph;
import org.pupil.onnx.ConversionException;
import org.pupil.onnx.GraphConverter;
import org.pupil.onnx.proto.ModelProto;

/**
 * Where a backbone is cut, and what is above: the layers that are trained.
 *
 * @param cut the node whose map the layers take
 * @param layers from there to the bottleneck
 */
record TrainablePart(GraphIndex backbone, String cut, UpperLayers layers) {
  private static final int MOST_TIMES_THE_SMALLEST = 2;

  /**
   * The part that is trained at a depth. Each call gives layers of their own, which nobody else
   * changes.
   *
   * @throws PupilException (usage) if it cannot be cut there; (bad model) if it has layers whose
   *     gradient is not known
   */
  static TrainablePart of(Backbone backbone, FineTuningDepth depth) {
    return switch (depth.kind()) {
      case NONE -> throw new IllegalArgumentException("nothing is to be fine-tuned");
      case LAST -> of(backbone);
      case ALL -> all(backbone);
      case ABOVE -> of(backbone, depth.layer());
    };
  }

  /**
   * Cuts a backbone where it is cut unless a person says where: before its map is halved for the
   * last time. Of those maps it is the last that is small, since it is kept for every photo; in the
   * middle of a block there are several times as many numbers.
   *
   * @throws PupilException (usage) if it has layers that cannot be trained
   */
  static TrainablePart of(Backbone backbone) {
    UpperLayers all = whole(backbone);
    List<MapShape> shapes = all.shapes();
    int lastHeight = shapes.get(shapes.size() - 1).height();
    List<Integer> before =
        cuts(all).stream().filter(cut -> isBeforeHalving(shapes.get(cut), lastHeight)).toList();
    int smallest = before.stream().mapToInt(cut -> shapes.get(cut).floats()).min().orElse(0);
    int best =
        before.stream()
            .filter(cut -> shapes.get(cut).floats() <= MOST_TIMES_THE_SMALLEST * smallest)
            .reduce(-1, (one, later) -> later);
    if (best < 0) {
      throw PupilException.usage(
          Message.of(
              backbone.name() + " has no layer before its last halving of the map: give ",
              Setting.FINE_TUNE,
              " the name of a layer, all or none"));
    }
    return at(backbone, all, best);
  }

  /**
   * All of a backbone: the cut is what takes its pixels.
   *
   * @throws PupilException (usage) if it has layers that cannot be trained
   */
  static TrainablePart all(Backbone backbone) {
    return new TrainablePart(graph(backbone), backbone.inputLayer(), whole(backbone));
  }

  /** Whether a map is as high as the one that becomes the last when it is halved. */
  private static boolean isBeforeHalving(MapShape map, int lastHeight) {
    return map.height() > lastHeight && map.height() <= 2 * lastHeight;
  }

  /**
   * Cuts a backbone at a layer.
   *
   * @throws PupilException (usage) if it cannot be cut there: names where it can
   */
  static TrainablePart of(Backbone backbone, String layer) {
    UpperLayers all = whole(backbone);
    List<Integer> cuts = cuts(all);
    int at = all.names().indexOf(layer);
    if (!cuts.contains(at)) {
      throw PupilException.usage(
          Message.of(
              Setting.FINE_TUNE,
              " %s: %s cannot be cut there; it can at %s"
                  .formatted(
                      layer,
                      backbone.name(),
                      String.join(", ", cuts.stream().map(all.names()::get).toList()))));
    }
    return at(backbone, all, at);
  }

  /**
   * Where a layer's map has the same numbers under its name in the backbone's own graph: not where
   * a bias was put into a convolution, which is a node of its own there.
   */
  private static List<Integer> cuts(UpperLayers all) {
    return all.cuts().stream()
        .filter(
            at ->
                all.layers().get(at) instanceof Addition
                    || all.layers().get(at).activation() != Activation.NONE)
        .toList();
  }

  private static TrainablePart at(Backbone backbone, UpperLayers all, int cut) {
    return new TrainablePart(graph(backbone), all.names().get(cut), all.above(cut));
  }

  private static GraphIndex graph(Backbone backbone) {
    NetworkGraph.OfTensorFlow network = network(backbone);
    return new GraphIndex(network.graph(), backbone.name());
  }

  private static NetworkGraph.OfTensorFlow network(Backbone backbone) {
    NetworkGraph network = backbone.network(Backbone.Output.FEATURES);
    if (network instanceof NetworkGraph.OfTensorFlow frozen) {
      return frozen;
    }
    throw PupilException.usage(
        Message.of(
            backbone.name() + " is an .onnx file, which cannot be fine-tuned: give ",
            Setting.FINE_TUNE,
            " none"));
  }

  private static UpperLayers whole(Backbone backbone) {
    NetworkGraph.OfTensorFlow network = network(backbone);
    MapShape image = new MapShape(backbone.input().height(), backbone.input().width(), 3);
    try {
      ModelProto onnx =
          GraphConverter.convert(
              network.graph(),
              network.input(),
              new long[] {1, image.height(), image.width(), image.channels()},
              List.copyOf(network.outputs().values()));
      return LayerReader.read(onnx.getGraph(), network.input(), image);
    } catch (ConversionException | NotTrainableException e) {
      throw PupilException.badModel(
          Message.of(
              "%s cannot be fine-tuned: no gradient is known of %s; give "
                  .formatted(backbone.name(), e.getMessage()),
              Setting.FINE_TUNE,
              " none"),
          e);
    }
  }
}

package org.pupil.explain;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.graph.ConvolutionFilters;
import org.pupil.graph.ConvolutionLayers;
import org.pupil.graph.ConvolutionLayers.LayerMap;
import org.pupil.graph.GraphIndex;
import org.pupil.graph.GraphLayers;
import org.pupil.labelling.LabellingGraph;
import org.pupil.labelling.Overrides;
import org.pupil.model.Model;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;
import org.pupil.pictures.LayerPicture;

/**
 * A model that is open and shows what its layers make of photos. Owns native memory.
 *
 * <p>A convolution slides small filters over what the layer below it gives; each filter makes a
 * map, which is high where the filter fits. (Matthew D. Zeiler and Rob Fergus, Visualizing and
 * Understanding Convolutional Networks, ECCV 2014, show what filters at each depth respond to.)
 */
public final class LayerExplainer implements AutoCloseable {
  /** Layers that are shown at most. */
  private static final int MOST_LAYERS = 6;

  /** Filters that are shown at most. */
  private static final int MOST_FILTERS = 4 * LayerPicture.ACROSS / 2;

  private static final int AXES = 4;
  private static final int GREY = 128;

  private final LabellingGraph model;
  private final ConvolutionLayers layers;
  private final List<LayerMap> shown;
  private final boolean isOnnx;
  private final PhotoVariants variants;
  private final Network network;

  private LayerExplainer(
      LabellingGraph model, ConvolutionLayers layers, List<LayerMap> shown, Network network) {
    this.model = model;
    this.layers = layers;
    this.shown = shown;
    this.isOnnx = model.network() instanceof NetworkGraph.OfOnnx;
    this.variants = new PhotoVariants(model.input(), model.alpha());
    this.network = network;
  }

  /**
   * Loads a model.
   *
   * @param overrides what a person says about it, {@link Overrides#NONE} for one that Pupil made
   * @param engine runs the model
   * @throws PupilException (bad model) if no layer can be shown, since the network has no
   *     convolutions or hides them; otherwise as {@link org.pupil.labelling.Labeller#open}
   */
  public static LayerExplainer open(Model file, Overrides overrides, NetworkEngine engine) {
    LabellingGraph model = LabellingGraph.of(file, overrides);
    String where = file.path().toString();
    ConvolutionLayers layers = layers(model, where);
    List<LayerMap> shown = chosen(layers.maps());
    if (shown.isEmpty()) {
      throw PupilException.badModel(
          where + ": its layers cannot be shown: its network has no convolutions of the photo");
    }
    Map<String, String> outputs = new LinkedHashMap<>();
    shown.forEach(map -> outputs.put(map.tensor(), map.tensor()));
    NetworkGraph graph =
        model.network() instanceof NetworkGraph.OfOnnx onnx
            ? new NetworkGraph.OfOnnx(onnx.network(), outputs)
            : new NetworkGraph.OfTensorFlow(
                ((NetworkGraph.OfTensorFlow) model.network()).graph(), model.inputLayer(), outputs);
    Network network = engine.open(graph, model.input(), NetworkEngine.Purpose.FEW_PHOTOS);
    return new LayerExplainer(model, layers, shown, network);
  }

  private static ConvolutionLayers layers(LabellingGraph model, String where) {
    return model.network() instanceof NetworkGraph.OfTensorFlow graph
        ? GraphLayers.of(
            new GraphIndex(graph.graph(), where), model.inputLayer(), model.outputLayer())
        : ((NetworkGraph.OfOnnx) model.network()).network().layers();
  }

  /** Not more than the picture takes, spread from the first to the last. */
  private static List<LayerMap> chosen(List<LayerMap> maps) {
    if (maps.size() <= MOST_LAYERS) {
      return maps;
    }
    List<LayerMap> chosen = new ArrayList<>();
    for (int i = 0; i < MOST_LAYERS; i++) {
      chosen.add(maps.get(i * (maps.size() - 1) / (MOST_LAYERS - 1)));
    }
    return chosen;
  }

  /**
   * Shows what the layers make of a photo, and of the same photo changed.
   *
   * @param photo read once
   * @throws UndecodableImageException if it is no image
   * @throws IOException if it cannot be read
   * @throws PupilException (bad model) if the engine fails on the image; (unavailable) if this
   *     machine's Java cannot draw text
   */
  public LayerPictures explain(PhotoSource photo, Change change) throws IOException {
    PhotoVariants.Pair pair = variants.pair(photo.read(), change);
    int floats = model.input().floats();
    // One image at a time: the maps of large networks take many times the memory of the photo.
    Map<LayerMap, LayerMaps> own = run(Arrays.copyOf(pair.pixels(), floats));
    Map<LayerMap, LayerMaps> changed = run(Arrays.copyOfRange(pair.pixels(), floats, 2 * floats));
    List<LayerPictures.Layer> described = new ArrayList<>();
    List<LayerPicture.Row> rows = new ArrayList<>();
    List<LayerPicture.Row> changedRows = new ArrayList<>();
    own.forEach(
        (map, maps) -> {
          LayerPictures.Layer layer = described(map, maps, changed.get(map), described.size());
          int[] channels = maps.strongest(LayerPicture.ACROSS);
          described.add(layer);
          rows.add(row(layer, "", maps, maps, channels));
          changedRows.add(row(layer, alike(layer.similarity()), changed.get(map), maps, channels));
        });
    if (described.isEmpty()) {
      throw PupilException.badModel("the layers of this model give no maps");
    }
    LayerMaps last = List.copyOf(own.values()).get(own.size() - 1);
    LayerMaps changedLast = List.copyOf(changed.values()).get(own.size() - 1);
    BufferedImage picture = pair.picture();
    double aspect = (double) picture.getWidth() / picture.getHeight();
    String name = OneLine.of(fileName(photo.name()));
    return new LayerPictures(
        layers
            .filters()
            .filter(filters -> own.containsKey(shown.get(0))) // its maps may have but one row
            .map(filters -> filterPicture(filters, own.get(shown.get(0)))),
        LayerPicture.ofPhotos(
            List.of(picture),
            aspect,
            "\u2068%s\u2069 as the network sees it".formatted(name),
            "Below, each tile is what one filter of a layer gives: bright where it fits best.",
            rows),
        LayerPicture.ofPhotos(
            List.of(picture, pair.changed()),
            aspect,
            "\u2068%s\u2069, %s".formatted(name, change.description()),
            "The filters and the scale are those of the picture of the unchanged photo.",
            changedRows),
        change,
        described,
        last.similarityOfMeans(changedLast),
        layers.convolutions());
  }

  private Map<LayerMap, LayerMaps> run(float[] pixels) {
    NetworkResult result = network.run(pixels, 1);
    Map<LayerMap, LayerMaps> maps = new LinkedHashMap<>();
    for (LayerMap map : shown) {
      List<Integer> shape = result.shape(map.tensor());
      // What is pooled over the whole image is no map any more.
      if (shape.size() == AXES && shape.get(isOnnx ? 2 : 1) > 1) {
        maps.put(map, LayerMaps.of(shape, result.values(map.tensor()), isOnnx));
      }
    }
    return maps;
  }

  private LayerPictures.Layer described(
      LayerMap map, LayerMaps maps, LayerMaps changed, int index) {
    return new LayerPictures.Layer(
        map.convolution(),
        LayerDepth.of(map.convolution(), layers.convolutions(), index == 0).finds(),
        maps.height(),
        maps.width(),
        maps.count(),
        maps.similarity(changed));
  }

  private static String alike(double similarity) {
    return String.format(Locale.ROOT, ", %.3f alike", similarity);
  }

  private LayerPicture.Row row(
      LayerPictures.Layer layer, String more, LayerMaps maps, LayerMaps scale, int[] channels) {
    String caption =
        "Layer %d of %d (%s): %s%s"
            .formatted(layer.number(), layers.convolutions(), layer.finds(), layer.size(), more);
    List<BufferedImage> tiles =
        Arrays.stream(channels).mapToObj(channel -> tile(maps, channel, scale)).toList();
    return new LayerPicture.Row(caption, tiles);
  }

  /** A map, as bright as the other image's map of the channel would be. */
  private static BufferedImage tile(LayerMaps maps, int channel, LayerMaps scale) {
    return LayerPicture.map(
        maps.height(),
        maps.width(),
        maps.channel(channel),
        scale.least(channel),
        scale.most(channel));
  }

  /** Each filter, and beside it what it makes of the photo. */
  private static byte[] filterPicture(ConvolutionFilters filters, LayerMaps maps) {
    int[] channels = maps.strongest(Math.min(MOST_FILTERS, filters.count()));
    List<BufferedImage> tiles = new ArrayList<>();
    for (int channel : channels) {
      tiles.add(image(filters, channel));
      tiles.add(tile(maps, channel, maps));
    }
    return LayerPicture.ofTiles(
        "The filters of the first layer",
        "Left: a filter of %d x %d pixels (grey is 0). Right: where it fits on the photo."
            .formatted(filters.height(), filters.width()),
        List.of(
            new LayerPicture.Row(
                channels.length < filters.count()
                    ? "%d of %d filters".formatted(channels.length, filters.count())
                    : "%d filters".formatted(channels.length),
                tiles)));
  }

  /** Weights as a colour: grey for 0, and the strongest weight of the filter as far as it goes. */
  private static BufferedImage image(ConvolutionFilters filters, int filter) {
    float most = 0;
    for (int i = 0; i < filters.height() * filters.width() * ConvolutionFilters.CHANNELS; i++) {
      most = Math.max(most, Math.abs(weight(filters, i, filter)));
    }
    BufferedImage image =
        new BufferedImage(filters.width(), filters.height(), BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < filters.height() * filters.width(); pixel++) {
      int rgb = 0;
      for (int channel = 0; channel < ConvolutionFilters.CHANNELS; channel++) {
        float weight = weight(filters, pixel * ConvolutionFilters.CHANNELS + channel, filter);
        int level = most > 0 ? Math.round(GREY + weight / most * (GREY - 1)) : GREY;
        rgb = rgb << 8 | level;
      }
      image.setRGB(pixel % filters.width(), pixel / filters.width(), rgb);
    }
    return image;
  }

  private static float weight(ConvolutionFilters filters, int index, int filter) {
    int pixel = index / ConvolutionFilters.CHANNELS;
    return filters.weight(
        pixel / filters.width(),
        pixel % filters.width(),
        index % ConvolutionFilters.CHANNELS,
        filter);
  }

  private static String fileName(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return last.isEmpty() ? name : last;
  }

  @Override
  public void close() {
    network.close();
  }
}

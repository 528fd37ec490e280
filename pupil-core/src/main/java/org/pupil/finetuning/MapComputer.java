package org.pupil.finetuning;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.images.Alpha;
import org.pupil.images.ImageDecoder;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;
import org.pupil.network.PhotoPipeline;

/** Computes the maps at the cut that are not on the disk yet. */
final class MapComputer {
  /** The photo as it is, and its mirror image. */
  static final int VIEWS = 2;

  private static final String MAP = "map";
  private static final int CHANNELS = 3;

  private final Backbone backbone;
  private final TrainablePart part;
  private final Alpha alpha;
  private final MapFile maps;
  private final int threads;

  MapComputer(Backbone backbone, TrainablePart part, Alpha alpha, MapFile maps, int threads) {
    this.backbone = backbone;
    this.part = part;
    this.alpha = alpha;
    this.maps = maps;
    this.threads = threads;
  }

  /** A photo in a view, whose map is to be computed. */
  private record Missing(Photo photo, ContentHash content, int view) {}

  /** Hears how many maps are done. */
  interface Listener {
    void advanced(int done, int all);
  }

  /** How many maps of photos are not there yet. */
  int missing(Map<ContentHash, Photo> photos) {
    return missingOf(photos).size();
  }

  private List<Missing> missingOf(Map<ContentHash, Photo> photos) {
    return photos.entrySet().stream()
        .flatMap(
            entry ->
                IntStream.range(0, VIEWS)
                    .filter(view -> !maps.has(entry.getKey(), view))
                    .mapToObj(view -> new Missing(entry.getValue(), entry.getKey(), view)))
        .toList();
  }

  /**
   * Computes what is missing.
   *
   * @throws PupilException (bad input) if a photo cannot be read any more or is another one now;
   *     (unavailable) if the maps cannot be written
   */
  void compute(Map<ContentHash, Photo> photos, Listener listener) {
    List<Missing> missing = missingOf(photos);
    if (missing.isEmpty()) {
      return;
    }
    NetworkGraph graph =
        new NetworkGraph.OfTensorFlow(
            part.backbone().prunedTo(List.of(part.cut())),
            backbone.inputLayer(),
            Map.of(MAP, part.cut()));
    try (Network network = backbone.engine().open(graph, backbone.input(), Purpose.MANY_PHOTOS)) {
      ImageDecoder decoder = new ImageDecoder(backbone.input(), alpha);
      Work work = new Work(missing.size(), listener);
      new PhotoPipeline<Missing>(decoder, network, threads).run(missing, work, work);
    }
  }

  private final class Work
      implements PhotoPipeline.Reader<Missing>, PhotoPipeline.Visitor<Missing> {
    private final int all;
    private final Listener listener;
    private final AtomicInteger done = new AtomicInteger();

    Work(int all, Listener listener) {
      this.all = all;
      this.listener = listener;
    }

    @Override
    public byte[] read(Missing missing) throws IOException {
      byte[] content = missing.photo().source().read();
      if (!ContentHash.of(content).equals(missing.content())) {
        throw new IOException("it has changed since the training run began");
      }
      return content;
    }

    @Override
    public void decoded(Missing missing, float[] pixels, int offset) {
      if (missing.view() == 1) {
        mirror(pixels, offset, backbone.input().height(), backbone.input().width());
      }
    }

    @Override
    public void computed(List<Missing> batch, NetworkResult result) {
      float[] values = result.values(MAP);
      for (int i = 0; i < batch.size(); i++) {
        Missing missing = batch.get(i);
        maps.put(missing.content(), missing.view(), values, i * maps.shape().floats());
      }
      listener.advanced(done.addAndGet(batch.size()), all);
    }

    @Override
    public void failed(Missing missing, String reason) {
      throw PupilException.badInput(missing.photo().source().name() + ": " + reason);
    }
  }

  /** Swaps left and right of an image [height, width, 3]. */
  static void mirror(float[] pixels, int offset, int height, int width) {
    for (int y = 0; y < height; y++) {
      int row = offset + y * width * CHANNELS;
      for (int x = 0; x < width / 2; x++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          int left = row + x * CHANNELS + channel;
          int right = row + (width - 1 - x) * CHANNELS + channel;
          float value = pixels[left];
          pixels[left] = pixels[right];
          pixels[right] = value;
        }
      }
    }
  }
}

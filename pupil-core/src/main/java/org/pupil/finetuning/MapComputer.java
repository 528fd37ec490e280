package org.pupil.finetuning;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.Photo;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.errors.PupilException;
import org.pupil.images.ImageDecoder;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;
import org.pupil.network.OpeningNetwork;
import org.pupil.network.PhotoPipeline;

/** Computes maps at the cut: runs the layers below it. Owns native memory. */
final class MapComputer implements AutoCloseable {
  private static final String MAP = "map";

  private final Backbone backbone;
  private final TrainablePart part;
  private final ImageDecoder decoder;
  private final Views views;
  private final MapFile maps;
  private final int threads;
  private @Nullable OpeningNetwork network;

  /**
   * @param maps where they are kept
   */
  MapComputer(
      Backbone backbone,
      TrainablePart part,
      ImageDecoder decoder,
      Views views,
      MapFile maps,
      int threads) {
    this.backbone = backbone;
    this.part = part;
    this.decoder = decoder;
    this.views = views;
    this.maps = maps;
    this.threads = threads;
  }

  /** A photo in a view, whose map is to be computed. */
  record Missing(Photo photo, ContentHash content, int view) {}

  /**
   * Computes maps.
   *
   * @throws PupilException (bad input) if a photo cannot be read any more or is another one now;
   *     (unavailable) if the maps cannot be written
   */
  void compute(List<Missing> missing, PhotoMaps.Listener listener) {
    if (!missing.isEmpty()) {
      Work work = new Work(listener);
      new PhotoPipeline<>(decoder.spec(), work, network(), threads).run(missing, work, work);
    }
  }

  private OpeningNetwork network() {
    OpeningNetwork opened = network;
    if (opened == null) {
      NetworkGraph graph =
          new NetworkGraph.OfTensorFlow(
              part.backbone().prunedTo(List.of(part.cut())),
              backbone.inputLayer(),
              Map.of(MAP, part.cut()));
      opened =
          OpeningNetwork.begin(
              () -> backbone.engine().open(graph, backbone.input(), Purpose.MANY_PHOTOS));
      network = opened;
    }
    return opened;
  }

  private final class Work
      implements PhotoPipeline.Reader<Missing>,
          PhotoPipeline.Images<Missing>,
          PhotoPipeline.Visitor<Missing> {
    private final PhotoMaps.Listener listener;
    private int done;

    Work(PhotoMaps.Listener listener) {
      this.listener = listener;
    }

    @Override
    public byte[] read(Missing missing) throws IOException {
      byte[] content = missing.photo().source().read();
      if (!ContentHash.of(content).equals(missing.content())) {
        throw new IOException("it has changed since this training run began");
      }
      return content;
    }

    @Override
    public int count(Missing missing) {
      return 1;
    }

    @Override
    public void make(Missing missing, byte[] content, float[] pixels, int offset)
        throws UndecodableImageException {
      views.make(decoder, missing.content().first(), missing.view(), content, pixels, offset);
    }

    @Override
    public void computed(List<Missing> batch, NetworkResult result) {
      float[] values = result.values(MAP);
      for (int i = 0; i < batch.size(); i++) {
        Missing missing = batch.get(i);
        maps.put(missing.content(), missing.view(), values, i * maps.shape().floats());
      }
      advance(batch.size());
    }

    private synchronized void advance(int more) {
      done += more;
      listener.advanced(done);
    }

    @Override
    public void failed(Missing missing, String reason) {
      throw PupilException.badInput(
          missing.photo().source().name() + " cannot be read any more: " + reason);
    }
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }
}

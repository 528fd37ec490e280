package org.pupil.bottleneck;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupil.backbone.Backbone;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.images.Alpha;
import org.pupil.images.ImageDecoder;
import org.pupil.images.ThumbnailMaker;
import org.pupil.network.Network;
import org.pupil.network.NetworkResult;
import org.pupil.network.OpeningNetwork;
import org.pupil.network.PhotoPipeline;

/**
 * Gets the bottlenecks of photos: from the cache where they are there, else by decoder and
 * backbone, once. The engine is loaded only if something must be computed.
 *
 * <p>What is computed is in the cache a tenth of a second later, so a run that is stopped at any
 * moment goes on where it was.
 */
public final class BottleneckComputer {
  /**
   * A transaction of the cache costs as much as several small networks, so it saves what came in a
   * tenth of a second: that is what a kill may lose.
   */
  private static final long LONGEST_UNSAVED_MILLIS = 100;

  private static final int MOST_UNSAVED = 64;

  /** Hears how the computing goes. Calls come from one thread at a time. */
  public interface Listener {
    /**
     * Something must be computed.
     *
     * @param photos how many bottlenecks are wanted
     * @param cached how many of them are there already
     */
    void started(int photos, int cached);

    /** So many of the missing ones are done by now, failures included. */
    void advanced(int done);

    /** All are done. */
    void finished();
  }

  private final Backbone backbone;
  private final Alpha alpha;
  private final Precision precision;
  private final BottleneckCache cache;
  private final BottleneckKey key;
  private final int threads;
  private final Clock clock;

  /**
   * @param alpha what becomes of transparent pixels
   * @param threads how many photos are worked on at a time, at least 1: the number of cores
   * @param clock tells when a photo was read
   */
  public BottleneckComputer(
      Backbone backbone,
      Alpha alpha,
      Precision precision,
      BottleneckCache cache,
      int threads,
      Clock clock) {
    this.backbone = backbone;
    this.alpha = alpha;
    this.precision = precision;
    this.cache = cache;
    this.key = BottleneckKey.of(backbone, alpha, precision);
    this.threads = threads;
    this.clock = clock;
  }

  /**
   * Gets the bottlenecks of photos.
   *
   * @throws PupilException (unavailable) if the cache cannot be written, such as on a full disk;
   *     (bad model) if the backbone gives numbers that are not finite. What was computed before
   *     stays in the cache
   */
  public PhotoBottlenecks compute(List<Photo> photos, Listener listener) {
    FoundBottlenecks found = cache.find(key, photos);
    Bottlenecks bottlenecks =
        found
            .bottlenecks()
            .orElseGet(() -> Bottlenecks.zeros(photos.size(), backbone.bottleneckSize()));
    Run run = new Run(photos, found, bottlenecks, listener);
    List<Integer> missing =
        IntStream.range(0, photos.size()).filter(i -> !found.hasBottleneck(i)).boxed().toList();
    if (!missing.isEmpty()) {
      listener.started(photos.size(), found.foundCount());
      try (OpeningNetwork network = OpeningNetwork.begin(this::openNetwork)) {
        ImageDecoder decoder = new ImageDecoder(backbone.input(), alpha);
        try {
          new PhotoPipeline<Integer>(decoder, network, threads).run(missing, run, run);
        } catch (RuntimeException | Error e) {
          run.saveRestDespite(e);
          throw e;
        }
        run.saveRest();
      }
      listener.finished();
    }
    return run.result();
  }

  private Network openNetwork() {
    return backbone
        .engine()
        .open(backbone.network(Backbone.Output.FEATURES), backbone.input(), precision.purpose());
  }

  /** One call's work: a photo is its place in the list. */
  private final class Run implements PhotoPipeline.Reader<Integer>, PhotoPipeline.Visitor<Integer> {
    private final List<Photo> photos;
    private final Bottlenecks bottlenecks;
    private final Listener listener;
    private final boolean mayBeKnown = cache.knows(key);
    private final @Nullable ContentHash[] contents;
    private final long[] readAtMillis;
    private final @Nullable String[] failures;

    /** First their levels, then the coded ones, until they are in the cache. */
    private final byte[] @Nullable [] thumbnails;

    private final ThreadLocal<ThumbnailMaker> thumbnailMaker =
        ThreadLocal.withInitial(() -> new ThumbnailMaker(backbone.input()));
    private final AtomicInteger computed = new AtomicInteger();
    private final List<Integer> unsaved = new ArrayList<>();
    private long savedAtMillis = clock.millis();
    private int done;

    Run(List<Photo> photos, FoundBottlenecks found, Bottlenecks bottlenecks, Listener listener) {
      this.photos = photos;
      this.bottlenecks = bottlenecks;
      this.listener = listener;
      this.contents = new ContentHash[photos.size()];
      this.readAtMillis = new long[photos.size()];
      this.failures = new String[photos.size()];
      this.thumbnails = new byte[photos.size()][];
      for (int i = 0; i < contents.length; i++) {
        contents[i] = found.content(i).orElse(null);
      }
    }

    @Override
    public byte[] read(Integer i) throws IOException {
      readAtMillis[i] = clock.millis();
      return photos.get(i).source().read();
    }

    /** A photo that was only moved or renamed, or has a copy, is in the cache by its content. */
    @Override
    public boolean wants(Integer i, byte[] bytes) {
      ContentHash content = ContentHash.of(bytes);
      contents[i] = content;
      if (!mayBeKnown) {
        return true;
      }
      FoundBottlenecks found = cache.findContents(key, List.of(content));
      if (!found.hasBottleneck(0)) {
        return true;
      }
      bottlenecks.set(i, found.bottlenecks().orElseThrow().row(0), 0);
      cache.remember(List.of(content(i, content)));
      advance(1);
      return false;
    }

    @Override
    public void decoded(Integer i, float[] pixels, int offset) {
      thumbnails[i] = thumbnailMaker.get().shrink(pixels, offset);
    }

    @Override
    public void computed(List<Integer> batch, NetworkResult result) {
      float[] vectors = result.values(Backbone.Output.FEATURES.outputName());
      checkFinite(batch, vectors);
      List<byte[]> coded =
          thumbnailMaker.get().code(batch.stream().map(i -> thumbnails[i]).toList());
      for (int row = 0; row < batch.size(); row++) {
        bottlenecks.set(batch.get(row), vectors, row * backbone.bottleneckSize());
        thumbnails[batch.get(row)] = coded.get(row);
      }
      List<Integer> due = List.of();
      synchronized (unsaved) {
        unsaved.addAll(batch);
        if (unsaved.size() >= MOST_UNSAVED
            || clock.millis() - savedAtMillis >= LONGEST_UNSAVED_MILLIS) {
          due = takeUnsaved();
        }
      }
      save(due);
      computed.addAndGet(batch.size());
      advance(batch.size());
    }

    private void checkFinite(List<Integer> batch, float[] vectors) {
      for (int i = 0; i < vectors.length; i++) {
        FiniteBottlenecks.check(vectors[i], photos.get(batch.get(i / backbone.bottleneckSize())));
      }
    }

    private List<Integer> takeUnsaved() {
      List<Integer> taken = List.copyOf(unsaved);
      unsaved.clear();
      savedAtMillis = clock.millis();
      return taken;
    }

    private void save(List<Integer> due) {
      if (due.isEmpty()) {
        return;
      }
      int[] places = due.stream().mapToInt(Integer::intValue).toArray();
      cache.put(
          key,
          due.stream().map(i -> content(i, contents[i])).toList(),
          bottlenecks.only(places),
          due.stream().map(i -> thumbnails[i]).toList());
      due.forEach(i -> thumbnails[i] = null);
    }

    void saveRest() {
      List<Integer> due;
      synchronized (unsaved) {
        due = takeUnsaved();
      }
      save(due);
    }

    /** What was computed is of use next time. Why there is no more of it is what a person needs. */
    void saveRestDespite(Throwable first) {
      try {
        saveRest();
      } catch (RuntimeException e) {
        first.addSuppressed(e);
      }
    }

    private BottleneckCache.PhotoContent content(int i, ContentHash content) {
      return new BottleneckCache.PhotoContent(photos.get(i), content, readAtMillis[i]);
    }

    @Override
    public void failed(Integer i, String reason) {
      failures[i] = reason;
      advance(1);
    }

    private synchronized void advance(int more) {
      done += more;
      listener.advanced(done);
    }

    PhotoBottlenecks result() {
      List<PhotoBottlenecks.Failure> failed =
          IntStream.range(0, photos.size())
              .filter(i -> failures[i] != null)
              .mapToObj(i -> new PhotoBottlenecks.Failure(photos.get(i), failures[i]))
              .toList();
      return new PhotoBottlenecks(key, photos, bottlenecks, contents, failed, computed.get());
    }
  }
}

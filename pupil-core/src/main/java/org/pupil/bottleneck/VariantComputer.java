package org.pupil.bottleneck;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.backbone.Backbone;
import org.pupil.dataset.Photo;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.errors.PupilException;
import org.pupil.images.Alpha;
import org.pupil.images.Distortion;
import org.pupil.images.Distortions;
import org.pupil.images.ImageDecoder;
import org.pupil.network.Network;
import org.pupil.network.NetworkResult;
import org.pupil.network.OpeningNetwork;
import org.pupil.network.PhotoPipeline;

/**
 * Gets the bottlenecks of photos' distorted variants: from the cache where they are there, else by
 * decoder and backbone, once. A photo is decoded once for up to eight of them.
 *
 * <p>A variant is drawn from the seed, the photo's content and the variant's number. So photos that
 * are added change nothing for the others, and neither do more variants.
 */
public final class VariantComputer {
  /** Photos for each thread by which the time is estimated, after one each to warm up. */
  private static final int PROBED = 2;

  private final Backbone backbone;
  private final List<BottleneckKey> keys;
  private final Alpha alpha;
  private final Precision precision;
  private final BottleneckCache cache;
  private final Distortions distortions;
  private final long seed;
  private final int threads;
  private final Clock clock;

  /**
   * @param alpha what becomes of transparent pixels
   * @param distortions with one variant or more
   * @param seed decides what is drawn
   * @param threads how many photos are worked on at a time, at least 1: the number of cores
   * @param clock tells how long it takes
   */
  public VariantComputer(
      Backbone backbone,
      Alpha alpha,
      Precision precision,
      BottleneckCache cache,
      Distortions distortions,
      long seed,
      int threads,
      Clock clock) {
    if (!distortions.hasVariants()) {
      throw new IllegalArgumentException("there must be distortions and variants: " + distortions);
    }
    this.backbone = backbone;
    BottleneckKey plain = BottleneckKey.of(backbone, alpha, precision);
    this.keys =
        IntStream.range(0, distortions.variants())
            .mapToObj(variant -> plain.ofVariant(distortions.describe(seed, variant)))
            .toList();
    this.alpha = alpha;
    this.precision = precision;
    this.cache = cache;
    this.distortions = distortions;
    this.seed = seed;
    this.threads = threads;
    this.clock = clock;
  }

  /**
   * Gets the bottlenecks.
   *
   * @param photos at least one
   * @param contents what was in each of them when it was read
   * @return [n][v][d], v being the number of variants
   * @throws PupilException (unavailable) if the cache cannot be written, or the disk or the memory
   *     has not enough room; (bad model) if the backbone gives numbers that are not finite; (bad
   *     input) if a photo cannot be read any more, or has changed. What was computed before stays
   *     in the cache
   */
  public float[][][] compute(
      List<Photo> photos, List<ContentHash> contents, VariantListener listener) {
    Work work = new Work(photos, contents, listener);
    work.room().checkMemory(Runtime.getRuntime().maxMemory());
    work.find();
    if (!work.units.isEmpty()) {
      work.room().checkDisk(cache.usableBytes());
      try (OpeningNetwork network = OpeningNetwork.begin(this::openNetwork)) {
        work.run(network);
      }
      listener.finished();
    }
    return work.result();
  }

  private Network openNetwork() {
    return backbone
        .engine()
        .open(backbone.network(Backbone.Output.FEATURES), backbone.input(), precision.purpose());
  }

  /**
   * What is made of a photo in one go.
   *
   * @param photo its place in the list
   * @param variants which of its variants, as many as fit into one run of the network
   */
  private record Unit(int photo, List<Integer> variants) {}

  /** One call's work. */
  private final class Work implements PhotoPipeline.Images<Unit>, PhotoPipeline.Visitor<Unit> {
    final List<Unit> units = new ArrayList<>();
    private final List<Photo> photos;
    private final List<ContentHash> contents;
    private final VariantListener listener;
    private final Map<ContentHash, Integer> firstOf = new LinkedHashMap<>();
    private final float[][][] rows;
    private final ImageDecoder decoder = new ImageDecoder(backbone.input(), alpha);
    private final UnsavedVariants unsaved = new UnsavedVariants(cache, clock);
    private int missing;
    private int done;
    private boolean isToldOf;

    Work(List<Photo> photos, List<ContentHash> contents, VariantListener listener) {
      this.photos = photos;
      this.contents = contents;
      this.listener = listener;
      this.rows = new float[photos.size()][distortions.variants()][];
      for (int i = 0; i < photos.size(); i++) {
        firstOf.putIfAbsent(contents.get(i), i);
      }
    }

    /** Takes what is in the cache, and notes what is not. */
    void find() {
      List<ContentHash> sought = List.copyOf(firstOf.keySet());
      for (int variant = 0; variant < distortions.variants(); variant++) {
        FoundBottlenecks found = cache.findContents(keys.get(variant), sought);
        for (int i = 0; i < sought.size(); i++) {
          if (found.hasBottleneck(i)) {
            rows[place(sought.get(i))][variant] = found.bottlenecks().orElseThrow().row(i);
          }
        }
      }
      int most = PhotoPipeline.mostImages(backbone.input());
      for (int photo : firstOf.values()) {
        List<Integer> absent =
            IntStream.range(0, distortions.variants())
                .filter(variant -> rows[photo][variant] == null)
                .boxed()
                .toList();
        missing += absent.size();
        for (int from = 0; from < absent.size(); from += most) {
          units.add(new Unit(photo, absent.subList(from, Math.min(from + most, absent.size()))));
        }
      }
    }

    private int place(ContentHash content) {
      return Optional.ofNullable(firstOf.get(content)).orElseThrow();
    }

    VariantRoom room() {
      return new VariantRoom(
          firstOf.size(), distortions.variants(), missing, backbone.bottleneckSize());
    }

    /** A few photos first, to warm up, and a few more, to see how long one takes. */
    void run(OpeningNetwork network) {
      PhotoPipeline<Unit> pipeline = new PhotoPipeline<>(backbone.input(), this, network, threads);
      int warm = Math.min(units.size(), threads);
      int probed = Math.min(units.size(), warm + PROBED * threads);
      try {
        run(pipeline, units.subList(0, warm));
        long begin = clock.millis();
        run(pipeline, units.subList(warm, probed));
        tell(clock.millis() - begin, probed - warm, units.size() - probed);
        run(pipeline, units.subList(probed, units.size()));
      } catch (RuntimeException | Error e) {
        unsaved.saveDespite(e);
        throw e;
      }
      unsaved.save();
    }

    private void run(PhotoPipeline<Unit> pipeline, List<Unit> some) {
      if (!some.isEmpty()) {
        pipeline.run(some, this::read, this);
      }
    }

    private void tell(long millis, int probed, int left) {
      Optional<Duration> time =
          left == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis * left / probed));
      VariantListener.Cost cost =
          new VariantListener.Cost(
              firstOf.size(), distortions.variants(), missing, room().diskBytes(), time);
      synchronized (this) {
        isToldOf = true;
        listener.started(cost);
        listener.advanced(done);
      }
    }

    private byte[] read(Unit unit) throws IOException {
      return photos.get(unit.photo()).source().read();
    }

    @Override
    public int count(Unit unit) {
      return unit.variants().size();
    }

    /** What was split and labelled is the photo as it was. */
    @Override
    public boolean wants(Unit unit, byte[] content) {
      if (ContentHash.of(content).equals(contents.get(unit.photo()))) {
        return true;
      }
      throw gone(unit, "it has changed since this training run began");
    }

    @Override
    public void make(Unit unit, byte[] content, float[] pixels, int offset)
        throws UndecodableImageException {
      long photo = contents.get(unit.photo()).first();
      List<Distortion> drawn =
          unit.variants().stream()
              .map(variant -> distortions.variant(backbone.input(), seed, photo, variant))
              .toList();
      decoder.decode(content, distortions, drawn, pixels, offset);
    }

    /** It could be read a moment ago. */
    @Override
    public void failed(Unit unit, String reason) {
      throw gone(unit, reason);
    }

    private PupilException gone(Unit unit, String reason) {
      return PupilException.badInput(
          photos.get(unit.photo()).source().name() + " cannot be read any more: " + reason);
    }

    @Override
    public void computed(List<Unit> batch, NetworkResult result) {
      float[] vectors = result.values(Backbone.Output.FEATURES.outputName());
      int d = backbone.bottleneckSize();
      List<UnsavedVariants.Row> finished = new ArrayList<>();
      int row = 0;
      for (Unit unit : batch.stream().distinct().toList()) {
        for (int variant : unit.variants()) {
          float[] values = new float[d];
          System.arraycopy(vectors, row * d, values, 0, d);
          FiniteBottlenecks.check(values, photos.get(unit.photo()));
          rows[unit.photo()][variant] = values;
          finished.add(
              new UnsavedVariants.Row(keys.get(variant), contents.get(unit.photo()), values));
          row++;
        }
      }
      unsaved.add(finished);
      advance(batch.size());
    }

    private synchronized void advance(int more) {
      done += more;
      if (isToldOf) {
        listener.advanced(done);
      } else {
        listener.probed();
      }
    }

    /** Copies of a photo have the same variants. */
    float[][][] result() {
      for (int i = 0; i < rows.length; i++) {
        rows[i] = rows[place(contents.get(i))];
      }
      return rows;
    }
  }
}

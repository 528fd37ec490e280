package org.pupil.finetuning;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuning.LabelledPhoto;
import org.pupil.finetuning.FineTuning.Surroundings;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;

/**
 * What the layers below some cuts give of the same photos, for many fine-tunings of parts of these
 * photos: it is computed once for all of them. First all kinds of fine-tuning are {@link #add
 * added}, then there is {@link #makeRoom room made}, then the maps are {@link #compute computed}.
 */
public final class SharedMaps implements AutoCloseable {
  /** Maps that are computed between two looks at the clock. */
  private static final int AT_A_TIME = 256;

  private final Path folder;
  private final Alpha alpha;
  private final long seed;
  private final int threads;
  private final List<LabelledPhoto> photos;
  private final Map<Path, OfCut> cuts = new LinkedHashMap<>();

  /** The maps of one cut, and how many views of each photo there are to be. */
  private static final class OfCut {
    final CutMaps maps;
    final RepeatedFineTuning any;
    int views;

    OfCut(CutMaps maps, RepeatedFineTuning any, int views) {
      this.maps = maps;
      this.any = any;
      this.views = views;
    }
  }

  /**
   * What it will take to compute all maps, and what to train with them.
   *
   * @param photos of which there are maps
   * @param cuts kinds of maps of each photo
   * @param maps to compute
   * @param bytes on the disk that these take
   * @param time about how long it takes to compute them
   * @param epoch about how long a thread takes to learn from all photos once, at most
   */
  public record Cost(int photos, int cuts, int maps, long bytes, Duration time, Duration epoch) {}

  /** Hears how the maps are computed, in one thread at a time. */
  public interface Listener {
    /** So many of all maps are done. */
    void advanced(int done, int all);
  }

  /**
   * Maps of some photos, none of which is there yet.
   *
   * @param folder where they are kept
   * @param alpha what becomes of transparent pixels
   * @param seed decides how photos are distorted
   * @param threads how many cores to keep busy, at least 1
   * @param photos at least one
   */
  public SharedMaps(Path folder, Alpha alpha, long seed, int threads, List<LabelledPhoto> photos) {
    this.folder = folder;
    this.alpha = alpha;
    this.seed = seed;
    this.threads = threads;
    this.photos = List.copyOf(photos);
  }

  /**
   * Adds the maps that a kind of fine-tuning needs.
   *
   * @param depth neither none nor all, which needs no maps
   * @param distortions of which training photos are seen too
   * @throws PupilException (usage) if the backbone cannot be cut there; (bad model) if it has
   *     layers whose gradient is not known; (unavailable) if another process uses the maps
   */
  public RepeatedFineTuning add(Backbone backbone, FineTuningDepth depth, Distortions distortions) {
    Surroundings around = new Surroundings(folder, alpha, distortions, threads);
    TrainablePart part = TrainablePart.of(backbone, depth);
    Views views = Views.kept(distortions, seed);
    OfCut known = cuts.get(CutMaps.file(around, backbone, part, views));
    if (known == null) {
      CutMaps maps = CutMaps.open(around, backbone, part, views, byContent(), Set.of());
      RepeatedFineTuning first =
          new RepeatedFineTuning(backbone, depth, maps, photos, views.count());
      cuts.put(CutMaps.file(around, backbone, part, views), new OfCut(maps, first, views.count()));
      return first;
    }
    known.views = Math.max(known.views, views.count());
    return new RepeatedFineTuning(backbone, depth, known.maps, photos, views.count());
  }

  private Map<ContentHash, Photo> byContent() {
    Map<ContentHash, Photo> all = new LinkedHashMap<>();
    photos.forEach(each -> all.put(each.content(), each.photo()));
    return all;
  }

  /**
   * Makes sure that there is room for all maps together; those of other trainings go if they are in
   * the way.
   *
   * @param mostBytes what all maps in the folder may take
   * @throws PupilException (unavailable) if there is no room
   */
  public void makeRoom(long mostBytes) {
    MapRoom room = new MapRoom(folder, mostBytes);
    if (!room.allows(needs().stream().mapToLong(need -> need.bytes() + need.more()).sum())) {
      // Most of it may be of photos that are not among these.
      cuts.values().forEach(each -> each.maps.clear());
    }
    room.make(needs(), List.of());
  }

  private List<MapRoom.Need> needs() {
    return cuts.values().stream().map(each -> each.maps.need(each.views)).toList();
  }

  /**
   * What is missing, and what it will take. To see that, it computes a few maps, and tries a few
   * steps.
   *
   * @throws PupilException as {@link #compute}
   */
  public Cost cost() {
    int maps = 0;
    long bytes = 0;
    Duration time = Duration.ZERO;
    Duration epoch = Duration.ZERO;
    for (OfCut each : cuts.values()) {
      int missing = each.maps.missing(each.views);
      maps += missing;
      bytes += missing * each.maps.bytesOfOne();
      Duration ofMap = FineTuningPlanner.timeOfMap(each.maps, each.views);
      time = time.plus(ofMap.multipliedBy(each.maps.missing(each.views)));
      Duration ofEpoch = each.any.timeOfEpoch();
      epoch = ofEpoch.compareTo(epoch) > 0 ? ofEpoch : epoch;
    }
    return new Cost(photos.size(), cuts.size(), maps, bytes, time, epoch);
  }

  /**
   * Computes all maps that are missing.
   *
   * @param isOver asked now and then: whether to leave the others
   * @throws PupilException (bad input) if a photo cannot be read any more or is another one now;
   *     (unavailable) if the maps cannot be written
   */
  public void compute(Listener listener, BooleanSupplier isOver) {
    int all = cuts.values().stream().mapToInt(each -> each.maps.missing(each.views)).sum();
    int before = 0;
    for (OfCut each : cuts.values()) {
      for (int missing = each.maps.missing(each.views);
          missing > 0 && !isOver.getAsBoolean();
          missing = each.maps.missing(each.views)) {
        int base = before;
        each.maps.compute(each.views, AT_A_TIME, done -> listener.advanced(base + done, all));
        before += Math.min(missing, AT_A_TIME);
      }
    }
  }

  @Override
  public void close() {
    List<CutMaps> open = new ArrayList<>();
    cuts.values().forEach(each -> open.add(each.maps));
    cuts.clear();
    open.forEach(CutMaps::close);
  }
}

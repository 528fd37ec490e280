package org.pupil.tuning;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneRequest;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.bottleneck.VariantComputer;
import org.pupil.bottleneck.VariantListener;
import org.pupil.errors.PupilException;
import org.pupil.images.Distortions;
import org.pupil.run.RunSettings;
import org.pupil.training.TrainingData;

/** The photos of a search by their bottlenecks, which are in the cache or go there. */
final class CachedTrialPhotos implements TrialPhotos {
  /** Variants take the memory of the bottlenecks many times over: those used last are kept. */
  private static final int DISTORTED_KEPT = 2;

  /**
   * What a backbone makes of the photos.
   *
   * @param bottlenecks empty if there are none, and why
   */
  record OfBackbone(
      Optional<Backbone> backbone,
      Optional<PhotoBottlenecks> bottlenecks,
      Optional<PupilException> failure) {}

  private record Distorted(BackboneRequest backbone, Distortions distortions) {}

  private final SearchPhotos photos;
  private final Map<BackboneRequest, OfBackbone> byBackbone;
  private final Clock clock;
  private final VariantListener progress;
  private final Map<BackboneRequest, TrainingData> plain = new LinkedHashMap<>();
  private final Map<Distorted, TrainingData> distorted = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * @param byBackbone for each backbone of the search
   * @param clock tells when a photo was read
   * @param progress hears how variants are computed
   */
  CachedTrialPhotos(
      SearchPhotos photos,
      Map<BackboneRequest, OfBackbone> byBackbone,
      Clock clock,
      VariantListener progress) {
    this.photos = photos;
    this.byBackbone = byBackbone;
    this.clock = clock;
    this.progress = progress;
  }

  @Override
  public int size() {
    return photos.photos().size();
  }

  @Override
  public synchronized TrainingData of(RunSettings run) {
    if (!run.distortions().hasVariants()) {
      return plain(run.backbone());
    }
    Distorted key = new Distorted(run.backbone(), run.distortions());
    TrainingData known = distorted.get(key);
    if (known == null) {
      known = distorted(run);
      distorted.put(key, known);
      if (distorted.size() > DISTORTED_KEPT) {
        distorted.remove(distorted.keySet().iterator().next());
      }
    }
    return known;
  }

  private TrainingData plain(BackboneRequest request) {
    return plain.computeIfAbsent(
        request,
        unseen -> {
          OfBackbone made = of(request);
          PhotoBottlenecks bottlenecks = made.bottlenecks().orElseThrow();
          int[] places = photos.places(bottlenecks);
          float[][] rows = new float[places.length][];
          for (int i = 0; i < rows.length; i++) {
            rows[i] = bottlenecks.bottlenecks().row(places[i]);
          }
          return new TrainingData(
              photos.labels(),
              bottlenecks.bottlenecks().floats(),
              rows,
              photos.photos().stream().mapToInt(photo -> photo.label()).toArray(),
              photos.groupOf());
        });
  }

  private OfBackbone of(BackboneRequest request) {
    OfBackbone made = byBackbone.get(request);
    if (made == null) {
      throw new IllegalArgumentException("no backbone of the search: " + request);
    }
    if (made.failure().isPresent()) {
      throw made.failure().get();
    }
    return made;
  }

  private TrainingData distorted(RunSettings run) {
    OfBackbone made = of(run.backbone());
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(run.bottleneckDir())) {
      float[][][] variants =
          new VariantComputer(
                  made.backbone().orElseThrow(),
                  run.alpha(),
                  run.precision(),
                  cache,
                  run.distortions(),
                  run.training().seed(),
                  run.threads(),
                  clock)
              .compute(photos.photos(), photos.contents(), progress);
      return plain(run.backbone()).withVariants(variants);
    }
  }
}

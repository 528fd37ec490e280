package org.pupil.run;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.check.CheckResult;
import org.pupil.check.CheckedPhotos;
import org.pupil.check.PhotoCheck;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Split;
import org.pupil.errors.PupilException;

/**
 * A check of photos as a training run would find them: the first stops of the way of the data, then
 * {@link PhotoCheck}. What is in the cache is not computed again, and what is computed is there for
 * the training run.
 */
public final class CheckRun {
  private final RunSettings settings;
  private final RunListener listener;
  private final RunStops stops;

  /**
   * @param settings of which those of the final layer and of the outputs do not matter
   * @param clock tells when a photo was read
   * @param environment the environment variables, for the proxy of downloads
   * @param listener hears what happens
   */
  public CheckRun(
      RunSettings settings, Clock clock, Map<String, String> environment, RunListener listener) {
    this.settings = settings;
    this.listener = listener;
    this.stops = new RunStops(settings, clock, environment, listener);
  }

  /**
   * Checks the photos.
   *
   * @throws PupilException as the stops of {@link RunStops}; (bad input) if there are fewer than
   *     two labels
   */
  public CheckResult run(PhotoCheck.Listener stages) {
    stops.checkSettings();
    stops.checkCache();
    Dataset found = stops.find();
    Backbone backbone = stops.backbone();
    PhotoBottlenecks bottlenecks =
        stops.bottlenecks(backbone, found.photos(), listener.bottlenecks());
    CheckedPhotos photos =
        new CheckedPhotos(found, bottlenecks, thumbnails(bottlenecks), split(found, bottlenecks));
    return new PhotoCheck(settings.training().seed(), settings.threads()).of(photos, stages);
  }

  private List<byte[]> thumbnails(PhotoBottlenecks bottlenecks) {
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(settings.bottleneckDir())) {
      return cache.thumbnails(bottlenecks.contents());
    }
  }

  /** How the photos would be divided; empty if there are too few, which is a finding of its own. */
  private Optional<Split> split(Dataset found, PhotoBottlenecks bottlenecks) {
    try {
      return Optional.of(
          found
              .without(
                  bottlenecks.failures().stream().map(PhotoBottlenecks.Failure::photo).toList())
              .split(settings.split()));
    } catch (PupilException e) {
      return Optional.empty();
    }
  }
}

package org.pupil.run;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Duplicates;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Split;
import org.pupil.engine.Engines;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.WholeFile;

/** The stops 1 to 5 of a training run, from the folder of photos to their bottlenecks. */
final class RunStops {
  private final RunSettings settings;
  private final Clock clock;
  private final Map<String, String> environment;
  private final RunListener listener;

  RunStops(
      RunSettings settings, Clock clock, Map<String, String> environment, RunListener listener) {
    this.settings = settings;
    this.clock = clock;
    this.environment = environment;
    this.listener = listener;
  }

  /** What makes no sense. */
  void checkSettings() {
    if (!settings.distortions().isNone()) {
      settings.training().checkForDistortions();
    }
    BackboneCatalog.check(settings.backbone());
  }

  /** What could not be kept in the cache. Leaves nothing on the disk. */
  void checkCache() {
    WholeFile.checkFolderWritable(Setting.BOTTLENECK_DIR, settings.bottleneckDir());
  }

  /** Stop 1. */
  Dataset find() {
    Dataset found = settings.photos().open();
    listener.found(found);
    found.problems().forEach(listener::problem);
    if (settings.strict()) {
      found.problems().stream()
          .filter(problem -> problem.kind().leavesPhotosOut())
          .findFirst()
          .ifPresent(
              problem -> {
                throw PupilException.badInput(Message.of(Setting.STRICT, ": ", problem.message()));
              });
    }
    return found;
  }

  /** Stop 2, before photos are decoded: what cannot be split is not worth decoding. */
  Split split(Dataset found) {
    Split split = found.split(settings.split());
    split.problems().forEach(listener::problem);
    listener.split(split);
    return split;
  }

  /** Stop 4 before stop 3: the backbone says what pixels it wants. */
  Backbone backbone() {
    Backbone backbone =
        new BackboneCatalog(settings.addresses(), environment, listener.downloads())
            .resolve(settings.backbone());
    listener.backbone(backbone);
    return backbone;
  }

  /** Stops 3, 4 and 5: decode, run the backbone, keep. */
  PhotoBottlenecks bottlenecks(
      Backbone backbone, List<Photo> photos, BottleneckComputer.Listener progress) {
    try (BottleneckCache cache = BottleneckCache.openWhenNeeded(settings.bottleneckDir())) {
      PhotoBottlenecks bottlenecks =
          new BottleneckComputer(
                  Engines.auto(),
                  backbone,
                  settings.alpha(),
                  settings.precision(),
                  cache,
                  settings.threads(),
                  clock)
              .compute(photos, progress);
      listener.bottlenecksReady(bottlenecks);
      if (settings.strict() && !bottlenecks.failures().isEmpty()) {
        PhotoBottlenecks.Failure first = bottlenecks.failures().get(0);
        throw PupilException.badInput(
            Message.of(
                Setting.STRICT,
                ": "
                    + first.photo().source().name()
                    + ": "
                    + first.reason()
                    + " ("
                    + bottlenecks.failures().size()
                    + " such photos in all)"));
      }
      return bottlenecks;
    }
  }

  /** Stop 2 for good: photos that turned out to be no images are in no set. */
  Split splitOfUsable(Split planned, PhotoBottlenecks bottlenecks) {
    if (bottlenecks.failures().isEmpty()) {
      return planned;
    }
    Split split =
        planned.without(
            bottlenecks.failures().stream().map(PhotoBottlenecks.Failure::photo).toList());
    split.problems().stream()
        .filter(problem -> !planned.problems().contains(problem))
        .forEach(listener::problem);
    listener.split(split);
    return split;
  }

  void reportDuplicates(Split split, PhotoBottlenecks bottlenecks) {
    List<String> contents =
        IntStream.range(0, bottlenecks.photos().size())
            .mapToObj(i -> bottlenecks.content(i).toString())
            .toList();
    Duplicates.in(split, contents).problems().forEach(listener::problem);
  }
}

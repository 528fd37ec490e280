package org.pupil.run;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.PhotoBottlenecks;

/** Small pictures of the photos of a training run, from the cache: no photo is read for them. */
final class Thumbnails {
  private static final byte[] NONE = {};

  private final Path bottleneckDir;
  private final PhotoBottlenecks photos;
  private final LogFailures failures;

  /**
   * @param failures notes if the cache cannot be read: the bottlenecks are there without it
   */
  Thumbnails(Path bottleneckDir, PhotoBottlenecks photos, LogFailures failures) {
    this.bottleneckDir = bottleneckDir;
    this.photos = photos;
    this.failures = failures;
  }

  /**
   * A JPEG for each of some photos, empty where the cache has none.
   *
   * @param places in the order in which the photos have bottlenecks
   */
  List<byte[]> of(List<Integer> places) {
    if (places.isEmpty()) {
      return List.of();
    }
    return failures.attempt(
        "thumbnails of photos", () -> read(places), Collections.nCopies(places.size(), NONE));
  }

  private List<byte[]> read(List<Integer> places) {
    try (BottleneckCache cache = BottleneckCache.open(bottleneckDir)) {
      return cache.thumbnails(places.stream().map(photos::content).toList());
    }
  }
}

package org.pupil.run;

import java.nio.file.Path;
import java.util.List;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.PhotoBottlenecks;

/** Small pictures of the photos of a teaching, from the cache: no photo is read for them. */
final class Thumbnails {
  private final Path bottleneckDir;
  private final PhotoBottlenecks photos;

  Thumbnails(Path bottleneckDir, PhotoBottlenecks photos) {
    this.bottleneckDir = bottleneckDir;
    this.photos = photos;
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
    try (BottleneckCache cache = BottleneckCache.open(bottleneckDir)) {
      return cache.thumbnails(places.stream().map(photos::content).toList());
    }
  }
}

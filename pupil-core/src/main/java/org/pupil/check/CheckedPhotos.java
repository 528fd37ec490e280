package org.pupil.check;

import java.util.List;
import java.util.Optional;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Split;

/**
 * What is known of labelled photos before they are checked.
 *
 * @param dataset all photos that were found, and what was left out
 * @param bottlenecks of those that can be decoded
 * @param thumbnails a JPEG for each photo that has a bottleneck, in that order; empty where there
 *     is none
 * @param split how the photos that have bottlenecks would be divided; empty if they cannot be
 */
public record CheckedPhotos(
    Dataset dataset, PhotoBottlenecks bottlenecks, List<byte[]> thumbnails, Optional<Split> split) {
  public CheckedPhotos {
    thumbnails = List.copyOf(thumbnails);
    if (thumbnails.size() != bottlenecks.photos().size()) {
      throw new IllegalArgumentException(
          thumbnails.size() + " thumbnails for " + bottlenecks.photos().size() + " photos");
    }
    if (split.isPresent() && !split.get().all().photos().equals(bottlenecks.photos())) {
      throw new IllegalArgumentException("the split is of other photos than the bottlenecks");
    }
  }

  /** The photos that have bottlenecks. */
  List<Photo> usable() {
    return bottlenecks.photos();
  }

  /** The name of a photo's label. */
  String labelOf(Photo photo) {
    return dataset.labels().name(photo.label());
  }
}

package org.pupil.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.images.Alpha;
import org.pupil.images.PhotoPreview;

/**
 * Pictures of some photos of a training run that are worth a closer look, made from their bytes;
 * where that cannot be, from the thumbnails in the cache.
 */
final class MistakePictures {
  private static final byte[] NONE = {};

  private final PhotoBottlenecks photos;
  private final Thumbnails thumbnails;
  private final Alpha alpha;

  MistakePictures(PhotoBottlenecks photos, Thumbnails thumbnails, Alpha alpha) {
    this.photos = photos;
    this.thumbnails = thumbnails;
    this.alpha = alpha;
  }

  /**
   * A JPEG of {@link PhotoPreview#SIDE} rows and columns for each of some photos, in which the
   * photo has its own shape; empty where there is none.
   *
   * @param places in the order in which the photos have bottlenecks
   */
  List<byte[]> of(List<Integer> places) {
    List<byte[]> pictures = new ArrayList<>(places.size());
    for (int place : places) {
      pictures.add(of(place));
    }
    return pictures;
  }

  private byte[] of(int place) {
    try {
      return PhotoPreview.square(photos.photos().get(place).source().read(), alpha);
    } catch (IOException e) {
      // The photo may be gone, or be another, since it was read.
      return ofThumbnail(place);
    }
  }

  private byte[] ofThumbnail(int place) {
    byte[] thumbnail = thumbnails.of(List.of(place)).get(0);
    try {
      return thumbnail.length == 0 ? NONE : PhotoPreview.square(thumbnail, alpha);
    } catch (IOException e) {
      // Not one that Pupil wrote.
      return NONE;
    }
  }
}

package org.pupil.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.Photo;
import org.pupil.dataset.SplitSet;
import org.pupil.images.DistortionSheet;

/** What the distortions of a training run do to a few of its training photos, for the board. */
final class DistortionPicture {
  private final RunSettings settings;
  private final Backbone backbone;
  private final List<Photo> photos;
  private final List<ContentHash> contents;

  DistortionPicture(RunSettings settings, Backbone backbone, TrainingSets sets) {
    this.settings = settings;
    this.backbone = backbone;
    this.photos = sets.photos(SplitSet.TRAINING);
    this.contents = sets.contents(SplitSet.TRAINING);
  }

  /**
   * Makes the picture. Photos are taken from all over the training set, which is in the order of
   * its labels.
   *
   * @return nothing if photos are not distorted, or none can be read any more
   */
  Optional<DistortionSheet> sheet() {
    if (settings.distortions().isNone()) {
      return Optional.empty();
    }
    DistortionSheet sheet =
        new DistortionSheet(
            backbone.input(), settings.alpha(), settings.distortions(), settings.training().seed());
    int shown = Math.min(DistortionSheet.MOST_PHOTOS, photos.size());
    for (int i = 0; i < shown; i++) {
      int photo = (int) ((2L * i + 1) * photos.size() / (2L * shown));
      try {
        sheet.add(photos.get(photo).source().read(), contents.get(photo).first());
      } catch (IOException e) {
        // It is gone by now, or another: the others show as much.
      }
    }
    return sheet.photos() == 0 ? Optional.empty() : Optional.of(sheet);
  }
}

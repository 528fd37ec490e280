package org.pupil.bottleneck;

import org.pupil.dataset.Photo;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/** A layer that is trained on numbers that are not finite learns nothing: they end the work. */
final class FiniteBottlenecks {
  private FiniteBottlenecks() {}

  /**
   * Checks numbers that a backbone gave for a photo.
   *
   * @throws PupilException (bad model) if one is not finite
   */
  static void check(float[] vector, Photo photo) {
    for (float value : vector) {
      check(value, photo);
    }
  }

  /** Checks one of them. */
  static void check(float value, Photo photo) {
    if (!Float.isFinite(value)) {
      throw PupilException.badModel(
          Message.of(
              "the backbone gives numbers that are not finite (%s) for %s: check "
                  .formatted(value, photo.source().name()),
              Setting.INPUT_MEAN,
              " and ",
              Setting.INPUT_STD,
              ", or choose another ",
              Setting.BOTTLENECK_LAYER));
    }
  }
}

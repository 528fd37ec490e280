package org.pupil.tuning;

import org.pupil.run.RunSettings;
import org.pupil.training.TrainingData;

/** The photos of a search as a trial sees them: by its backbone, with its distortions. */
interface TrialPhotos {
  /** Number of photos: the same for all trials. */
  int size();

  /**
   * The photos, always in the same order and groups.
   *
   * @param run settings of the trial
   * @throws org.pupil.errors.PupilException if they cannot be had
   */
  TrainingData of(RunSettings run);
}

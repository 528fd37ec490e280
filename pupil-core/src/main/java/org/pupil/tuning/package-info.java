/**
 * Which settings a training run does best with: a search over them, in which each trial is judged
 * by cross-validation of the training and validation photos. Start at {@link
 * org.pupil.tuning.TuningRun}, which goes from the photos to the winner's model. {@link
 * org.pupil.tuning.TrialSearch} searches whatever can be judged fold by fold, and knows neither
 * photos nor files.
 */
@NullMarked
package org.pupil.tuning;

import org.jspecify.annotations.NullMarked;

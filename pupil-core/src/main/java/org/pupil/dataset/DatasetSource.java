package org.pupil.dataset;

import org.pupil.errors.PupilException;

/**
 * Where a data set comes from: a {@linkplain DatasetFolder folder}, or a {@link Dataset} that is
 * there already. A training run opens it once.
 */
@FunctionalInterface
public interface DatasetSource {
  /**
   * Finds the photos; none is read.
   *
   * @throws PupilException (bad input) if there are none to learn from
   */
  Dataset open();

  /**
   * Finds the photos, to judge a model by, which one label is enough for.
   *
   * @throws PupilException (bad input) as {@link #open}
   */
  default Dataset openForTesting() {
    return open();
  }
}

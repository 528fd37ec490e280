package org.pupil.bottleneck;

import java.time.Duration;
import java.util.Optional;

/** Hears how the computing of variants' bottlenecks goes. Calls come from one thread at a time. */
public interface VariantListener {
  /** Hears nothing. */
  VariantListener NONE =
      new VariantListener() {
        @Override
        public void started(Cost cost) {}

        @Override
        public void advanced(int done) {}

        @Override
        public void finished() {}
      };

  /**
   * What there is to do.
   *
   * @param photos number of photos, copies of one photo counted once
   * @param variants of each photo
   * @param missing bottlenecks that must be computed, at least 1
   * @param bytes that they will take in the cache, about
   * @param left about how long the rest will take; empty if there is nothing left
   */
  record Cost(int photos, int variants, int missing, long bytes, Optional<Duration> left) {}

  /** One of the first few photos is done, by which the time is estimated. */
  default void probed() {}

  /** Something must be computed, and a few photos have shown how long it takes. */
  void started(Cost cost);

  /** So many of the missing ones are done by now. */
  void advanced(int done);

  /** All are done. */
  void finished();
}

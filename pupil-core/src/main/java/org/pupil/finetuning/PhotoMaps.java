package org.pupil.finetuning;

import org.pupil.bottleneck.ContentHash;

/** The maps of some photos at the cut, of which some may still have to be computed. */
interface PhotoMaps extends MapSource, AutoCloseable {
  /** Whether a map is there, or need not be. */
  boolean has(ContentHash content, int view);

  /**
   * How many maps are not there yet.
   *
   * @param views of each photo that are wanted, if it is trained on
   */
  int missing(int views);

  /** Bytes on the disk that one more of them takes. */
  long bytesOfOne();

  /**
   * Computes maps that are missing.
   *
   * @param views of each photo that are wanted, if it is trained on
   * @param most so many of them and no more
   * @param listener hears how many of all that are missing are done
   */
  void compute(int views, int most, Listener listener);

  /** Hears how it goes. */
  interface Listener {
    void advanced(int done);
  }

  @Override
  void close();
}

package org.pupil.finetuning;

import org.pupil.bottleneck.ContentHash;

/** Where the maps come from that a step of the training begins with. Safe for many threads. */
interface MapSource {
  /**
   * Reads the map of a photo in one of its views.
   *
   * @param rows receives a row of channels for each place, from row {@code first} on
   */
  void read(ContentHash content, int view, float[][] rows, int first);
}

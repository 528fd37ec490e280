package org.pupil.finetuning;

/** What photos give at the cut, in one or several views of each (such as its mirror image). */
interface CutMaps {
  /** The shape of each map. */
  MapShape shape();

  /** Views of each photo, at least 1; view 0 is the photo as it is. */
  int views();

  /**
   * Reads a map.
   *
   * @param rows receives a row of channels for each place, from row {@code first} on
   */
  void read(int photo, int view, float[][] rows, int first);
}

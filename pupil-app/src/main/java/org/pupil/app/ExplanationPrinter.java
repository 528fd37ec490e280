package org.pupil.app;

import org.pupil.explain.Explanation;

/** Prints explanations, one after the other. */
interface ExplanationPrinter extends AutoCloseable {
  /**
   * Prints why a photo is labelled as it is.
   *
   * @param pictures where its pictures were written
   */
  void print(Explanation explanation, WrittenPictures pictures);

  /** Prints what standard output has of a photo that could not be read. */
  void printFailure(String image, String reason);

  /** Prints what must stand after the last photo. */
  @Override
  void close();
}

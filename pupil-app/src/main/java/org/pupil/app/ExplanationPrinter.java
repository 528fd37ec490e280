package org.pupil.app;

import java.util.Optional;
import org.pupil.explain.Explanation;

/** Prints explanations, one after the other. */
interface ExplanationPrinter extends AutoCloseable {
  /**
   * Prints why a photo is labelled as it is.
   *
   * @param heatMap where its heat map was written, if it has one
   */
  void print(Explanation explanation, Optional<HeatMapFiles.Written> heatMap);

  /** Prints what standard output has of a photo that could not be read. */
  void printFailure(String image, String reason);

  /** Prints what must stand after the last photo. */
  @Override
  void close();
}

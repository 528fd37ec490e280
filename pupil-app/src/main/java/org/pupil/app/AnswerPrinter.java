package org.pupil.app;

import org.pupil.labelling.LabelledPhoto;

/**
 * Prints what a model says of photos, one after the other. Nothing is printed before the first
 * answer, so that an error before it stands alone.
 */
interface AnswerPrinter extends AutoCloseable {
  void print(LabelledPhoto photo);

  /** Prints what must stand after the last photo. */
  @Override
  void close();
}

package org.pupil.ingest;

import java.io.IOException;

/** Where the bytes of a photo to be come from. */
sealed interface Origin {

  /** A file as it is. */
  record OfFile(SourceFile file) implements Origin {}

  /**
   * Bytes that are made.
   *
   * @param maker makes them when they are written; called once, or twice for the contact sheet
   */
  record Made(Maker maker) implements Origin {}

  /** Makes the bytes of a photo's file. */
  interface Maker {
    byte[] make() throws IOException;
  }
}

package org.pupil.app;

import java.nio.file.Path;

/**
 * A path on the command line of which the text matters too: it may be an address or a name instead,
 * end with a slash, or be hashed.
 *
 * @param text what was typed, with the home folder for a tilde
 */
record TypedPath(String text) {
  /** The path that the text is. */
  Path path() {
    return Path.of(text);
  }

  @Override
  public String toString() {
    return text;
  }
}

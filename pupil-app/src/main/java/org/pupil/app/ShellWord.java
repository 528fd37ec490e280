package org.pupil.app;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Words as they may be typed in a shell. */
final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+=,-]+");

  private ShellWord() {}

  /** A text as one word. */
  static String of(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    return File.separatorChar == '\\' ? '"' + text + '"' : "'" + text.replace("'", "'\\''") + "'";
  }

  /** A path as one word that is taken neither for a flag nor for a home folder. */
  static String of(Path path) {
    String text = path.toString();
    return of(text.startsWith("-") || text.startsWith("~") ? "./" + text : text);
  }
}

package org.pupil.app;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says of a photo that is not there what may be meant instead.
 *
 * @param reason one line without the photo's name
 * @param words how many of the words that were typed are spoken of
 */
record MissingPhoto(String reason, int words) {
  /** What {@link org.pupil.images.ImageDecoder} says of a file that is not there. */
  private static final String REASON = "there is no such file";

  /** A name of more words is no name with a space, but one of many files that are gone. */
  private static final int MOST_WORDS = 10;

  /**
   * Looks around for it.
   *
   * @param photo as it was typed
   * @param next the words that were typed after it
   */
  static MissingPhoto of(Path photo, List<Path> next) {
    StringBuilder joined = new StringBuilder(photo.toString());
    for (int i = 0; i < Math.min(next.size(), MOST_WORDS - 1); i++) {
      joined.append(' ').append(next.get(i));
      if (Files.exists(Path.of(joined.toString()))) {
        String word = ShellWord.of(joined.toString());
        return new MissingPhoto(REASON + ": quote a name with a space, " + word, i + 2);
      }
    }
    String reason =
        nearby(photo)
            .map(path -> "%s: did you mean %s?".formatted(REASON, ShellWord.of(path)))
            .orElseGet(() -> where(photo));
    return new MissingPhoto(reason, 1);
  }

  /** In the folder above, or of nearly that name. */
  private static Optional<Path> nearby(Path photo) {
    if (!photo.isAbsolute()) {
      Path above = Path.of("..").resolve(photo);
      if (Files.exists(above)) {
        return Optional.of(above);
      }
    }
    Path folder = photo.getParent() == null ? Path.of(".") : photo.getParent();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (stem(entry).equals(stem(photo)) && Files.isRegularFile(entry)) {
          return Optional.of(photo.resolveSibling(String.valueOf(entry.getFileName())));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The folder is not there either.
    }
    return Optional.empty();
  }

  /** The name in one letter case and without its extension, which is what people get wrong. */
  private static String stem(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static String where(Path photo) {
    Path folder = photo.toAbsolutePath().normalize().getParent();
    if (photo.isAbsolute() || folder == null) {
      return REASON;
    }
    return Files.isDirectory(folder)
        ? "%s in %s".formatted(REASON, folder)
        : "%s: there is no folder %s".formatted(REASON, folder);
  }
}

package org.pupil.dataset;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** {@link SplitRule#RETRAIN}. */
final class RetrainRule {
  private static final int LARGEST = (1 << 27) - 1;

  /** As Python's {@code _nohash_.*$}: a dot is any character but a line feed. */
  private static final Pattern NOT_HASHED = Pattern.compile("_nohash_.*$", Pattern.UNIX_LINES);

  private final SplitSettings settings;
  private final String prefix;

  /**
   * @param place the image folder as it was typed
   */
  RetrainRule(SplitSettings settings, String place) {
    this.settings = settings;
    this.prefix = prefix(place, File.separator);
  }

  /**
   * What stands before a photo's name: with slashes on every system, so that photos are split alike
   * on all.
   *
   * @param separator the system's
   */
  static String prefix(String place, String separator) {
    String slashes = place.replace(separator, "/");
    return slashes.isEmpty() || slashes.endsWith("/") ? slashes : slashes + "/";
  }

  SplitSet[] assign(Dataset photos) {
    return photos.photos().stream()
        .map(photo -> set(position(prefix + nameOnDisk(photo))))
        .toArray(SplitSet[]::new);
  }

  /** The position from 0 to 100 of a path. */
  static double position(String path) {
    return value(path) * (100.0 / LARGEST);
  }

  /** The number from 0 to 2^27 - 1 behind a path's position. */
  static int value(String path) {
    return Hash.last27BitsOfSha1(group(path));
  }

  /** The part of a path that decides. */
  static String group(String path) {
    return NOT_HASHED.matcher(path).replaceAll("");
  }

  private SplitSet set(double position) {
    if (position < settings.validationPercentage()) {
      return SplitSet.VALIDATION;
    }
    return position < settings.testingPercentage() + settings.validationPercentage()
        ? SplitSet.TESTING
        : SplitSet.TRAINING;
  }

  private static String nameOnDisk(Photo photo) {
    return photo.source().file().map(file -> nameOnDisk(photo, file.path())).orElse(photo.name());
  }

  /** The photo's name without the change to form NFC. */
  private static String nameOnDisk(Photo photo, Path path) {
    int parts = (int) photo.name().chars().filter(c -> c == '/').count() + 1;
    Path below = path.subpath(path.getNameCount() - parts, path.getNameCount());
    return below.toString().replace(below.getFileSystem().getSeparator(), "/");
  }
}

package org.pupil.ingest;

import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * What an archive may become on the disk. Archives that become more were most often made to fill
 * it.
 *
 * @param ratio so many times its own size, at least 1. It counts from {@link #ANY_RATIO} bytes on
 * @param files so many files, at least 1
 * @param bytes so many bytes, at least 1
 */
public record UnpackLimits(long ratio, long files, long bytes) {
  /** Photos hardly get smaller in an archive; black pictures in raw formats do. */
  public static final UnpackLimits DEFAULT = new UnpackLimits(100, 2_000_000, 200L << 30);

  /** Up to here no ratio is looked at. */
  static final long ANY_RATIO = 64L << 20;

  /**
   * Checks the limits.
   *
   * @throws PupilException (usage) naming the setting, if one is out of range
   */
  public UnpackLimits {
    check(Setting.MAX_RATIO, ratio);
    check(Setting.MAX_FILES, files);
    check(Setting.MAX_SIZE, bytes);
  }

  private static void check(Setting setting, long limit) {
    if (limit < 1) {
      throw PupilException.usage(Message.of(setting, " must be positive, was " + limit));
    }
  }

  /**
   * The most bytes that an archive may become.
   *
   * @param archive its own size in bytes
   */
  long bytesOf(long archive) {
    long times = ratio > Long.MAX_VALUE / Math.max(1, archive) ? Long.MAX_VALUE : ratio * archive;
    return Math.min(bytes, Math.max(ANY_RATIO, times));
  }

  /**
   * Says that an archive would become more than it may.
   *
   * @param archive its own size in bytes
   */
  PupilException tooLarge(String name, long archive) {
    return bytesOf(archive) == bytes
        ? PupilException.badInput(
            Message.of(
                "%s unpacks to more than %s: if you trust it, allow more with "
                    .formatted(name, Bytes.of(bytes)),
                Setting.MAX_SIZE))
        : PupilException.badInput(
            Message.of(
                "%s unpacks to more than %d times its own size, as photos never do: if you trust it, allow more with "
                    .formatted(name, ratio),
                Setting.MAX_RATIO));
  }

  PupilException tooMany(String name) {
    return PupilException.badInput(
        Message.of(
            "%s holds more than %d files: if you trust it, allow more with ".formatted(name, files),
            Setting.MAX_FILES));
  }
}

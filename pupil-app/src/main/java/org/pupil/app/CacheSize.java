package org.pupil.app;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuningRequest;

/** Reads how much of the disk fine-tuning may take, as a person types it: {@code 500MB}. */
final class CacheSize {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?(MB|GB|TB)", Pattern.CASE_INSENSITIVE);
  private static final double MEGABYTE = 1e6;
  private static final double THOUSAND = 1e3;

  private CacheSize() {}

  /**
   * Bytes.
   *
   * @param typed null for the default
   * @throws PupilException (usage) if it is no size
   */
  static long bytes(@Nullable String typed) {
    if (typed == null) {
      return FineTuningRequest.DEFAULT_MOST_BYTES;
    }
    Matcher size = SIZE.matcher(typed);
    if (!size.matches()) {
      throw PupilException.usage("--cache_size must be a size such as 500MB or 20GB, was " + typed);
    }
    double factor =
        switch (size.group(2).toUpperCase(Locale.ROOT)) {
          case "MB" -> MEGABYTE;
          case "GB" -> MEGABYTE * THOUSAND;
          default -> MEGABYTE * THOUSAND * THOUSAND;
        };
    return (long) (Double.parseDouble(size.group(1)) * factor);
  }
}

package org.pupil.app;

import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuningRequest;

/** Reads how much of the disk fine-tuning may take, as a person types it: {@code 500MB}. */
final class CacheSize {
  private CacheSize() {}

  /**
   * Bytes.
   *
   * @param typed null for the default
   * @throws PupilException (usage) if it is no size
   */
  static long bytes(@Nullable String typed) {
    return typed == null
        ? FineTuningRequest.DEFAULT_MOST_BYTES
        : ByteSize.of("--cache_size", typed);
  }
}

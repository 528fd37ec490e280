package org.pupil.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of event files: {@code events.out.tfevents.SECONDS.HOST.PID.COUNTER.pupil}.
 *
 * <p>TensorBoard takes every file whose name contains {@code tfevents}, and takes the order of the
 * names for the order of time: hence the ten digits. The ending says whose file it is.
 */
final class EventFileName {
  private static final Pattern OF_PUPIL =
      Pattern.compile("events\\.out\\.tfevents\\.\\d{10}\\..+\\.\\d+\\.\\d+\\.pupil");
  private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final int LONGEST_HOST_NAME = 64;

  private EventFileName() {}

  /**
   * @param counter tells apart the files that one process makes in one folder in one second
   */
  static String of(Instant now, String host, long pid, int counter) {
    return String.format(
        Locale.ROOT,
        "events.out.tfevents.%010d.%s.%d.%d.pupil",
        now.getEpochSecond(),
        host,
        pid,
        counter);
  }

  /** Whether {@link #of} makes such names. That alone does not prove who wrote the file. */
  static boolean isOfPupil(String name) {
    return OF_PUPIL.matcher(name).matches();
  }

  /**
   * This machine's name, or {@code localhost}. The name is for people only, so it is not asked of
   * the network, which may take seconds to answer.
   */
  static String host() {
    return Stream.of(hostFromKernel(), System.getenv("HOSTNAME"), System.getenv("COMPUTERNAME"))
        .filter(name -> name != null && !name.isBlank())
        .map(name -> name.strip().replaceAll("[^A-Za-z0-9._-]", "_"))
        .map(name -> name.substring(0, Math.min(name.length(), LONGEST_HOST_NAME)))
        .findFirst()
        .orElse("localhost");
  }

  private static String hostFromKernel() {
    if (!Files.isReadable(LINUX_HOST_NAME)) {
      return "";
    }
    try {
      return Files.readString(LINUX_HOST_NAME);
    } catch (IOException unreadable) {
      // Then the environment's answer is good enough.
      return "";
    }
  }
}

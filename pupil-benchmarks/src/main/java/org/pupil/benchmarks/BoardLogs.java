package org.pupil.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.pupil.log.EventWriter;
import org.pupil.log.SummaryValues;

/** Event files as large training runs would leave them. */
final class BoardLogs {
  private static final int IMAGE_BYTES = 1 << 20;

  private BoardLogs() {}

  /**
   * Numbered tags, each with a point at every step, an event each; and a tag {@code small} with a
   * thousand.
   */
  static Path scalars(Path run, int tags, int steps) throws IOException {
    return scalars(run, tags, steps, 1000);
  }

  private static Path scalars(Path run, int tags, int steps, int smallSteps) throws IOException {
    SummaryValues values = new SummaryValues();
    try (EventWriter writer = EventWriter.open(run, Clock.systemUTC(), "benchmark")) {
      for (int step = 0; step < steps; step++) {
        for (int tag = 0; tag < tags; tag++) {
          values.clear();
          values.scalar("tag" + tag, (float) Math.sin(step * 1e-3 + tag));
          writer.write(step, values);
        }
        if (step < smallSteps) {
          writer.write(step, values.clear().scalar("small", step % 7));
        }
      }
    }
    return run;
  }

  /** So many runs below a folder. */
  static Path runs(Path folder, int runs, int tags, int steps) throws IOException {
    for (int run = 0; run < runs; run++) {
      scalars(folder.resolve("run" + run), tags, steps);
    }
    return folder;
  }

  /** So many runs below a folder, of the numbered tags alone. */
  static Path plainRuns(Path folder, int runs, int tags, int steps) throws IOException {
    for (int run = 0; run < runs; run++) {
      scalars(folder.resolve("run" + run), tags, steps, 0);
    }
    return folder;
  }

  /** A log of images of a megabyte each. */
  static Path images(Path run, int megabytes) throws IOException {
    byte[] noise = new byte[IMAGE_BYTES];
    new Random(1).nextBytes(noise);
    SummaryValues values = new SummaryValues();
    try (EventWriter writer = EventWriter.open(run, Clock.systemUTC(), "benchmark")) {
      for (int step = 0; step < megabytes; step++) {
        values.clear();
        values.images("noise", 512, 512, List.of(noise), "");
        writer.write(step, values);
      }
    }
    return run;
  }
}

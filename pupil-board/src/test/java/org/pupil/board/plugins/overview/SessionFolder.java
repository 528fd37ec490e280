package org.pupil.board.plugins.overview;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.pupil.board.HandClock;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.LogLimits;
import org.pupil.board.log.LogRoot;
import org.pupil.log.EventWriter;
import org.pupil.log.SummaryValues;

/** A log folder that a test writes, at times that it chooses, and reads as the board does. */
final class SessionFolder implements AutoCloseable {
  /** The second 0 of the test, in seconds since 1970. */
  static final double BEGIN = 1_800_000_000;

  private final Path folder;
  private final Map<String, EventWriter> writers = new HashMap<>();
  private final HandClock clock = new HandClock(BEGIN);

  /** That of the machine that looks. */
  private final HandClock watch = new HandClock(BEGIN);

  private final EventLogs logs;

  SessionFolder(Path folder) {
    this.folder = folder;
    this.logs = new EventLogs(List.of(new LogRoot("", folder)), LogLimits.withThreads(1), watch);
  }

  void scalar(String run, double second, long step, String tag, float value) {
    write(run, second, step, values -> values.scalar(tag, value));
  }

  void write(String run, double second, long step, Consumer<SummaryValues> fill) {
    clock.put(BEGIN + second);
    SummaryValues values = new SummaryValues();
    fill.accept(values);
    try {
      EventWriter writer = writers.get(run);
      if (writer == null) {
        writer = EventWriter.open(folder.resolve(run), clock, "test");
        writers.put(run, writer);
      }
      writer.write(step, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at a second by the clock of the one who looks. */
  EventLogs readAt(double second) {
    watch.put(BEGIN + second);
    return read();
  }

  EventLogs read() {
    logs.reload();
    return logs;
  }

  @Override
  public void close() {
    try (logs) {
      for (EventWriter writer : writers.values()) {
        writer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.pupil.board;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.pupil.eventlog.EventWriter;
import org.pupil.eventlog.SummaryValues;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Writes a run's event file, at times that are always the same: half a second a step. */
public final class LogBuilder implements AutoCloseable {
  /** The time of step 0, in seconds since 1970. */
  public static final double BEGIN = 1_700_000_000;

  private static final double SECONDS_A_STEP = 0.5;

  private final EventWriter writer;
  private final HandClock clock = new HandClock(BEGIN);

  /** Begins a file in a run's folder. */
  public LogBuilder(Path folder) {
    writer = EventWriter.open(folder, clock, "1.2.3");
  }

  private void at(long step) {
    clock.put(BEGIN + step * SECONDS_A_STEP);
  }

  /** What Pupil's own writer writes. */
  public LogBuilder write(long step, Consumer<SummaryValues> values) {
    SummaryValues summary = new SummaryValues();
    values.accept(summary);
    at(step);
    writer.write(step, summary);
    return this;
  }

  /** Whatever a test wants. */
  public LogBuilder write(long step, Summary.Value.Builder... values) {
    Summary.Builder summary = Summary.newBuilder();
    for (Summary.Value.Builder value : values) {
      summary.addValue(value);
    }
    at(step);
    writer.write(
        Event.newBuilder()
            .setWallTime(BEGIN + step * SECONDS_A_STEP)
            .setStep(step)
            .setSummary(summary)
            .build());
    return this;
  }

  /** The writer itself. */
  public EventWriter writer() {
    return writer;
  }

  @Override
  public void close() {
    writer.close();
  }
}

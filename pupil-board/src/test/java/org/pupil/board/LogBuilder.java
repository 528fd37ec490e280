package org.pupil.board;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.pupil.log.RecordWriter;
import org.pupil.log.SummaryValues;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.SessionLog;
import org.pupil.log.proto.SourceMetadata;
import org.pupil.log.proto.Summary;

/** Writes a run's event file, at times that are always the same: half a second a step. */
public final class LogBuilder implements AutoCloseable {
  /** The time of step 0, in seconds since 1970. */
  public static final double BEGIN = 1_700_000_000;

  private static final double SECONDS_A_STEP = 0.5;

  private final RecordWriter records;
  private long lastStep;

  /** Begins a file in a run's folder. */
  public LogBuilder(Path folder) {
    try {
      Files.createDirectories(folder);
      records = RecordWriter.create(unused(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    event(
        at(0)
            .setFileVersion("brain.Event:2")
            .setSourceMetadata(SourceMetadata.newBuilder().setWriter("pupil.summary.writer 1.2.3"))
            .build());
    event(session(SessionLog.SessionStatus.START));
  }

  private static Path unused(Path folder) {
    for (int counter = 0; ; counter++) {
      Path file =
          folder.resolve("events.out.tfevents.1700000000.test.1.%d.pupil".formatted(counter));
      if (!Files.exists(file)) {
        return file;
      }
    }
  }

  private static Event.Builder at(long step) {
    return Event.newBuilder().setWallTime(BEGIN + step * SECONDS_A_STEP).setStep(step);
  }

  private Event session(SessionLog.SessionStatus status) {
    return at(lastStep).setSessionLog(SessionLog.newBuilder().setStatus(status)).build();
  }

  /** What Pupil itself writes. */
  public LogBuilder write(long step, Consumer<SummaryValues> values) {
    SummaryValues summary = new SummaryValues();
    values.accept(summary);
    return write(step, summary.summary().toBuilder());
  }

  /** Whatever a test wants. */
  public LogBuilder write(long step, Summary.Value.Builder... values) {
    Summary.Builder summary = Summary.newBuilder();
    for (Summary.Value.Builder value : values) {
      summary.addValue(value);
    }
    return write(step, summary);
  }

  private LogBuilder write(long step, Summary.Builder summary) {
    lastStep = Math.max(lastStep, step);
    return event(at(step).setSummary(summary).build());
  }

  /** A graph, at step 0. */
  public LogBuilder graph(GraphDef graph) {
    return event(at(0).setGraphDef(graph.toByteString()).build());
  }

  /** An event as it is. */
  public LogBuilder event(Event event) {
    try {
      records.write(event);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (records) {
      event(session(SessionLog.SessionStatus.STOP));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.pupil.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.FileTrouble;
import org.pupil.log.EventWriter;
import org.pupil.log.OwnEventFiles;

/** The event file of one run. If it cannot be written, its rest is missing, and that is all. */
final class RunLog implements AutoCloseable {
  private final String what;
  private final Optional<EventWriter> writer;
  private final Map<Path, String> left;
  private final LogFailures failures;

  private RunLog(
      String what, Optional<EventWriter> writer, Map<Path, String> left, LogFailures failures) {
    this.what = what;
    this.writer = writer;
    this.left = left;
    this.failures = failures;
  }

  /**
   * Begins a new event file; then those that an earlier training run of Pupil left in the run go.
   *
   * @param what would be missing without it, for a person
   * @param failures notes if it cannot be written, now or later
   */
  static RunLog open(Path runDir, String what, Clock clock, String version, LogFailures failures) {
    Optional<EventWriter> writer =
        failures.attempt(
            what, () -> Optional.of(openWriter(runDir, clock, version)), Optional.empty());
    Map<Path, String> left = new TreeMap<>();
    writer.ifPresent(
        opened ->
            OwnEventFiles.remove(runDir, List.of(opened.file()))
                .left()
                .forEach((file, reason) -> left.put(file, inWords(reason))));
    return new RunLog(what, writer, left, failures);
  }

  private static EventWriter openWriter(Path runDir, Clock clock, String version) {
    try {
      return EventWriter.open(runDir, clock, version);
    } catch (IOException refusal) {
      throw PupilException.unavailable(
          Message.of(
              "cannot write event files in "
                  + runDir
                  + ": "
                  + FileTrouble.reason(refusal)
                  + "; choose another ",
              Setting.SUMMARIES_DIR),
          refusal);
    }
  }

  private static String inWords(IOException reason) {
    return reason.getCause() instanceof IOException system
        ? reason.getMessage() + ": " + FileTrouble.reason(system)
        : reason.getMessage();
  }

  /** Event files of earlier training runs that could not go, with the reason. */
  Map<Path, String> left() {
    return left;
  }

  /** Writes something to the event file. */
  @FunctionalInterface
  interface Events {
    void writeTo(EventWriter writer) throws IOException;
  }

  void write(Events events) {
    writer.ifPresent(open -> failures.attempt(what, () -> write(open, events)));
  }

  private static void write(EventWriter writer, Events events) {
    try {
      events.writeTo(writer);
    } catch (IOException refusal) {
      throw PupilException.unavailable(
          Message.of(
              "cannot write "
                  + writer.file()
                  + ": "
                  + FileTrouble.reason(refusal)
                  + "; free some space or choose another ",
              Setting.SUMMARIES_DIR),
          refusal);
    }
  }

  /** A file that was deleted can be written for ever, and nobody will see it. */
  void checkIsThere() {
    writer.ifPresent(
        open ->
            failures.attempt(
                what,
                () -> {
                  if (!open.isThere()) {
                    throw PupilException.unavailable(
                        open.file() + " was removed while it was written");
                  }
                }));
  }

  @Override
  public void close() {
    checkIsThere();
    writer.ifPresent(
        open -> {
          try {
            write(open, EventWriter::close);
          } catch (PupilException e) {
            failures.failed(what, e.getMessage());
          }
        });
  }
}

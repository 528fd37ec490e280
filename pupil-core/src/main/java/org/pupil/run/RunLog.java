package org.pupil.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.pupil.errors.PupilException;
import org.pupil.eventlog.EventWriter;
import org.pupil.eventlog.OwnEventFiles;

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
            what, () -> Optional.of(EventWriter.open(runDir, clock, version)), Optional.empty());
    Map<Path, String> left =
        writer
            .map(opened -> OwnEventFiles.remove(runDir, List.of(opened.file())).left())
            .orElse(Map.of());
    return new RunLog(what, writer, left, failures);
  }

  /** Event files of earlier training runs that could not go, with the reason. */
  Map<Path, String> left() {
    return left;
  }

  void write(Consumer<EventWriter> events) {
    writer.ifPresent(open -> failures.attempt(what, () -> events.accept(open)));
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
            open.close();
          } catch (PupilException e) {
            failures.failed(what, e.getMessage());
          }
        });
  }
}

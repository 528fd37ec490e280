package org.pupil.board.log;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;

/** The event files of one folder, read, for tests that ask for points. */
final class TestLogs implements AutoCloseable {
  final EventLogs logs;

  /** Reads a folder. */
  TestLogs(Path folder, LogLimits limits) {
    logs = new EventLogs(List.of(new LogRoot("", folder)), limits, Clock.systemUTC());
    logs.reload();
  }

  TestLogs(Path folder) {
    this(folder, LogLimits.withThreads(2));
  }

  /** Reads what is new. */
  TestLogs reload() {
    logs.reload();
    return this;
  }

  List<String> runs() {
    return logs.runs().stream().map(Run::name).toList();
  }

  ScalarPoints points(String run, String tag) {
    return logs.run(run).orElseThrow().scalars(tag).orElseThrow();
  }

  List<Long> steps(String run, String tag) {
    ScalarPoints points = points(run, tag);
    return IntStream.range(0, points.size()).mapToObj(points::step).toList();
  }

  List<Double> values(String run, String tag) {
    ScalarPoints points = points(run, tag);
    return IntStream.range(0, points.size()).mapToObj(points::value).toList();
  }

  /** What is said of a run's files, in the order of their names. */
  List<String> notes(String run) {
    return logs.files().stream()
        .filter(file -> file.run().equals(run))
        .map(EventFileState::note)
        .toList();
  }

  @Override
  public void close() {
    logs.close();
  }
}

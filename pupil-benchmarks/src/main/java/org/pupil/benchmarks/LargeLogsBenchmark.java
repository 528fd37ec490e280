package org.pupil.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** How the board loads as many points and as many runs as somebody may have, beside TensorBoard. */
final class LargeLogsBenchmark {
  private static final int POINT_RUNS = 10;
  private static final int POINT_TAGS = 50;
  private static final int POINT_STEPS = 20_000;
  private static final int RUNS = 2000;
  private static final int RUN_TAGS = 5;
  private static final int RUN_STEPS = 100;
  private static final int STARTS = 3;
  private static final Pattern LAST_TAG = Pattern.compile("\"tag" + (RUN_TAGS - 1) + "\":");

  private final Path checkout;
  private final Path scratch;
  private final Optional<Path> tensorBoard;

  LargeLogsBenchmark(Path checkout, Path scratch, Optional<Path> tensorBoard) {
    this.checkout = checkout;
    this.scratch = scratch;
    this.tensorBoard = tensorBoard;
  }

  List<Row> run() throws Exception {
    return List.of(tenMillionPoints(), thousandsOfRuns());
  }

  /**
   * What a start cost.
   *
   * @param seconds from the start until all was there
   */
  private record Cost(double seconds, long residentBytes) {
    static Cost of(RunningBoard board) {
      return new Cost(board.secondsSinceStart(), board.residentBytes());
    }

    @Override
    public String toString() {
      return Row.seconds(seconds) + ", " + residentBytes / (1 << 20) + " MiB";
    }
  }

  /** Starts a board and works with it. */
  @FunctionalInterface
  private interface Start {
    Cost cost() throws Exception;
  }

  private static Cost median(Start start) throws Exception {
    List<Double> seconds = new ArrayList<>();
    long mostBytes = 0;
    for (int i = 0; i < STARTS; i++) {
      Cost cost = start.cost();
      seconds.add(cost.seconds());
      mostBytes = Math.max(mostBytes, cost.residentBytes());
    }
    return new Cost(Timing.median(seconds), mostBytes);
  }

  private static Row row(String what, Cost ours, Optional<Cost> theirs, String goal) {
    return new Row(
        what,
        ours.toString(),
        theirs.map(cost -> "TensorBoard " + cost).orElse(""),
        theirs
            .map(cost -> String.format(Locale.ROOT, "%.2f", ours.seconds() / cost.seconds()))
            .orElse(""),
        goal);
  }

  private Row tenMillionPoints() throws Exception {
    Path logs = BoardLogs.plainRuns(scratch.resolve("points"), POINT_RUNS, POINT_TAGS, POINT_STEPS);
    Optional<Cost> theirs = Optional.empty();
    if (tensorBoard.isPresent()) {
      Path command = tensorBoard.get();
      theirs = Optional.of(median(() -> sampledPoints(command, logs)));
    }
    return row(
        "board: 10,000,000 points of 50 tags in 10 runs loaded and all served",
        median(() -> allPoints(logs)),
        theirs,
        "< 6 s, < 400 MB");
  }

  private Cost allPoints(Path logs) throws Exception {
    try (RunningBoard board = RunningBoard.start(checkout, logs)) {
      board.awaitLoaded();
      for (int run = 0; run < POINT_RUNS; run++) {
        for (int tag = 0; tag < POINT_TAGS; tag++) {
          byte[] answer = board.get("data/plugin/pupil/points?run=run" + run + "&tag=tag" + tag);
          int points = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt();
          if (points != POINT_STEPS) {
            throw new IOException(points + " points were served, not " + POINT_STEPS);
          }
        }
      }
      return Cost.of(board);
    }
  }

  /** TensorBoard keeps a thousand points of a tag, the last among them. */
  private static Cost sampledPoints(Path command, Path logs) throws Exception {
    String lastStep = " " + (POINT_STEPS - 1) + ",";
    try (RunningBoard board = RunningBoard.startTensorBoard(command, logs)) {
      for (int run = 0; run < POINT_RUNS; run++) {
        for (int tag = 0; tag < POINT_TAGS; tag++) {
          board.await(
              "data/plugin/scalars/scalars?run=run" + run + "&tag=tag" + tag,
              answer -> answer.contains(lastStep));
        }
      }
      return Cost.of(board);
    }
  }

  private Row thousandsOfRuns() throws Exception {
    Path logs = BoardLogs.plainRuns(scratch.resolve("many"), RUNS, RUN_TAGS, RUN_STEPS);
    Predicate<String> isComplete = tags -> LAST_TAG.matcher(tags).results().count() == RUNS;
    Optional<Cost> theirs = Optional.empty();
    if (tensorBoard.isPresent()) {
      Path command = tensorBoard.get();
      theirs =
          Optional.of(
              median(
                  () -> {
                    try (RunningBoard board = RunningBoard.startTensorBoard(command, logs)) {
                      board.await("data/plugin/scalars/tags", isComplete);
                      return Cost.of(board);
                    }
                  }));
    }
    Cost ours =
        median(
            () -> {
              try (RunningBoard board = RunningBoard.start(checkout, logs)) {
                board.awaitLoaded();
                board.await("data/plugin/scalars/tags", isComplete);
                return Cost.of(board);
              }
            });
    return row(
        "board: 2,000 runs of 5 tags of 100 points loaded and listed", ours, theirs, "< 4 s");
  }
}

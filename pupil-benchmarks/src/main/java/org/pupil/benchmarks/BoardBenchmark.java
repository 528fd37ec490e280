package org.pupil.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pupil.log.EventWriter;
import org.pupil.log.SummaryValues;

/** How fast the board starts, loads and answers. */
final class BoardBenchmark {
  private static final int TAGS = 5;
  private static final int STEPS = 200_000;
  private static final int RUNS = 200;
  private static final int GIGABYTE_IN_IMAGES = 1024;
  private static final int STARTS = 5;
  private static final int REQUESTS = 50;

  /** So many come before those that are measured. */
  private static final int WARM_UP_REQUESTS = 200;

  private static final int LIVE_POINTS = 10;

  private final Path checkout;
  private final Path scratch;
  private final Optional<Path> tensorBoard;

  /**
   * @param tensorBoard what to run beside the board, if it is there
   */
  BoardBenchmark(Path checkout, Path scratch, Optional<Path> tensorBoard) {
    this.checkout = checkout;
    this.scratch = scratch;
    this.tensorBoard = tensorBoard;
  }

  List<Row> run() throws Exception {
    List<Row> rows = new ArrayList<>();
    rows.addAll(million(BoardLogs.scalars(scratch.resolve("million"), TAGS, STEPS)));
    rows.add(manyRuns(BoardLogs.runs(scratch.resolve("runs"), RUNS, 3, 1000)));
    rows.addAll(new LargeLogsBenchmark(checkout, scratch, tensorBoard).run());
    rows.add(live(scratch.resolve("live")));
    rows.add(gigabyte(BoardLogs.images(scratch.resolve("gigabyte"), GIGABYTE_IN_IMAGES)));
    return rows;
  }

  private List<Row> million(Path logs) throws Exception {
    List<Double> firstPage = new ArrayList<>();
    List<Double> served = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      try (RunningBoard board = RunningBoard.start(checkout, logs)) {
        board.get("");
        firstPage.add(board.secondsSinceStart());
        board.awaitLoaded();
        for (int tag = 0; tag < TAGS; tag++) {
          checkPoints(board.get(points(tag)), STEPS);
        }
        served.add(board.secondsSinceStart());
      }
    }
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.alone(
            "board: first page, from the launcher's start",
            Row.seconds(Timing.median(firstPage)),
            "< 1 s"));
    rows.add(
        Row.alone(
            "board: 1,000,000 points of 5 tags loaded and all served",
            Row.seconds(Timing.median(served)),
            "< 2 s"));
    try (RunningBoard board = RunningBoard.start(checkout, logs)) {
      board.awaitLoaded();
      rows.add(
          Row.alone(
              "board: 1,000 points of a tag as JSON, warm",
              millis(warmRequest(board, "data/plugin/scalars/scalars?run=.&tag=small")),
              "< 5 ms"));
      rows.add(
          Row.alone(
              "board: 200,000 points of a tag in the compact form",
              millis(medianRequest(board, points(0))),
              "< 100 ms"));
      rows.add(
          Row.alone(
              "board: 200,000 points of a tag as JSON",
              millis(medianRequest(board, "data/plugin/scalars/scalars?run=.&tag=tag0")),
              ""));
      rows.add(
          Row.alone(
              "board: resident memory with the million points",
              board.residentBytes() / (1 << 20) + " MiB",
              "< 250 MB"));
    }
    return rows;
  }

  private static String points(int tag) {
    return "data/plugin/pupil/points?run=.&tag=tag" + tag;
  }

  private static void checkPoints(byte[] answer, int wanted) throws IOException {
    int points = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (points != wanted) {
      throw new IOException(points + " points were served, not " + wanted);
    }
  }

  private static double medianRequest(RunningBoard board, String path) throws Exception {
    return Timing.medianSeconds(REQUESTS, () -> board.get(path));
  }

  private static double warmRequest(RunningBoard board, String path) throws Exception {
    for (int i = 0; i < WARM_UP_REQUESTS; i++) {
      board.get(path);
    }
    return medianRequest(board, path);
  }

  private static String millis(double seconds) {
    return String.format(Locale.ROOT, "%.1f ms", seconds * 1000);
  }

  private Row manyRuns(Path logs) throws Exception {
    List<Double> listed = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      try (RunningBoard board = RunningBoard.start(checkout, logs)) {
        board.awaitLoaded();
        String tags = board.text("data/plugin/scalars/tags");
        if (!tags.contains("\"run199\"")) {
          throw new IOException("not all runs are listed");
        }
        listed.add(board.secondsSinceStart());
      }
    }
    return Row.alone(
        "board: 200 runs of 3 tags of 1,000 points loaded and listed",
        Row.seconds(Timing.median(listed)),
        "< 1 s");
  }

  /** From the writing of a point until the board serves it. */
  private Row live(Path logs) throws Exception {
    SummaryValues values = new SummaryValues();
    List<Double> delays = new ArrayList<>();
    try (EventWriter writer = EventWriter.open(logs, Clock.systemUTC(), "benchmark")) {
      writer.write(0, values.scalar("live", 0));
      try (RunningBoard board = RunningBoard.start(checkout, logs)) {
        board.awaitLoaded();
        for (int step = 1; step <= LIVE_POINTS; step++) {
          Thread.sleep(137L * step); // at another place between two looks each time
          int wanted = step + 1;
          writer.write(step, values.clear().scalar("live", step));
          delays.add(
              Timing.seconds(
                  () -> {
                    while (count(board.get("data/plugin/pupil/points?run=.&tag=live")) < wanted) {
                      Thread.sleep(5);
                    }
                  }));
        }
      }
    }
    delays.sort(null);
    return Row.alone(
        "board: a new point is served, slowest of " + LIVE_POINTS,
        Row.seconds(delays.get(delays.size() - 1)),
        "< 1 s");
  }

  private static int count(byte[] points) {
    return ByteBuffer.wrap(points).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private Row gigabyte(Path logs) throws Exception {
    double bytes = bytes(logs);
    double reading = Timing.seconds(() -> readAll(logs));
    reading = Math.min(reading, Timing.seconds(() -> readAll(logs)));
    try (RunningBoard board = RunningBoard.start(checkout, logs)) {
      board.get("");
      double before = board.secondsSinceStart();
      board.awaitLoaded();
      double loading = board.secondsSinceStart();
      return new Row(
          "board: a log of 1 GB (images), from the start until loaded",
          String.format(
              Locale.ROOT,
              "%.2f s (page after %.2f s), %d MiB",
              loading,
              before,
              board.residentBytes() / (1 << 20)),
          String.format(Locale.ROOT, "reading its files %.2f s", reading),
          String.format(Locale.ROOT, "%.0f MB/s", bytes / 1e6 / loading),
          "disk's speed, heap < 512 MB");
    }
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static void readAll(Path folder) throws IOException {
    byte[] buffer = new byte[1 << 18];
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          while (in.read(buffer) >= 0) {
            // only the reading counts
          }
        }
      }
    }
  }
}

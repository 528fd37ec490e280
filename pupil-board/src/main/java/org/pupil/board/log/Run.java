package org.pupil.board.log;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.pupil.board.log.SeriesTable.Series;
import org.pupil.log.proto.SummaryMetadata;

/**
 * A folder that holds event files, and what was read from them so far. Safe for use by many
 * threads; what it gives out does not change any more.
 */
public final class Run {
  /** The tag under which a run's graph stands, as in TensorBoard. */
  public static final String GRAPH_TAG = "__run_graph__";

  /** The page of graphs. */
  public static final String GRAPHS = "graphs";

  /** The page of what the steps of a session cost. */
  public static final String RUN_METADATA = "graph_tagged_run_metadata";

  private final String name;
  private final Path folder;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final int generation;
  private final int maxTags;
  private final SeriesTable table;
  private double firstWallTime = Double.NaN;
  private boolean hasStarted;
  private boolean hasRemoved;
  private long version;

  /** A run of which nothing is read yet. */
  Run(String name, Path folder, Ledger ledger) {
    this(name, folder, ledger, 0, 0);
  }

  private Run(String name, Path folder, Ledger ledger, int generation, long version) {
    this.name = name;
    this.folder = folder;
    this.generation = generation;
    this.maxTags = ledger.limits().maxTags();
    this.table = new SeriesTable(ledger, generation);
    this.version = version;
  }

  /** The same run, which will be read anew. */
  Run anew(Ledger ledger) {
    return new Run(name, folder, ledger, generation + 1, version() + 1);
  }

  /** Its path below the folder that is watched, {@code .} for that folder itself. */
  public String name() {
    return name;
  }

  public Path folder() {
    return folder;
  }

  /** The time of the first event, in seconds since 1970; empty while there is none. */
  public OptionalDouble firstWallTime() {
    return reading(
        () ->
            Double.isNaN(firstWallTime)
                ? OptionalDouble.empty()
                : OptionalDouble.of(firstWallTime));
  }

  /** Grows whenever something was read. */
  public long version() {
    return reading(() -> version);
  }

  /** The plugins that have a series. */
  public Set<String> plugins() {
    return reading(() -> table.all().stream().map(one -> one.plugin()).collect(Collectors.toSet()));
  }

  /** Whether it has a scalar of more than one point, so that there is a line to draw. */
  public boolean hasCurves() {
    return reading(
        () ->
            table.all().stream()
                .map(Series::values)
                .anyMatch(values -> values instanceof ScalarSeries && values.seen() > 1));
  }

  /** The series of a plugin's page, in the order of their tags. */
  public List<SeriesInfo> series(String plugin) {
    return reading(
        () -> {
          Map<String, SeriesInfo> sorted = new TreeMap<>();
          table
              .byTag()
              .forEach(
                  (tag, one) -> {
                    if (one.plugin().equals(plugin)) {
                      sorted.put(tag, info(tag, one));
                    }
                  });
          return List.copyOf(sorted.values());
        });
  }

  /** What is known of a tag. */
  public Optional<SeriesInfo> info(String tag) {
    return reading(() -> Optional.ofNullable(table.get(tag)).map(one -> info(tag, one)));
  }

  private static SeriesInfo info(String tag, Series one) {
    SummaryMetadata given = one.metadata();
    SummaryMetadata metadata = given == null ? SummaryMetadata.getDefaultInstance() : given;
    ByteString content = metadata.getPluginData().getContent();
    return new SeriesInfo(
        tag,
        one.plugin(),
        metadata.getDisplayName(),
        metadata.getSummaryDescription(),
        content,
        one.values().size(),
        one.values().seen(),
        one.values() instanceof RecordSeries records ? records.mostSamples() : 0);
  }

  /** The points of a scalar; empty if the tag is none. */
  public Optional<ScalarPoints> scalars(String tag) {
    return reading(
        () -> {
          Series one = table.get(tag);
          return one != null && one.values() instanceof ScalarSeries scalars
              ? Optional.of(scalars.points())
              : Optional.empty();
        });
  }

  /** The records of a plugin's tag, by increasing step; empty if the tag is not that plugin's. */
  public List<EventRecord> records(String plugin, String tag) {
    return reading(
        () -> {
          Series one = table.get(tag);
          return one != null
                  && one.values() instanceof RecordSeries records
                  && one.plugin().equals(plugin)
              ? records.records()
              : List.of();
        });
  }

  private <T> T reading(Supplier<T> work) {
    lock.readLock().lock();
    try {
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  // --- for those who read the files ---

  /** Notes what one of its files has. */
  RunRecorder recorder(Path file, WriterTimes times) {
    return new RunRecorder(this, table, times, file);
  }

  /** Adds what was read, so that others see all of it or nothing. */
  void adding(RunRecorder recorder, Runnable work) {
    lock.writeLock().lock();
    try {
      work.run();
    } finally {
      try {
        recorder.settle();
        table.account();
        version++;
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  /** Tells the ledger that it is not kept any more; who still looks at it may go on. */
  void letGo() {
    writing(table::letGo);
  }

  /** The most points of one tag. */
  int longestSeries() {
    return reading(table::longest);
  }

  /** Thins the series that have at least so many points. */
  void thin(int from) {
    writing(
        () -> {
          table.thin(from);
          table.account();
        });
  }

  private void writing(Runnable work) {
    lock.writeLock().lock();
    try {
      work.run();
      version++;
    } finally {
      lock.writeLock().unlock();
    }
  }

  // --- for its recorders, within adding ---

  int maxTags() {
    return maxTags;
  }

  void noteEvent(double wallTime) {
    if (Double.isNaN(firstWallTime)) {
      firstWallTime = wallTime;
    }
  }

  /** Notes that a training run started; returns whether one had before. */
  boolean noteStart() {
    boolean isAgain = hasStarted;
    hasStarted = true;
    return isAgain;
  }

  void noteRemoved() {
    hasRemoved = true;
  }

  /** Whether points were removed because steps went back. */
  boolean hasRemoved() {
    return hasRemoved;
  }
}

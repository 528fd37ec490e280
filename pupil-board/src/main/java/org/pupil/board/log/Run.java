package org.pupil.board.log;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.HashMap;
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
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.SummaryMetadata;

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

  private static final String SCALARS = "scalars";

  private final String name;
  private final Path folder;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, Series> series = new HashMap<>();
  private double firstWallTime = Double.NaN;
  private boolean hasStarted;
  private long version;

  /**
   * One tag.
   *
   * @param values its numbers, or where its records are
   */
  private record Series(String plugin, @Nullable SummaryMetadata metadata, StepSeries values) {}

  Run(String name, Path folder) {
    this.name = name;
    this.folder = folder;
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
    return reading(
        () -> series.values().stream().map(one -> one.plugin).collect(Collectors.toSet()));
  }

  /** The series of a plugin's page, in the order of their tags. */
  public List<SeriesInfo> series(String plugin) {
    return reading(
        () -> {
          Map<String, SeriesInfo> sorted = new TreeMap<>();
          series.forEach(
              (tag, one) -> {
                if (one.plugin.equals(plugin)) {
                  sorted.put(tag, info(tag, one));
                }
              });
          return List.copyOf(sorted.values());
        });
  }

  /** What is known of a tag. */
  public Optional<SeriesInfo> info(String tag) {
    return reading(() -> Optional.ofNullable(series.get(tag)).map(one -> info(tag, one)));
  }

  private static SeriesInfo info(String tag, Series one) {
    SummaryMetadata metadata =
        one.metadata == null ? SummaryMetadata.getDefaultInstance() : one.metadata;
    ByteString content = metadata.getPluginData().getContent();
    return new SeriesInfo(
        tag,
        one.plugin,
        metadata.getDisplayName().isEmpty() ? tag : metadata.getDisplayName(),
        metadata.getSummaryDescription(),
        content,
        one.values.size(),
        one.values.seen(),
        one.values instanceof RecordSeries records ? records.mostSamples() : 0);
  }

  /** The points of a scalar; empty if the tag is none. */
  public Optional<ScalarPoints> scalars(String tag) {
    return reading(
        () -> {
          Series one = series.get(tag);
          return one != null && one.values instanceof ScalarSeries scalars
              ? Optional.of(scalars.points())
              : Optional.empty();
        });
  }

  /** The records of a plugin's tag, by increasing step; empty if the tag is not that plugin's. */
  public List<EventRecord> records(String plugin, String tag) {
    return reading(
        () -> {
          Series one = series.get(tag);
          return one != null
                  && one.values instanceof RecordSeries records
                  && one.plugin.equals(plugin)
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

  /** Adds what was read, so that others see all of it or nothing. */
  void adding(Runnable work) {
    lock.writeLock().lock();
    try {
      work.run();
      version++;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** How many points are in memory. */
  long pointsKept() {
    return reading(() -> series.values().stream().mapToLong(one -> one.values.size()).sum());
  }

  /** The most points of one tag. */
  int longestSeries() {
    return reading(
        () -> series.values().stream().mapToInt(one -> one.values.size()).max().orElse(0));
  }

  /** Thins the series that have at least so many points. */
  void thin(int from) {
    adding(
        () -> {
          for (Series one : series.values()) {
            if (one.values.size() >= from) {
              one.values.thin();
            }
          }
        });
  }

  /** Notes what an event has. To be used within {@link #adding}. */
  final class Recorder implements EventDecoder.Visitor {
    private final Path file;
    private long offset;

    Recorder(Path file) {
      this.file = file;
    }

    /** The next event begins there. */
    void at(long recordOffset) {
      offset = recordOffset;
    }

    @Override
    public void event(double wallTime) {
      if (Double.isNaN(firstWallTime)) {
        firstWallTime = wallTime;
      }
    }

    @Override
    public void started(long step) {
      // The first start is that of the run; any later one goes on from an earlier step.
      if (hasStarted) {
        series.values().forEach(one -> one.values.removeFrom(step));
      }
      hasStarted = true;
    }

    @Override
    public void graph(long step, double wallTime) {
      addRecord(GRAPH_TAG, GRAPHS, null, 0, step, wallTime);
    }

    @Override
    public void runMetadata(String tag, long step, double wallTime) {
      addRecord(tag, RUN_METADATA, null, 0, step, wallTime);
    }

    @Override
    public void scalar(
        String tag, @Nullable SummaryMetadata metadata, long step, double wallTime, float value) {
      Series known = series.get(tag);
      if (known == null) {
        known = new Series(SCALARS, metadata, new ScalarSeries());
        series.put(tag, known);
      }
      if (known.values instanceof ScalarSeries scalars) {
        scalars.add(step, wallTime, value);
      }
    }

    @Override
    public void value(
        String tag,
        String plugin,
        @Nullable SummaryMetadata metadata,
        int samples,
        long step,
        double wallTime) {
      addRecord(tag, plugin, metadata, samples, step, wallTime);
    }

    private void addRecord(
        String tag,
        String plugin,
        @Nullable SummaryMetadata metadata,
        int samples,
        long step,
        double wallTime) {
      Series known = series.get(tag);
      if (known == null) {
        if (plugin.isEmpty()) {
          return; // nobody can show it
        }
        known = new Series(plugin, metadata, new RecordSeries(tag));
        series.put(tag, known);
      }
      // One tag is of one kind: that of its first value.
      if (known.values instanceof RecordSeries records && known.plugin.equals(plugin)) {
        records.add(step, wallTime, file, offset, samples);
      }
    }

    @Override
    public String pluginOf(String tag) {
      Series known = series.get(tag);
      return known == null ? "" : known.plugin;
    }
  }
}

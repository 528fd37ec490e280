package org.pupil.board.log;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the event files below some folders say. {@link #reload} reads what is new; everything else
 * may be called meanwhile, by many threads, and sees what was read so far.
 *
 * <p>Where several event files are in one folder all are read, in the order of their names, as
 * TensorBoard's fast loader does. A file that is damaged is read up to the damage; it keeps no
 * other from being read. A run is gone when its last event file is.
 */
public final class EventLogs implements AutoCloseable {
  /** The file that says which embeddings a run has; that one came or changed is told too. */
  public static final String PROJECTOR_CONFIG = "projector_config.pbtxt";

  private final List<LogRoot> roots;
  private final LogLimits limits;
  private final ExecutorService executor;
  private final Map<String, RunReader> readers = new ConcurrentSkipListMap<>();
  private final AtomicLong version = new AtomicLong();
  private Map<Path, FileTime> projectorConfigs = Map.of();
  private volatile List<String> troubles = List.of();
  private volatile boolean hasLoaded;

  /** Nothing is read yet. */
  public EventLogs(List<LogRoot> roots, LogLimits limits) {
    this.roots = List.copyOf(roots);
    this.limits = limits;
    this.executor =
        Executors.newFixedThreadPool(
            limits.threads(),
            task -> {
              Thread thread = new Thread(task, "event-log-reader");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Where runs are looked for. */
  public List<LogRoot> roots() {
    return roots;
  }

  /**
   * The runs that have an event, in the order of their first events' times, then of their names.
   */
  public List<Run> runs() {
    record Started(Run run, double wallTime) {}
    return readers.values().stream()
        .map(RunReader::run)
        .filter(run -> run.firstWallTime().isPresent())
        .map(run -> new Started(run, run.firstWallTime().getAsDouble()))
        .sorted(Comparator.comparingDouble(Started::wallTime).thenComparing(s -> s.run().name()))
        .map(Started::run)
        .toList();
  }

  /** The run of that name. */
  public Optional<Run> run(String name) {
    return Optional.ofNullable(readers.get(name))
        .map(RunReader::run)
        .filter(run -> run.firstWallTime().isPresent());
  }

  /** How far each event file was read, in the order of runs and files. */
  public List<EventFileState> files() {
    return readers.values().stream().flatMap(reader -> reader.states().stream()).toList();
  }

  /** What keeps something from being read, a sentence each; such as that there is no folder. */
  public List<String> troubles() {
    return troubles;
  }

  /** Whether all that was there at the beginning has been read. */
  public boolean hasLoaded() {
    return hasLoaded;
  }

  /** Grows whenever there is something new. */
  public long version() {
    return version.get();
  }

  /** Looks for new runs and files, and reads all that is new. One thread at a time may do this. */
  public synchronized void reload() {
    FolderScan scan = FolderScan.of(roots);
    boolean newTroubles = !scan.troubles().equals(troubles);
    troubles = List.copyOf(scan.troubles());
    boolean newConfigs = !scan.projectorConfigs().equals(projectorConfigs);
    projectorConfigs = Map.copyOf(scan.projectorConfigs());
    boolean removed = readers.entrySet().removeIf(entry -> isGone(entry, scan));
    List<Future<?>> reading = new ArrayList<>();
    scan.runs()
        .forEach(
            (name, found) -> {
              RunReader reader =
                  readers.computeIfAbsent(name, n -> new RunReader(new Run(n, found.folder())));
              reader.setFiles(found.files());
              reading.add(executor.submit(() -> reader.read(this::readSome)));
            });
    reading.forEach(EventLogs::await);
    boolean first = !hasLoaded;
    hasLoaded = true;
    if (first || removed || newTroubles || newConfigs) {
      version.incrementAndGet();
    }
  }

  /**
   * The event files that are there now, by their folders, without reading them.
   *
   * @param roots where to look
   */
  public static SortedMap<Path, SortedSet<Path>> eventFiles(List<LogRoot> roots) {
    SortedMap<Path, SortedSet<Path>> files = new TreeMap<>();
    FolderScan.of(roots)
        .runs()
        .values()
        .forEach(run -> files.put(run.folder(), new TreeSet<>(run.files().keySet())));
    return files;
  }

  private void readSome() {
    thinIfNeeded();
    version.incrementAndGet();
  }

  private static boolean isGone(Map.Entry<String, RunReader> entry, FolderScan scan) {
    if (scan.runs().containsKey(entry.getKey())) {
      return false;
    }
    entry.getValue().close();
    return true;
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading event files", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a fault while reading event files", e.getCause());
    }
  }

  private void thinIfNeeded() {
    List<Run> runs = readers.values().stream().map(RunReader::run).toList();
    while (runs.stream().mapToLong(Run::pointsKept).sum() > limits.maxPoints()) {
      int longest = runs.stream().mapToInt(Run::longestSeries).max().orElse(0);
      if (longest <= LogLimits.SHORTEST_THINNED) {
        return;
      }
      runs.forEach(run -> run.thin(Math.max(LogLimits.SHORTEST_THINNED, longest / 2)));
    }
  }

  /** Lets go of all files. */
  @Override
  public synchronized void close() {
    executor.shutdownNow();
    readers.values().forEach(RunReader::close);
  }
}

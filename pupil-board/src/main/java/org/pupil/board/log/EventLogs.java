package org.pupil.board.log;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the event files below some folders say. {@link #look} begins to read what is new; everything
 * else may be called meanwhile, by many threads, and sees what was read so far.
 *
 * <p>Where several event files are in one folder all are read, in the order of their names, as
 * TensorBoard's fast loader does. A file that is damaged is read up to the damage; it keeps no
 * other from being read. A run is gone when its last event file is.
 */
public final class EventLogs implements AutoCloseable {
  /** The file that says which embeddings a run has; that one came or changed is told too. */
  public static final String PROJECTOR_CONFIG = "projector_config.pbtxt";

  /** More sentences of one kind would not be read. */
  private static final int MOST_SENTENCES = 20;

  private final List<LogRoot> roots;
  private final Ledger ledger;
  private final ReadingPool pool;
  private final Map<String, RunReader> readers = new ConcurrentSkipListMap<>();
  private final AtomicLong version = new AtomicLong();

  /** What the first look found and has not been read to its end yet. */
  private final Set<RunReader> firstLoad = ConcurrentHashMap.newKeySet();

  private Map<Path, FileTime> projectorConfigs = Map.of();
  private volatile List<PageFile> pages = List.of();
  private final RunStatuses statuses;
  private volatile List<String> troubles = List.of();
  private boolean hasLooked;
  private volatile boolean hasLoaded;

  /**
   * Nothing is read yet.
   *
   * @param clock tells for how long a training run has said nothing
   */
  public EventLogs(List<LogRoot> roots, LogLimits limits, Clock clock) {
    this.statuses = new RunStatuses(clock);
    this.roots = List.copyOf(roots);
    this.ledger = new Ledger(limits);
    this.pool = new ReadingPool(limits.threads());
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

  /** What training runs say of themselves, by the names of their runs; some have no event yet. */
  public Map<String, HeardStatus> statuses() {
    return statuses.all();
  }

  /** HTML files that stand among the event files, in the order of their paths. */
  public List<PageFile> pages() {
    return pages;
  }

  /** How far each event file was read, in the order of runs and files. */
  public List<EventFileState> files() {
    return readers.values().stream().flatMap(reader -> reader.states().stream()).toList();
  }

  /**
   * What keeps something from being read, a sentence each; such as that there is no folder, or that
   * a run has too many tags.
   */
  public List<String> troubles() {
    List<String> all = new ArrayList<>(troubles);
    sentences(EventFileState::isCut).forEach(all::add);
    return all;
  }

  /** What was read and is not shown, a sentence each; such as what a killed training run left. */
  public List<String> notes() {
    return sentences(file -> !file.isCut() && !file.note().isEmpty()).toList();
  }

  private Stream<String> sentences(Predicate<EventFileState> which) {
    return readers.values().stream()
        .flatMap(reader -> reader.states().stream())
        .filter(which)
        .limit(MOST_SENTENCES)
        .map(file -> file.run() + ", " + file.file().getFileName() + ": " + file.note());
  }

  /** Whether all that was there at the beginning has been read. */
  public boolean hasLoaded() {
    return hasLoaded;
  }

  /** Grows whenever there is something new. */
  public long version() {
    return version.get();
  }

  /**
   * Looks for new runs and files, and begins to read all that is new: others read on. One thread at
   * a time may do this.
   *
   * @return how long the look itself took
   */
  public synchronized Duration look() {
    long begin = System.nanoTime();
    FolderScan scan = FolderScan.of(roots);
    boolean newTroubles = !scan.troubles().equals(troubles);
    troubles = List.copyOf(scan.troubles());
    boolean newConfigs = !scan.projectorConfigs().equals(projectorConfigs);
    projectorConfigs = Map.copyOf(scan.projectorConfigs());
    boolean newStatuses = statuses.update(scan.statuses());
    List<PageFile> foundPages = List.copyOf(scan.pages().values());
    boolean newPages = !foundPages.equals(pages);
    pages = foundPages;
    boolean removed = readers.entrySet().removeIf(entry -> isGone(entry, scan));
    List<RunReader> wanted = new ArrayList<>();
    scan.runs()
        .forEach(
            (name, found) -> {
              RunReader reader = readers.computeIfAbsent(name, n -> reader(n, found.folder()));
              if (reader.setFiles(found.files())) {
                wanted.add(reader);
              }
            });
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    boolean first = !hasLooked;
    hasLooked = true;
    if (first) {
      firstLoad.addAll(wanted);
      noteLoaded();
    }
    if (first || removed || newTroubles || newConfigs || newStatuses || newPages) {
      version.incrementAndGet();
    }
    wanted.forEach(reader -> pool.read(reader, this::readSome, () -> readAll(reader)));
    return took;
  }

  /** Looks, and waits until all that is new has been read, or this thread is interrupted. */
  public void reload() {
    look();
    try {
      pool.awaitIdle();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RunReader reader(String name, Path folder) {
    return new RunReader(new Run(name, folder, ledger), ledger);
  }

  private void readAll(RunReader reader) {
    if (firstLoad.remove(reader)) {
      noteLoaded();
    }
  }

  private void noteLoaded() {
    if (firstLoad.isEmpty() && !hasLoaded) {
      hasLoaded = true;
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

  private boolean isGone(Map.Entry<String, RunReader> entry, FolderScan scan) {
    if (scan.runs().containsKey(entry.getKey())) {
      return false;
    }
    entry.getValue().close();
    readAll(entry.getValue());
    return true;
  }

  private void thinIfNeeded() {
    if (!ledger.hasTooManyPoints()) {
      return;
    }
    // One thread at a time: two would thin twice as much.
    synchronized (ledger) {
      List<Run> runs = readers.values().stream().flatMap(one -> one.runs().stream()).toList();
      while (ledger.hasTooManyPoints()) {
        int longest = runs.stream().mapToInt(Run::longestSeries).max().orElse(0);
        if (longest <= LogLimits.SHORTEST_THINNED) {
          return;
        }
        runs.forEach(run -> run.thin(Math.max(LogLimits.SHORTEST_THINNED, longest / 2)));
      }
    }
  }

  /** Ends reading, and lets go of all files. */
  @Override
  public void close() {
    pool.close();
    readers.values().forEach(RunReader::close);
  }
}

package org.pupil.board.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the event files of one run, in the order of their names, each to its end; and again when
 * they have grown, or are others than before.
 */
final class RunReader {
  /** So long a run is read before others have their turn. */
  private static final long TURN_NANOS = 100_000_000;

  private static final System.Logger LOGGER = System.getLogger(RunReader.class.getName());

  private final Ledger ledger;
  private final SortedMap<Path, FileReading> files = new TreeMap<>();
  private WriterTimes times = new WriterTimes();

  /** What is read into; another than the one that is shown while all is read anew. */
  private volatile Run filled;

  private volatile Run shown;
  private volatile List<EventFileState> states = List.of();
  private boolean isClosed;

  RunReader(Run run, Ledger ledger) {
    this.filled = run;
    this.shown = run;
    this.ledger = ledger;
  }

  /** What was read so far; while a run is read anew what it was before. */
  Run run() {
    return shown;
  }

  /** All that takes memory. */
  List<Run> runs() {
    Run filling = filled;
    Run showing = shown;
    return filling == showing ? List.of(showing) : List.of(showing, filling);
  }

  /**
   * Says which event files the folder has now. What was read from one that is gone stays as long as
   * the run has another.
   *
   * @return whether there may be something to read
   */
  synchronized boolean setFiles(SortedMap<Path, FileReading.Found> present) {
    files.forEach((file, reading) -> reading.look(present.get(file)));
    present.forEach(
        (file, found) -> {
          if (!files.containsKey(file)) {
            begin(file, found);
          }
        });
    noteStates();
    return isWanted();
  }

  private void begin(Path file, FileReading.Found found) {
    FileReading reading = new FileReading(filled, file, times);
    reading.look(found);
    files.put(file, reading);
  }

  private boolean isWanted() {
    return files.values().stream().anyMatch(FileReading::isWanted);
  }

  /**
   * Reads what is new, for a while.
   *
   * @param onProgress called when something was read
   * @return whether there is more
   */
  synchronized boolean read(Runnable onProgress) {
    long begin = System.nanoTime();
    while (!isClosed && !Thread.currentThread().isInterrupted()) {
      FileReading next =
          files.values().stream().filter(FileReading::isWanted).findFirst().orElse(null);
      if (next == null) {
        showAll(onProgress);
        return false;
      }
      readSome(next);
      noteStates();
      onProgress.run();
      if (System.nanoTime() - begin > TURN_NANOS) {
        next.close();
        return true;
      }
    }
    return false;
  }

  private void readSome(FileReading reading) {
    try {
      if (reading.isReplaced()) {
        times.forget(reading.file());
        readAnew();
      } else if (!reading.readSome()) {
        reading.close();
      } else if (reading.mustRunBeReadAnew()) {
        readAnew();
      }
    } catch (RuntimeException | StackOverflowError e) {
      LOGGER.log(System.Logger.Level.ERROR, "A fault while reading " + reading.file(), e);
      reading.giveUp("a fault in Pupil: " + e);
    } catch (OutOfMemoryError e) {
      reading.giveUp(
          "there is not enough memory for the rest; PUPIL_JAVA_OPTS=-Xmx2g gives the board more");
    }
  }

  private void readAnew() {
    if (filled != shown) {
      filled.letGo();
    }
    filled = filled.anew(ledger);
    List<FileReading> before = List.copyOf(files.values());
    files.clear();
    for (FileReading reading : before) {
      reading.close();
      if (reading.isPresent()) {
        begin(reading.file(), reading.found());
      }
    }
  }

  private void showAll(Runnable onProgress) {
    Run before = shown;
    if (before != filled) {
      shown = filled;
      before.letGo();
      onProgress.run();
    }
    files.values().forEach(FileReading::close);
    noteStates();
  }

  /** How far each file was read; may be asked by any thread. */
  List<EventFileState> states() {
    return states;
  }

  private void noteStates() {
    List<EventFileState> now = new ArrayList<>();
    for (FileReading reading : files.values()) {
      if (reading.isPresent()) {
        now.add(reading.state());
      }
    }
    states = List.copyOf(now);
  }

  /** Reads no more, and tells the ledger that nothing of this is kept. */
  synchronized void close() {
    isClosed = true;
    files.values().forEach(FileReading::close);
    runs().forEach(Run::letGo);
  }
}

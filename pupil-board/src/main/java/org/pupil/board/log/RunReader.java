package org.pupil.board.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pupil.eventlog.EventReader;

/**
 * Reads the event files of one run, in the order of their names, each to its end; and again when
 * they have grown. Not for use by several threads at once.
 */
final class RunReader {
  /** What was read is shown after so many records, so that others need not wait for the end. */
  private static final int RECORDS_AT_ONCE = 2000;

  private final Run run;
  private final SortedMap<Path, FileReading> files = new TreeMap<>();
  private volatile List<EventFileState> states = List.of();

  /** One file's reader, and why it was given up if it was. */
  private static final class FileReading {
    final EventReader reader;
    final Run.Recorder recorder;
    private String notAnEvent = "";
    private long size = -1;
    private boolean hasChanged;

    FileReading(EventReader reader, Run.Recorder recorder) {
      this.reader = reader;
      this.recorder = recorder;
    }

    void setSize(long now) {
      hasChanged |= now != size;
      size = now;
    }

    EventFileState state(String run, Path file) {
      EventReader.Status status = reader.status();
      boolean isEvents = notAnEvent.isEmpty();
      return new EventFileState(
          run,
          file,
          status.records(),
          status.offset(),
          isEvents ? status.kind() : EventReader.Kind.CORRUPT,
          isEvents ? status.reason() : notAnEvent);
    }

    /** Whether it is worth opening. */
    boolean mayHaveMore() {
      return notAnEvent.isEmpty()
          && (hasChanged || reader.status().kind() == EventReader.Kind.UNREADABLE);
    }
  }

  RunReader(Run run) {
    this.run = run;
  }

  Run run() {
    return run;
  }

  /**
   * Says which event files the folder has now. What was read from one that is gone stays as long as
   * the run has another.
   *
   * @param present with their sizes in bytes
   */
  void setFiles(SortedMap<Path, Long> present) {
    files.entrySet().removeIf(entry -> isGone(entry, present.keySet()));
    present.forEach(
        (file, size) ->
            files
                .computeIfAbsent(file, f -> new FileReading(EventReader.of(f), run.new Recorder(f)))
                .setSize(size));
    noteStates();
  }

  private static boolean isGone(Map.Entry<Path, FileReading> entry, Set<Path> present) {
    if (present.contains(entry.getKey())) {
      return false;
    }
    entry.getValue().reader.close();
    return true;
  }

  /**
   * Reads what is new.
   *
   * @param onProgress called when something was read
   */
  void read(Runnable onProgress) {
    for (FileReading reading : files.values()) {
      if (reading.mayHaveMore()) {
        // Before reading: what is written meanwhile is a change again.
        reading.hasChanged = false;
        while (readSome(reading)) {
          noteStates();
          onProgress.run();
        }
        reading.reader.close();
        noteStates();
      }
    }
  }

  /** Returns whether there was anything. */
  private boolean readSome(FileReading reading) {
    if (!reading.notAnEvent.isEmpty()) {
      return false;
    }
    EventReader reader = reading.reader;
    long recordOffset = reader.offset();
    if (!reader.next()) {
      return false;
    }
    long first = recordOffset;
    run.adding(() -> addRecords(reading, first));
    return true;
  }

  private static void addRecords(FileReading reading, long firstOffset) {
    EventReader reader = reading.reader;
    long offset = firstOffset;
    for (int i = 0; i < RECORDS_AT_ONCE; i++) {
      if (i > 0) {
        offset = reader.offset();
        if (!reader.next()) {
          return;
        }
      }
      reading.recorder.at(offset);
      try {
        EventDecoder.decode(reader.payload(), reading.recorder);
      } catch (IOException e) {
        reading.notAnEvent = "stopped at offset " + offset + ": the record is no event";
        return;
      }
    }
  }

  /** How far each file was read; may be asked by any thread. */
  List<EventFileState> states() {
    return states;
  }

  private void noteStates() {
    List<EventFileState> now = new ArrayList<>();
    files.forEach((file, reading) -> now.add(reading.state(run.name(), file)));
    states = List.copyOf(now);
  }

  void close() {
    files.values().forEach(reading -> reading.reader.close());
  }
}

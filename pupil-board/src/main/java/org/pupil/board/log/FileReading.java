package org.pupil.board.log;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupil.log.EventDecoder;
import org.pupil.log.EventReader;

/**
 * One event file that is being read: where its reader is, and by what it is known again. Not for
 * use by several threads at once.
 */
final class FileReading implements AutoCloseable {
  /** Records are noted in bunches of so many, or of so many bytes, so that others need not wait. */
  private static final int RECORDS_AT_ONCE = 2000;

  private static final long BYTES_AT_ONCE = 8 << 20;

  /**
   * A file as a look finds it.
   *
   * @param key what the file system knows it by (its inode), or null
   */
  record Found(long size, FileTime modified, @Nullable Object key) {
    static Found of(BasicFileAttributes attributes) {
      return new Found(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }
  }

  /** What a record is known by. */
  private record Mark(long offset, int length, int checksum) {}

  private final Run run;
  private final Path file;
  private final RunRecorder recorder;
  private @Nullable EventDecoder decoder;
  private EventReader reader;
  private long recordsBefore;
  private String gaveUp = "";

  private @Nullable Found found;
  private boolean isPresent = true;

  /** There may be something to read. */
  private boolean isWanted;

  /** It must be looked whether this is still the file that was read from. */
  private boolean isDoubtful;

  private boolean hasGrown;
  private @Nullable Mark first;
  private @Nullable Mark last;
  private long sumOfChecksums;

  FileReading(Run run, Path file, WriterTimes times) {
    this.run = run;
    this.file = file;
    this.recorder = run.recorder(file, times);
    this.reader = EventReader.of(file);
  }

  Path file() {
    return file;
  }

  boolean isPresent() {
    return isPresent;
  }

  /** Notes how a look finds the file; null if it is not there. */
  void look(@Nullable Found now) {
    isPresent = now != null;
    if (now == null) {
      reader.close();
      isWanted = false;
      return;
    }
    Found before = found;
    found = now;
    if (!now.equals(before)) {
      isDoubtful |= before != null;
      hasGrown = before == null || now.size() > before.size();
      isWanted = true;
    } else if (reader.status().kind() == EventReader.Kind.UNREADABLE) {
      isWanted = gaveUp.isEmpty();
    }
  }

  boolean isWanted() {
    return isWanted;
  }

  /**
   * Whether another file stands in the place of the one that was read from. One that has only grown
   * is the same, even if it was copied there as a whole.
   */
  boolean isReplaced() {
    if (!isDoubtful) {
      return false;
    }
    isDoubtful = false;
    Mark begin = first;
    Mark end = last;
    if (begin == null || end == null) {
      startAgain(0); // nothing was read
      return false;
    }
    if (!isThere(begin) || !isThere(end) || (!hasGrown && !hasSameRecords())) {
      return true;
    }
    if (reader.status().kind() == EventReader.Kind.CORRUPT || !gaveUp.isEmpty()) {
      startAgain(reader.offset()); // the damage may be mended
    }
    return false;
  }

  private void startAgain(long offset) {
    recordsBefore += reader.status().records();
    reader.close();
    reader = EventReader.of(file, offset);
    gaveUp = "";
  }

  private boolean isThere(Mark mark) {
    try (EventReader there = EventReader.of(file, mark.offset())) {
      return there.next()
          && there.payload().remaining() == mark.length()
          && there.checksum() == mark.checksum();
    }
  }

  private boolean hasSameRecords() {
    long sum = 0;
    try (EventReader all = EventReader.of(file)) {
      while (all.offset() < reader.offset() && all.next()) {
        sum = sum * 31 + all.checksum();
      }
      return all.offset() == reader.offset() && sum == sumOfChecksums;
    }
  }

  /**
   * Reads some records.
   *
   * @return whether there was any
   */
  boolean readSome() {
    long offset = reader.offset();
    if (!gaveUp.isEmpty() || !reader.next()) {
      isWanted = false;
      return false;
    }
    run.adding(recorder, () -> addRecords(offset));
    return true;
  }

  private void addRecords(long firstOffset) {
    EventDecoder into = decoder == null ? new EventDecoder(recorder) : decoder;
    decoder = into;
    long offset = firstOffset;
    for (int i = 0; i < RECORDS_AT_ONCE && offset - firstOffset < BYTES_AT_ONCE; i++) {
      if (i > 0 && !reader.next()) {
        return;
      }
      recorder.at(offset);
      try {
        into.decode(reader.payload());
      } catch (IOException e) {
        giveUp(offset, "the record is no event");
        return;
      }
      mark(offset);
      offset = reader.offset();
    }
  }

  private void mark(long offset) {
    int checksum = reader.checksum();
    last = new Mark(offset, reader.payload().remaining(), checksum);
    first = first == null ? last : first;
    sumOfChecksums = sumOfChecksums * 31 + checksum;
  }

  /** Reads no more of this file, unless it changes. */
  void giveUp(String why) {
    giveUp(reader.offset(), why);
  }

  private void giveUp(long offset, String why) {
    gaveUp = "stopped at offset " + offset + ": " + why;
    isWanted = false;
    reader.close();
  }

  boolean mustRunBeReadAnew() {
    return recorder.mustBeReadAnew();
  }

  EventFileState state() {
    EventReader.Status status = reader.status();
    boolean isEvents = gaveUp.isEmpty();
    return new EventFileState(
        run.name(),
        file,
        recordsBefore + status.records(),
        status.offset(),
        isEvents ? status.kind() : EventReader.Kind.CORRUPT,
        isEvents ? EventFileState.reason(status) : gaveUp,
        recorder.note(),
        recorder.isCut());
  }

  /** What a look found, so that another reading of the same file goes on from there. */
  Found found() {
    return Objects.requireNonNull(found);
  }

  /** Closes the file; {@link #readSome} opens it again. */
  @Override
  public void close() {
    reader.close();
    decoder = null; // it keeps the names of tags
  }
}

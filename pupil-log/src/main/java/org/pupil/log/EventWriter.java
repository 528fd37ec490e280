package org.pupil.log;

import com.google.protobuf.CodedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.SessionLog;
import org.pupil.log.proto.SourceMetadata;

/**
 * Writes one TensorBoard event file: one training run's share of one run, which is a folder. The
 * file is a sequence of records ({@link RecordWriter}), and the payload of each is one serialized
 * {@link Event}.
 *
 * <p>The first event says which format and program wrote it, the second that a session starts at
 * step 0 (so that TensorBoard drops points that an earlier file of the run has), and {@link #close}
 * adds that it stopped.
 *
 * <p>Each record is handed to the operating system before {@link #write} returns. So a reader sees
 * every event at once, nothing waits to be flushed, and a process that is killed has lost no event.
 * (A machine that loses power may lose the last ones.) A disk that is full costs the event that did
 * not fit, never the ones before it. Only what is written by {@link #writeLater} waits, for {@link
 * #flush}.
 *
 * <p>While it is open the file is locked, so that {@link OwnEventFiles} in another process leaves
 * it alone. Several threads may write. A thread that is interrupted while it writes closes the
 * file.
 */
public final class EventWriter implements Closeable {
  /** How {@code source_metadata.writer} of every file written here begins. */
  static final String WRITER = "pupil.summary.writer";

  // Beyond the end of any file: where locks are mandatory (Windows) readers are not kept out.
  static final long LOCK_POSITION = Long.MAX_VALUE - 1;

  private static final int MAX_WRITER_LENGTH = 128;
  private static final int MAX_COUNTER = 10_000;

  private final Path file;
  private final RecordWriter records;
  private final Clock clock;
  private long lastStep;

  private EventWriter(Path file, RecordWriter records, Clock clock) {
    this.file = file;
    this.records = records;
    this.clock = clock;
  }

  /**
   * Makes a new event file in a run folder, and the folder if need be. Other files there stay.
   *
   * @param clock gives the wall time of the events, and the number in the file's name
   * @param version Pupil's version; {@code source_metadata.writer} becomes {@code
   *     pupil.summary.writer VERSION}
   * @throws IOException if the folder or file cannot be made
   */
  public static EventWriter open(Path runDir, Clock clock, String version) throws IOException {
    String writer = WRITER + " " + version;
    if (writer.length() > MAX_WRITER_LENGTH) {
      throw new IllegalArgumentException("version is too long: " + version);
    }
    // A link to a folder is one, but Java 17 would not take it for one that is already there.
    if (!Files.isDirectory(runDir)) {
      Files.createDirectories(runDir);
    }
    EventWriter opened = create(runDir, clock);
    try {
      opened.begin(writer);
      return opened;
    } catch (IOException refusal) {
      try (opened.records) {
        Files.deleteIfExists(opened.file);
      } catch (IOException alsoRefused) {
        refusal.addSuppressed(alsoRefused);
      }
      throw refusal;
    }
  }

  private static EventWriter create(Path runDir, Clock clock) throws IOException {
    Instant now = clock.instant();
    String host = EventFileName.host();
    long pid = ProcessHandle.current().pid();
    for (int counter = 0; ; counter++) {
      Path file = runDir.resolve(EventFileName.of(now, host, pid, counter));
      try {
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock(channel);
        return new EventWriter(file, new RecordWriter(channel), clock);
      } catch (FileAlreadyExistsException taken) {
        if (counter == MAX_COUNTER) {
          throw taken;
        }
      }
    }
  }

  private static void lock(FileChannel channel) {
    try {
      // Held until the channel is closed or the process ends, however it ends. The file is new and
      // nobody else's, so the answer is not needed.
      channel.tryLock(LOCK_POSITION, 1, false);
    } catch (IOException noLocks) {
      // Some network file systems have no locks. Then the file is written without: the lock only
      // keeps a second process, started on the same folder, from replacing a file in use.
      return;
    }
  }

  private synchronized void begin(String writer) throws IOException {
    records.write(
        event(0)
            .setFileVersion("brain.Event:2")
            .setSourceMetadata(SourceMetadata.newBuilder().setWriter(writer))
            .build());
    session(SessionLog.SessionStatus.START, 0);
  }

  /** Whether the file can be found where it is written; it may have been deleted meanwhile. */
  public boolean isThere() {
    return Files.exists(file);
  }

  /** The file that is written. */
  public Path file() {
    return file;
  }

  /**
   * Writes one event with all of the values, at the clock's time; nothing if there are none. Steps
   * of one tag must grow from event to event: TensorBoard drops points at and after a step that
   * comes again.
   *
   * @param step 0 or more
   * @throws IllegalStateException if the file is closed
   * @throws IOException if it cannot be written, for example on a full disk
   */
  public synchronized void write(long step, SummaryValues values) throws IOException {
    writeLater(step, clock.instant(), values);
    flush();
  }

  /**
   * Like {@link #write}, but the event may wait in memory for {@link #flush}, or for the next event
   * that is written at once. To hand thousands of events to the operating system one by one takes
   * as long as to make them.
   *
   * @param time when it happened
   */
  public synchronized void writeLater(long step, Instant time, SummaryValues values)
      throws IOException {
    if (step < 0) {
      throw new IllegalArgumentException("step must not be negative, was " + step);
    }
    if (values.isEmpty()) {
      return;
    }
    // Field by field, without a message: a training run writes thousands of these.
    double wallTime = seconds(time);
    records.writeLater(
        CodedOutputStream.computeDoubleSize(Event.WALL_TIME_FIELD_NUMBER, wallTime)
            + (step == 0 ? 0 : CodedOutputStream.computeInt64Size(Event.STEP_FIELD_NUMBER, step))
            + values.sizeAsField(Event.SUMMARY_FIELD_NUMBER),
        out -> {
          out.writeDouble(Event.WALL_TIME_FIELD_NUMBER, wallTime);
          if (step != 0) { // readers take a number that is left out for 0
            out.writeInt64(Event.STEP_FIELD_NUMBER, step);
          }
          values.writeAsField(Event.SUMMARY_FIELD_NUMBER, out);
        });
    lastStep = Math.max(lastStep, step);
  }

  /**
   * Hands all events of so far to the operating system. Returns at once if that is done.
   *
   * @throws IOException if they cannot be written
   */
  public synchronized void flush() throws IOException {
    records.flush();
  }

  /**
   * Writes the graph that TensorBoard draws for this run. Leave out large constants: the whole
   * graph goes to the page.
   *
   * @throws IllegalStateException if the file is closed
   * @throws IOException if it cannot be written
   */
  public synchronized void graph(GraphDef graph) throws IOException {
    records.write(event(0).setGraphDef(graph.toByteString()).build());
  }

  /**
   * Adds that the session stopped, and closes the file. Does nothing the second time.
   *
   * @throws IOException if that cannot be written; the file is closed all the same
   */
  @Override
  public synchronized void close() throws IOException {
    try (records) {
      if (records.isWritable()) {
        session(SessionLog.SessionStatus.STOP, lastStep);
      }
    }
  }

  private void session(SessionLog.SessionStatus status, long step) throws IOException {
    records.write(event(step).setSessionLog(SessionLog.newBuilder().setStatus(status)).build());
  }

  private Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(seconds(clock.instant())).setStep(step);
  }

  /** Seconds since 1970. */
  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }
}

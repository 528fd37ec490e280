package org.pupil.eventlog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;

/**
 * Writes one TensorBoard event file: one training run's share of one run, which is a folder.
 *
 * <p>The file is a sequence of records, numbers lowest byte first:
 *
 * <pre>
 *   8 bytes  length n of the payload
 *   4 bytes  masked CRC-32C of those 8 bytes
 *   n bytes  payload: one serialized Event
 *   4 bytes  masked CRC-32C of the payload
 * </pre>
 *
 * <p>The first event says which format and program wrote it, the second that a session starts at
 * step 0 (so that TensorBoard drops points that an earlier file of the run has), and {@link #close}
 * adds that it stopped.
 *
 * <p>Each record is put together in memory and handed to the operating system in one call, before
 * {@link #write} returns. So a reader sees every event at once, nothing waits to be flushed, and a
 * process that is killed has lost no event. (A machine that loses power may lose the last ones.) A
 * disk that is full costs the event that did not fit, never the ones before it: the half of a
 * record is taken back.
 *
 * <p>While it is open the file is locked, so that {@link OwnEventFiles} in another process leaves
 * it alone. Several threads may write. A thread that is interrupted while it writes closes the
 * file.
 */
public final class EventWriter implements AutoCloseable {
  /** How {@code source_metadata.writer} of every file written here begins. */
  static final String WRITER = "pupil.summary.writer";

  /** Longest payload that the reader takes. */
  static final int MAX_PAYLOAD = 256 << 20;

  static final int HEADER_SIZE = Long.BYTES + Integer.BYTES;
  static final int FOOTER_SIZE = Integer.BYTES;

  // Beyond the end of any file: where locks are mandatory (Windows) readers are not kept out.
  static final long LOCK_POSITION = Long.MAX_VALUE - 1;

  private static final int MAX_WRITER_LENGTH = 128;
  private static final int MAX_COUNTER = 10_000;

  // The fields of an Event. The generated class would say them too, but to load it and all that it
  // knows of takes longer than to write a thousand steps.
  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_GRAPH_DEF = 4;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION_LOG = 7;
  private static final int EVENT_SOURCE_METADATA = 10;
  private static final int SOURCE_METADATA_WRITER = 1;
  private static final int SESSION_LOG_STATUS = 1;
  private static final int SESSION_START = 1;
  private static final int SESSION_STOP = 2;

  private final Path file;
  private final FileChannel channel;
  private final Clock clock;
  private final WireBuffer record = new WireBuffer();
  private final MaskedCrc crc = new MaskedCrc();
  private long length;
  private long lastStep;

  /** Set when half a record could not be taken back: nothing may follow it. */
  private @Nullable IOException broken;

  private EventWriter(Path file, FileChannel channel, Clock clock) {
    this.file = file;
    this.channel = channel;
    this.clock = clock;
  }

  /**
   * Makes a new event file in a run folder, and the folder if need be. Other files there stay.
   *
   * @param clock gives the wall time of the events, and the number in the file's name
   * @param version Pupil's version; {@code source_metadata.writer} becomes {@code
   *     pupil.summary.writer VERSION}
   * @throws PupilException (unavailable) if the folder or file cannot be made
   */
  public static EventWriter open(Path runDir, Clock clock, String version) {
    String writer = WRITER + " " + version;
    if (writer.length() > MAX_WRITER_LENGTH) {
      throw new IllegalArgumentException("version is too long: " + version);
    }
    EventWriter opened;
    try {
      // A link to a folder is one, but Java 17 would not take it for one that is already there.
      if (!Files.isDirectory(runDir)) {
        Files.createDirectories(runDir);
      }
      opened = create(runDir, clock);
    } catch (IOException refusal) {
      throw PupilException.unavailable(
          "cannot write event files in "
              + runDir
              + ": "
              + FileTrouble.reason(refusal)
              + "; choose another --summaries_dir",
          refusal);
    }
    try {
      opened.begin(writer);
      opened.session(SESSION_START, 0);
      return opened;
    } catch (PupilException refusal) {
      try (opened.channel) {
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
        return new EventWriter(file, channel, clock);
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
   * @throws PupilException (unavailable) if it cannot be written, for example on a full disk
   */
  public synchronized void write(long step, SummaryValues values) {
    if (step < 0) {
      throw new IllegalArgumentException("step must not be negative, was " + step);
    }
    if (values.isEmpty()) {
      return;
    }
    startEvent(step).messageField(EVENT_SUMMARY, values.summary());
    finishRecord();
    lastStep = Math.max(lastStep, step);
  }

  /**
   * Writes an event as it is.
   *
   * @throws IllegalArgumentException if its wall time is not finite: TensorBoard would drop the
   *     rest of the file
   * @throws PupilException (unavailable) if it cannot be written
   */
  public synchronized void write(Event event) {
    if (!Double.isFinite(event.getWallTime())) {
      throw new IllegalArgumentException("wall time must be finite, was " + event.getWallTime());
    }
    byte[] payload = event.toByteArray();
    startRecord().raw(payload, 0, payload.length);
    finishRecord();
    lastStep = Math.max(lastStep, event.getStep());
  }

  /**
   * Writes the graph that TensorBoard draws for this run. Leave out large constants: the whole
   * graph goes to the page.
   */
  public synchronized void graph(GraphDef graph) {
    startEvent(0).bytesField(EVENT_GRAPH_DEF, graph.toByteArray());
    finishRecord();
  }

  /** Adds that the session stopped, and closes the file. Does nothing the second time. */
  @Override
  public synchronized void close() {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      if (broken == null) {
        session(SESSION_STOP, lastStep);
      }
    } catch (IOException refusal) {
      throw cannotWrite(refusal);
    }
  }

  private synchronized void begin(String writer) {
    startEvent(0)
        .stringField(EVENT_FILE_VERSION, "brain.Event:2")
        .messageField(
            EVENT_SOURCE_METADATA, new WireBuffer().stringField(SOURCE_METADATA_WRITER, writer));
    finishRecord();
  }

  private synchronized void session(int status, long step) {
    startEvent(step)
        .messageField(EVENT_SESSION_LOG, new WireBuffer().integerField(SESSION_LOG_STATUS, status));
    finishRecord();
  }

  private double wallTimeSeconds() {
    Instant now = clock.instant();
    return now.getEpochSecond() + now.getNano() / 1e9;
  }

  private WireBuffer startEvent(long step) {
    return startRecord()
        .doubleField(EVENT_WALL_TIME, wallTimeSeconds())
        .integerField(EVENT_STEP, step);
  }

  /** Leaves room for the header. */
  private WireBuffer startRecord() {
    if (!channel.isOpen()) {
      throw new IllegalStateException(file + " is closed");
    }
    return record.clear().fixed64(0).fixed32(0);
  }

  private void finishRecord() {
    int payload = record.size() - HEADER_SIZE;
    if (payload > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "an event must not be longer than " + MAX_PAYLOAD + " bytes, was " + payload);
    }
    record.overwriteFixed64(0, payload);
    record.overwriteFixed32(Long.BYTES, crc.of(record.array(), 0, Long.BYTES));
    record.fixed32(crc.of(record.array(), HEADER_SIZE, payload));
    try {
      append();
    } catch (IOException refusal) {
      throw cannotWrite(refusal);
    }
  }

  private void append() throws IOException {
    if (broken != null) {
      throw broken;
    }
    var bytes = record.written();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException refusal) {
      takeBackHalfARecord(refusal);
      throw refusal;
    }
    length += record.size();
  }

  /** What stands after half a record could never be read. */
  private void takeBackHalfARecord(IOException refusal) {
    try {
      if (channel.isOpen()) {
        channel.truncate(length);
      }
    } catch (IOException alsoRefused) {
      refusal.addSuppressed(alsoRefused);
      broken = refusal;
    }
  }

  private PupilException cannotWrite(IOException refusal) {
    return PupilException.unavailable(
        "cannot write "
            + file
            + ": "
            + FileTrouble.reason(refusal)
            + "; free some space or choose another --summaries_dir",
        refusal);
  }
}

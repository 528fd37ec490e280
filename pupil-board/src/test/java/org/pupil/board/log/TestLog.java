package org.pupil.board.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.SessionLog;
import org.pupil.log.proto.Summary;

/**
 * Event files byte by byte, which Pupil's own writer could not make: damaged, odd, half written.
 */
final class TestLog {
  private TestLog() {}

  static Event version(double wallTime) {
    return Event.newBuilder().setWallTime(wallTime).setFileVersion("brain.Event:2").build();
  }

  static Event start(double wallTime, long step) {
    return Event.newBuilder()
        .setWallTime(wallTime)
        .setStep(step)
        .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START))
        .build();
  }

  static Event scalar(double wallTime, long step, String tag, float value) {
    return event(wallTime, step, Summary.Value.newBuilder().setTag(tag).setSimpleValue(value));
  }

  static Event event(double wallTime, long step, Summary.Value.Builder value) {
    return Event.newBuilder()
        .setWallTime(wallTime)
        .setStep(step)
        .setSummary(Summary.newBuilder().addValue(value))
        .build();
  }

  /** The events as bytes of an event file. */
  static byte[] bytes(Event... events) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Event event : events) {
      out.writeBytes(record(event.toByteArray()));
    }
    return out.toByteArray();
  }

  static byte[] record(byte[] payload) {
    ByteBuffer record = ByteBuffer.allocate(payload.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(payload.length);
    record.putInt(crc(record.array(), 0, 8));
    record.put(payload);
    record.putInt(crc(record.array(), 12, payload.length));
    return record.array();
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
  }

  /** Writes or continues a file {@code events.out.tfevents.NAME} of a run. */
  static Path append(Path run, String name, byte[] bytes) {
    Path file = run.resolve("events.out.tfevents." + name);
    try {
      Files.createDirectories(run);
      Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

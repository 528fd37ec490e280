package org.pupil.log;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.HistogramProto;

/** Records made a second way: with a checksum bit by bit, and payloads by the generated classes. */
final class Records {
  private static final int CASTAGNOLI = 0x82F63B78;

  private Records() {}

  static byte[] record(Event event) {
    return record(event.toByteArray());
  }

  static byte[] record(byte[] payload) {
    return ByteBuffer.allocate(payload.length + 16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(header(payload.length))
        .put(payload)
        .putInt(masked(payload))
        .array();
  }

  /** The twelve bytes before a payload. */
  static byte[] header(long length) {
    ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    byte[] lengthBytes = Arrays.copyOf(header.array(), 8);
    return header.putInt(masked(lengthBytes)).array();
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** The fields that a histogram writes. */
  static byte[] bytes(Histogram histogram) {
    byte[] bytes = new byte[histogram.size()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      histogram.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.checkNoSpaceLeft();
    return bytes;
  }

  /** The same, read again. */
  static HistogramProto proto(Histogram histogram) {
    try {
      return HistogramProto.parseFrom(bytes(histogram));
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All payloads that a new reader finds in a file. */
  static List<byte[]> payloadsOf(Path file) {
    try (EventReader reader = EventReader.of(file)) {
      return remaining(reader);
    }
  }

  /** All events of a file that is sound to its end. */
  static List<Event> eventsOf(Path file) {
    List<Event> events = new ArrayList<>();
    try (EventReader reader = EventReader.of(file)) {
      while (reader.next()) {
        events.add(reader.event().orElseThrow());
      }
      if (reader.status().kind() != EventReader.Kind.AT_END) {
        throw new AssertionError(reader.status());
      }
    }
    return events;
  }

  /** The payloads that a reader finds from where it is. */
  static List<byte[]> remaining(EventReader reader) {
    List<byte[]> payloads = new ArrayList<>();
    while (reader.next()) {
      ByteBuffer payload = reader.payload();
      byte[] copy = new byte[payload.remaining()];
      payload.get(copy);
      payloads.add(copy);
    }
    return payloads;
  }

  static int masked(byte[] bytes) {
    int crc = crc32c(bytes);
    return ((crc >>> 15) | (crc << 17)) + 0xA282EAD8;
  }

  static int crc32c(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ CASTAGNOLI;
      }
    }
    return ~crc;
  }
}

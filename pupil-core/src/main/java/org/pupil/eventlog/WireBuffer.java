package org.pupil.eventlog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of protocol buffer fields, for the few messages that are written thousands of
 * times or for which no generated class exists.
 *
 * <p>The bytes are the ones that the generated classes write, if fields are put in the order of
 * their numbers: a plain number that is zero is left out, as proto3 does.
 */
final class WireBuffer {
  private static final int FIRST_CAPACITY = 1024;
  private static final int MAX_VARINT = 10;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private ByteBuffer buffer = emptied(ByteBuffer.allocate(FIRST_CAPACITY));

  /** Number of bytes written so far. */
  int size() {
    return buffer.position();
  }

  /** The buffer's own array, of which the first {@link #size()} bytes count; until more is put. */
  byte[] array() {
    return buffer.array();
  }

  /** The written bytes as they are now, not copied; good until more is put. */
  ByteBuffer written() {
    return ByteBuffer.wrap(buffer.array(), 0, size());
  }

  /** A copy of the written bytes. */
  byte[] toByteArray() {
    return Arrays.copyOf(buffer.array(), size());
  }

  WireBuffer clear() {
    buffer.clear();
    return this;
  }

  /** Four bytes, lowest first. */
  WireBuffer fixed32(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  /** Eight bytes, lowest first. */
  WireBuffer fixed64(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  /** Eight bytes, lowest first, over what was written at {@code position}. */
  WireBuffer overwriteFixed64(int position, long value) {
    buffer.putLong(position, value);
    return this;
  }

  /** Four bytes, lowest first, over what was written at {@code position}. */
  WireBuffer overwriteFixed32(int position, int value) {
    buffer.putInt(position, value);
    return this;
  }

  WireBuffer raw(byte[] bytes, int from, int length) {
    room(length).put(bytes, from, length);
    return this;
  }

  /** A double that is left out when it is (positive) zero. */
  WireBuffer doubleField(int field, double value) {
    if (Double.doubleToRawLongBits(value) != 0) {
      tag(field, FIXED64);
      room(Double.BYTES).putDouble(value);
    }
    return this;
  }

  /** A float that is written whatever it is: one of a choice (oneof). */
  WireBuffer chosenFloatField(int field, float value) {
    tag(field, FIXED32);
    room(Float.BYTES).putFloat(value);
    return this;
  }

  /** An integer or enum that is left out when it is zero. */
  WireBuffer integerField(int field, long value) {
    if (value != 0) {
      tag(field, VARINT);
      varint(value);
    }
    return this;
  }

  /** The head of a string, message or packed list, whose {@code length} bytes must follow. */
  WireBuffer lengthField(int field, int length) {
    tag(field, LENGTH_DELIMITED);
    varint(length);
    return this;
  }

  /** A string that is left out when it is empty. */
  WireBuffer stringField(int field, String value) {
    return value.isEmpty() ? this : bytesField(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes, a string in UTF-8 or a message; written even if empty. */
  WireBuffer bytesField(int field, byte[] bytes) {
    return lengthField(field, bytes.length).raw(bytes, 0, bytes.length);
  }

  /** A message; written even if empty. */
  WireBuffer messageField(int field, WireBuffer message) {
    return lengthField(field, message.size()).raw(message.array(), 0, message.size());
  }

  /** The first {@code count} doubles as a packed list; left out when there are none. */
  WireBuffer packedDoublesField(int field, double[] values, int count) {
    if (count > 0) {
      int length = Math.multiplyExact(count, Double.BYTES);
      lengthField(field, length);
      room(length).asDoubleBuffer().put(values, 0, count);
      buffer.position(buffer.position() + length);
    }
    return this;
  }

  /** Bytes that a string, message or packed list of {@code length} bytes takes with its head. */
  static int sizeOfLengthField(int field, int length) {
    return sizeOfTag(field) + sizeOfVarint(length) + length;
  }

  /** Bytes that a double takes: none when it is zero. */
  static int sizeOfDoubleField(int field, double value) {
    return Double.doubleToRawLongBits(value) == 0 ? 0 : sizeOfTag(field) + Double.BYTES;
  }

  /** Bytes that a float of a choice takes. */
  static int sizeOfChosenFloatField(int field) {
    return sizeOfTag(field) + Float.BYTES;
  }

  private static int sizeOfTag(int field) {
    return sizeOfVarint((long) field << 3);
  }

  private static int sizeOfVarint(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }

  private void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    ByteBuffer to = room(MAX_VARINT);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      to.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int needed = Math.addExact(buffer.position(), bytes);
      int doubled = buffer.capacity() > Integer.MAX_VALUE / 2 ? needed : 2 * buffer.capacity();
      ByteBuffer larger = emptied(ByteBuffer.allocate(Math.max(needed, doubled)));
      buffer = larger.put(buffer.flip());
    }
    return buffer;
  }

  private static ByteBuffer emptied(ByteBuffer fresh) {
    return fresh.order(ByteOrder.LITTLE_ENDIAN);
  }
}

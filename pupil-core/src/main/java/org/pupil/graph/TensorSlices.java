package org.pupil.graph;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.pupil.errors.PupilException;
import org.pupil.graph.Checkpoint.Entry;
import org.pupil.log.proto.BundleEntryProto;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.log.proto.TensorSliceProto;

/**
 * A part of a variable. Large variables are written to a checkpoint in parts, and a model may read
 * one in other parts than it was written in.
 */
final class TensorSlices {
  /** More axes than any variable has. */
  private static final int MOST_AXES = 8;

  private static final long MOST_BYTES = 512L << 20;

  private final String key;
  private final long[] whole;
  private final Box wanted;
  private final List<TensorSliceProto> stored;
  private final int elementBytes;
  private final Function<String, PupilException> trouble;

  /** A part of a tensor: on each axis from where on, and how long. */
  private static final class Box {
    final long[] starts;
    final long[] lengths;

    Box(int axes) {
      starts = new long[axes];
      lengths = new long[axes];
    }

    boolean liesIn(long[] whole) {
      for (int axis = 0; axis < whole.length; axis++) {
        if (starts[axis] < 0 || lengths[axis] < 0 || starts[axis] > whole[axis] - lengths[axis]) {
          return false;
        }
      }
      return true;
    }
  }

  private TensorSlices(
      Entry entry, BundleEntryProto found, int bytes, Function<String, PupilException> trouble) {
    this.key = entry.key();
    this.trouble = trouble;
    this.stored = found.getSlicesList();
    this.elementBytes = bytes;
    this.whole =
        found.getShape().getDimList().stream().mapToLong(TensorShapeProto.Dim::getSize).toArray();
    long size = bytes;
    for (long length : whole) {
      if (length < 0 || (length > 0 && size > MOST_BYTES / length)) {
        throw trouble.apply(key + " has the shape " + Arrays.toString(whole));
      }
      size *= length;
    }
    if (whole.length > MOST_AXES) {
      throw trouble.apply(key + " has " + whole.length + " axes");
    }
    this.wanted = wanted(entry.slice());
  }

  /**
   * What an entry asks for.
   *
   * @param found what the index says of the whole variable
   * @param trouble makes an exception of a reason
   */
  static TensorSlices of(
      Entry entry, BundleEntryProto found, Function<String, PupilException> trouble) {
    int bytes =
        switch (found.getDtype()) {
          case DT_BOOL, DT_INT8, DT_UINT8 -> 1;
          case DT_HALF, DT_BFLOAT16, DT_INT16, DT_UINT16 -> 2;
          case DT_FLOAT, DT_INT32, DT_UINT32 -> 4;
          case DT_DOUBLE, DT_INT64, DT_UINT64 -> 8;
          default -> throw trouble.apply(entry.key() + " is of type " + found.getDtype());
        };
    return new TensorSlices(entry, found, bytes, trouble);
  }

  /**
   * Reads what TensorFlow writes as {@code 100 32 0,50:-}: the shape of the whole, then for each
   * axis where the part begins and how long it is, or a dash for all of it. Nothing means all.
   */
  private Box wanted(String slice) {
    Box box = new Box(whole.length);
    System.arraycopy(whole, 0, box.lengths, 0, whole.length);
    if (slice.isEmpty()) {
      return box;
    }
    String[] words = slice.split(" ", -1);
    String[] axes = words[words.length - 1].split(":", -1);
    try {
      if (axes.length != whole.length || words.length != whole.length + 1) {
        throw new NumberFormatException(slice);
      }
      for (int axis = 0; axis < axes.length; axis++) {
        if (!axes[axis].equals("-")) {
          String[] numbers = axes[axis].split(",", -1);
          box.starts[axis] = Long.parseLong(numbers[0]);
          box.lengths[axis] = Long.parseLong(numbers[1]);
        }
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw trouble.apply("a part '" + slice + "' of " + key + " cannot be");
    }
    if (!box.liesIn(whole)) {
      throw trouble.apply("a part '" + slice + "' lies outside of " + key);
    }
    return box;
  }

  /** The shape of what is asked for. */
  long[] lengths() {
    return wanted.lengths.clone();
  }

  /** What is asked for, out of the whole variable's bytes. */
  byte[] part(byte[] bytes) {
    if (bytes.length != size(whole)) {
      throw trouble.apply(
          "%s has %d bytes for the shape %s".formatted(key, bytes.length, Arrays.toString(whole)));
    }
    if (Arrays.equals(wanted.lengths, whole)) {
      return bytes;
    }
    byte[] part = new byte[size(wanted.lengths)];
    copy(ByteBuffer.wrap(bytes), ByteBuffer.wrap(part), wanted, true);
    return part;
  }

  /**
   * What is asked for, out of the parts in which the variable was written.
   *
   * @param bytes the content of a part by its key
   */
  byte[] joined(Function<String, byte[]> bytes) {
    long told = stored.stream().mapToLong(slice -> size(stored(slice).lengths)).sum();
    if (told != size(whole)) {
      throw trouble.apply(
          "the parts of %s have %d bytes, not %d".formatted(key, told, size(whole)));
    }
    byte[] all = new byte[size(whole)];
    for (TensorSliceProto slice : stored) {
      Box box = stored(slice);
      byte[] content = bytes.apply(keyOf(slice));
      if (content.length != size(box.lengths)) {
        throw trouble.apply("a part of " + key + " has " + content.length + " bytes");
      }
      copy(ByteBuffer.wrap(all), ByteBuffer.wrap(content), box, false);
    }
    return part(all);
  }

  private Box stored(TensorSliceProto slice) {
    Box box = new Box(whole.length);
    if (slice.getExtentCount() != whole.length) {
      throw trouble.apply("a part of " + key + " has " + slice.getExtentCount() + " axes");
    }
    for (int axis = 0; axis < whole.length; axis++) {
      TensorSliceProto.Extent extent = slice.getExtent(axis);
      box.starts[axis] = extent.getStart();
      box.lengths[axis] = isWhole(extent) ? whole[axis] : extent.getLength();
    }
    if (!box.liesIn(whole)) {
      throw trouble.apply("a part lies outside of " + key);
    }
    return box;
  }

  private static boolean isWhole(TensorSliceProto.Extent extent) {
    return !extent.hasLength() || extent.getLength() < 0;
  }

  private int size(long[] lengths) {
    long size = elementBytes;
    for (long length : lengths) {
      size *= length;
    }
    return (int) size;
  }

  /** Copies a box between the whole tensor and a tensor of the box's size, run by run. */
  private void copy(ByteBuffer all, ByteBuffer part, Box box, boolean toPart) {
    if (part.capacity() == 0) {
      return;
    }
    int axes = whole.length;
    int run = axes == 0 ? elementBytes : Math.toIntExact(box.lengths[axes - 1] * elementBytes);
    long[] index = new long[axes];
    while (part.hasRemaining()) {
      long at = 0;
      for (int axis = 0; axis < axes; axis++) {
        at = at * whole[axis] + box.starts[axis] + index[axis];
      }
      int offset = Math.toIntExact(at * elementBytes);
      if (toPart) {
        part.put(all.slice(offset, run));
      } else {
        byte[] bytes = new byte[run];
        part.get(bytes);
        all.put(offset, bytes);
      }
      for (int axis = axes - 2; axis >= 0 && ++index[axis] == box.lengths[axis]; axis--) {
        index[axis] = 0;
      }
    }
  }

  /**
   * The key of a part, in the encoding that keeps the order of what is encoded
   * (tensorflow/core/util/saved_tensor_slice_util.cc, tensorflow/core/lib/strings/ordered_code.cc).
   */
  private String keyOf(TensorSliceProto slice) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    for (byte next : key.getBytes(StandardCharsets.UTF_8)) {
      out.write(next);
      if (next == 0) {
        out.write(0xff);
      } else if (next == (byte) 0xff) {
        out.write(0);
      }
    }
    out.write(0);
    out.write(1);
    out.write(1);
    out.write(slice.getExtentCount());
    for (TensorSliceProto.Extent extent : slice.getExtentList()) {
      writeNumber(extent.getStart(), out);
      writeNumber(isWhole(extent) ? -1 : extent.getLength(), out);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  /** As many ones in front as there are bytes, then the number; of a negative one all inverted. */
  private static void writeNumber(long number, ByteArrayOutputStream out) {
    long magnitude = number < 0 ? ~number : number;
    int bytes = 1 + (Long.SIZE - Long.numberOfLeadingZeros(magnitude)) / 7;
    if (bytes > Long.BYTES) {
      throw new IllegalArgumentException("a part of " + number + " elements");
    }
    long header = ((0xff00L >> bytes) & 0xff) << ((bytes - 1) * 8);
    long mask = bytes == Long.BYTES ? -1 : (1L << (bytes * 8)) - 1;
    long coded = (number & mask) ^ header;
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (coded >> (i * 8)));
    }
  }
}

package org.pupil.finetuning;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.pupil.bottleneck.ContentHash;
import org.pupil.bottleneck.HalfPrecision;
import org.pupil.errors.PupilException;
import org.pupil.files.Reason;

/**
 * Maps at a cut, kept on the disk so that a network's lower part runs once for each photo: a file
 * for each cut, in half precision.
 *
 * <p>The file begins with {@value #MAGIC}, which tells the version, and the number of floats of a
 * map; then comes a record for each map: the SHA-256 of the photo's bytes, the number of the view,
 * a CRC-32C of the record, and the numbers. All are little-endian. Records are only ever added. A
 * process that dies leaves half a record at most; it and any other damaged record is not there for
 * the next one, and is written over. The file is used by one process at a time.
 */
final class MapFile implements MapSource, AutoCloseable {
  private static final long MAGIC = 0x3153504d4c505550L; // "PUPLMPS1"
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int BEFORE_NUMBERS = ContentHash.BYTES + 2 * Integer.BYTES;

  /** What is mapped into memory at a time; a buffer has at most 2 GiB. */
  private static final long SEGMENT = 1L << 30;

  /** All halves as floats, since maps are read in every epoch. */
  private static final float[] FLOATS = floats();

  /** A map in the file. */
  private record Key(ContentHash content, int view) {}

  private final Path file;
  private final MapShape shape;
  private final FileChannel channel;
  private final int recordBytes;
  private final Map<Key, Long> places = new HashMap<>();
  private final List<MappedByteBuffer> segments = new ArrayList<>();
  private final int recordsInSegment;
  private long records;

  private MapFile(Path file, MapShape shape, FileChannel channel) {
    this.file = file;
    this.shape = shape;
    this.channel = channel;
    this.recordBytes = recordBytes(shape);
    this.recordsInSegment = (int) (SEGMENT / recordBytes);
  }

  private static float[] floats() {
    float[] floats = new float[1 << Short.SIZE];
    for (int bits = 0; bits < floats.length; bits++) {
      short half = (short) bits;
      floats[bits] = HalfPrecision.isFinite(half) ? HalfPrecision.toFloat(half) : Float.NaN;
    }
    return floats;
  }

  /** Bytes that a map takes on the disk. */
  static int recordBytes(MapShape shape) {
    return BEFORE_NUMBERS + shape.floats() * Short.BYTES;
  }

  /**
   * Opens a file, or makes it.
   *
   * @throws PupilException (unavailable) if it cannot be read and written, or another process has
   *     it
   */
  static MapFile open(Path file, MapShape shape) {
    FileChannel channel = null;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        throw PupilException.unavailable(
            file + " is used by another training run: wait for its end");
      }
      MapFile opened = new MapFile(file, shape, channel);
      opened.readHeader();
      opened.index();
      return opened;
    } catch (IOException | RuntimeException e) {
      closeDespite(channel, e);
      throw e instanceof PupilException known
          ? known
          : PupilException.unavailable("cannot use " + file + ": " + Reason.of(e), e);
    }
  }

  private static void closeDespite(FileChannel channel, Exception first) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        first.addSuppressed(e);
      }
    }
  }

  /** A file with another beginning is begun anew: it holds nothing but what can be computed. */
  private void readHeader() throws IOException {
    ByteBuffer header = buffer(HEADER);
    int read = channel.read(header, 0);
    header.flip();
    boolean same = read == HEADER && header.getLong() == MAGIC && header.getInt() == shape.floats();
    if (!same) {
      channel.truncate(0);
      channel.write(buffer(HEADER).putLong(MAGIC).putInt(shape.floats()).flip(), 0);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return buffer(new byte[bytes]);
  }

  /** Finds all whole records up to the first that is damaged, from which on it is written anew. */
  private void index() throws IOException {
    byte[] bytes = new byte[recordBytes];
    ByteBuffer record = buffer(bytes);
    while (channel.read(record.clear(), HEADER + records * recordBytes) == recordBytes) {
      record.position(ContentHash.BYTES);
      int view = record.getInt();
      if (record.getInt() != checksum(bytes)) {
        break;
      }
      byte[] content = new byte[ContentHash.BYTES];
      System.arraycopy(bytes, 0, content, 0, content.length);
      places.put(new Key(ContentHash.fromBytes(content), view), records);
      records++;
    }
    channel.truncate(HEADER + records * recordBytes);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Of all but the checksum itself. */
  private static int checksum(byte[] record) {
    CRC32C checksum = new CRC32C();
    checksum.update(record, 0, ContentHash.BYTES + Integer.BYTES);
    checksum.update(record, BEFORE_NUMBERS, record.length - BEFORE_NUMBERS);
    return (int) checksum.getValue();
  }

  MapShape shape() {
    return shape;
  }

  /** Bytes of all maps that are there. */
  synchronized long bytes() {
    return records * recordBytes;
  }

  /**
   * Forgets all maps. None may have been read since the file was opened.
   *
   * @throws PupilException (unavailable) if the file cannot be written
   */
  synchronized void clear() {
    try {
      channel.truncate(HEADER);
    } catch (IOException e) {
      throw PupilException.unavailable("cannot write " + file + ": " + Reason.of(e), e);
    }
    places.clear();
    records = 0;
  }

  /** Whether a map is there. */
  synchronized boolean has(ContentHash content, int view) {
    return places.containsKey(new Key(content, view));
  }

  /**
   * Keeps a map. What is greater than a half can be becomes the greatest half.
   *
   * @param numbers of which {@code shape.floats()} from {@code offset} on are the map
   * @throws PupilException (unavailable) if it cannot be written
   */
  void put(ContentHash content, int view, float[] numbers, int offset) {
    byte[] bytes = new byte[recordBytes];
    ByteBuffer record = buffer(bytes);
    record.put(content.toBytes()).putInt(view).putInt(0);
    for (int i = 0; i < shape.floats(); i++) {
      record.putShort(HalfPrecision.of(clamped(numbers[offset + i])));
    }
    record.putInt(ContentHash.BYTES + Integer.BYTES, checksum(bytes));
    synchronized (this) {
      try {
        record.flip();
        long at = HEADER + records * recordBytes;
        while (record.hasRemaining()) {
          at += channel.write(record, at);
        }
        places.put(new Key(content, view), records);
        records++;
      } catch (IOException e) {
        throw PupilException.unavailable("cannot write " + file + ": " + Reason.of(e), e);
      }
    }
  }

  private static float clamped(float value) {
    float most = 65504;
    return Math.max(-most, Math.min(most, value));
  }

  @Override
  public void read(ContentHash content, int view, float[][] rows, int first) {
    ByteBuffer record = record(content, view);
    int channels = shape.channels();
    byte[] row = new byte[channels * Short.BYTES];
    record.position(record.position() + BEFORE_NUMBERS);
    for (int place = 0; place < shape.places(); place++) {
      record.get(row);
      float[] to = rows[first + place];
      for (int j = 0; j < channels; j++) {
        to[j] = FLOATS[(row[2 * j] & 0xff) | (row[2 * j + 1] & 0xff) << Byte.SIZE];
      }
    }
  }

  private synchronized ByteBuffer record(ContentHash content, int view) {
    Long place = places.get(new Key(content, view));
    if (place == null) {
      throw new IllegalArgumentException("there is no map of " + content);
    }
    int segment = (int) (place / recordsInSegment);
    int at = (int) (place % recordsInSegment) * recordBytes;
    try {
      while (segments.size() <= segment || segments.get(segment).limit() < at + recordBytes) {
        map(Math.min(segment, segments.size()));
      }
    } catch (IOException e) {
      throw PupilException.unavailable("cannot read " + file + ": " + Reason.of(e), e);
    }
    return segments.get(segment).duplicate().position(at);
  }

  /** Maps what there is of a segment, anew if there was less of it before. */
  private void map(int segment) throws IOException {
    long from = (long) segment * recordsInSegment;
    long count = Math.min(recordsInSegment, records - from);
    MappedByteBuffer mapped =
        channel.map(
            FileChannel.MapMode.READ_ONLY, HEADER + from * recordBytes, count * recordBytes);
    if (segment < segments.size()) {
      segments.set(segment, mapped);
    } else {
      segments.add(mapped);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw PupilException.unavailable("cannot close " + file + ": " + Reason.of(e), e);
    }
  }
}

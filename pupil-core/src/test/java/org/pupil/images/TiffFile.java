package org.pupil.images;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.TreeMap;

/** Writes an uncompressed TIFF of any kind of sample (TIFF 6.0). */
final class TiffFile {
  private static final int HEADER = 8;
  private static final int ENTRY = 12;

  private final ByteOrder order;
  private final int width;
  private final int channels;
  private final TreeMap<Integer, int[]> tags = new TreeMap<>();
  private final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
  private int bits = 8;
  private long pending;
  private int pendingBits;
  private int inRow;

  TiffFile(ByteOrder order, int height, int width, int channels) {
    this.order = order;
    this.width = width;
    this.channels = channels;
    tags.put(256, new int[] {width});
    tags.put(257, new int[] {height});
    tags.put(259, new int[] {1});
    tags.put(262, new int[] {channels < 3 ? 1 : 2});
    tags.put(277, new int[] {channels});
    tags.put(278, new int[] {height});
  }

  TiffFile bits(int each) {
    bits = each;
    return allChannels(258, each);
  }

  /** 1 unsigned, 2 signed, 3 floating-point. */
  TiffFile format(int format) {
    return allChannels(339, format);
  }

  TiffFile compression(int compression) {
    tags.put(259, new int[] {compression});
    return this;
  }

  TiffFile photometric(int photometric) {
    tags.put(262, new int[] {photometric});
    return this;
  }

  TiffFile orientation(int orientation) {
    tags.put(274, new int[] {orientation});
    return this;
  }

  /** 1 premultiplied alpha, 2 alpha, 0 anything else. */
  TiffFile extraSample(int kind) {
    tags.put(338, new int[] {kind});
    return this;
  }

  private TiffFile allChannels(int tag, int value) {
    int[] values = new int[channels];
    Arrays.fill(values, value);
    tags.put(tag, values);
    return this;
  }

  /** The next sample: its lowest bits. */
  void add(long sample) {
    if (bits >= 8 && bits % 8 == 0) {
      for (int i = 0; i < bits / 8; i++) {
        int shift = order == ByteOrder.LITTLE_ENDIAN ? 8 * i : bits - 8 - 8 * i;
        pixels.write((int) (sample >> shift));
      }
    } else {
      pack(sample);
    }
  }

  /** Bits fill bytes from the highest on, and each row begins with a byte of its own. */
  private void pack(long sample) {
    pending = pending << bits | (sample & ((1L << bits) - 1));
    pendingBits += bits;
    if (++inRow == width * channels) {
      inRow = 0;
      int padding = (8 - pendingBits % 8) % 8;
      pending <<= padding;
      pendingBits += padding;
    }
    while (pendingBits >= 8) {
      pendingBits -= 8;
      pixels.write((int) (pending >> pendingBits));
    }
  }

  byte[] bytes() {
    int directory = 2 + (tags.size() + 2) * ENTRY + 4;
    int longValues = tags.values().stream().mapToInt(v -> v.length > 2 ? 2 * v.length : 0).sum();
    int start = HEADER + directory + longValues;
    tags.put(273, new int[] {start});
    tags.put(279, new int[] {pixels.size()});
    ByteBuffer file = ByteBuffer.allocate(start + pixels.size()).order(order);
    file.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'));
    file.put(file.get(0)).putShort((short) 42).putInt(HEADER).putShort((short) tags.size());
    int free = HEADER + directory;
    for (var tag : tags.entrySet()) {
      int[] values = tag.getValue();
      file.putShort(tag.getKey().shortValue());
      if (tag.getKey() == 273 || tag.getKey() == 279) {
        file.putShort((short) 4).putInt(1).putInt(values[0]);
      } else if (values.length <= 2) {
        file.putShort((short) 3).putInt(values.length).putShort((short) values[0]);
        file.putShort((short) (values.length > 1 ? values[1] : 0));
      } else {
        file.putShort((short) 3).putInt(values.length).putInt(free);
        for (int value : values) {
          file.putShort(free, (short) value);
          free += 2;
        }
      }
    }
    file.putInt(0);
    return file.position(start).put(pixels.toByteArray()).array();
  }
}

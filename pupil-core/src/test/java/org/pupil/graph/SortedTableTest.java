package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.pupil.log.MaskedCrc;

/** Tables that no TensorFlow writes. */
class SortedTableTest {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private static void varint(ByteArrayOutputStream to, int value) {
    int rest = value;
    while (rest > 0x7f) {
      to.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    to.write(rest);
  }

  /** A key that goes on where the one before it ended: each is longer by its own part. */
  private static void entry(ByteArrayOutputStream block, int shared, byte[] own, byte[] value) {
    varint(block, shared);
    varint(block, own.length);
    varint(block, value.length);
    block.writeBytes(own);
    block.writeBytes(value);
  }

  /** Appends a block with one place where a key is whole; returns where it is. */
  private byte[] append(ByteArrayOutputStream entries) {
    ByteArrayOutputStream handle = new ByteArrayOutputStream();
    varint(handle, file.size());
    byte[] block =
        ByteBuffer.allocate(entries.size() + 8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(entries.toByteArray())
            .putInt(0)
            .putInt(1)
            .array();
    varint(handle, block.length);
    byte[] checked = Arrays.copyOf(block, block.length + 1);
    file.writeBytes(checked);
    file.writeBytes(
        ByteBuffer.allocate(4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(new MaskedCrc().of(checked, 0, checked.length))
            .array());
    return handle.toByteArray();
  }

  private byte[] tableOf(ByteArrayOutputStream entries) {
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    entry(index, 0, new byte[] {'z'}, append(entries));
    byte[] handle = append(index);
    file.writeBytes(
        ByteBuffer.allocate(48)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[2])
            .put(handle)
            .putLong(40, 0xdb4775248b80fb57L)
            .array());
    return file.toByteArray();
  }

  @Test
  void keysGrowByWhatTheyDiffer() {
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    entry(entries, 0, new byte[] {'a', 'b'}, new byte[] {1});
    entry(entries, 1, new byte[] {'c'}, new byte[] {2, 3});

    assertThat(SortedTable.read(tableOf(entries)))
        .containsOnlyKeys("ab", "ac")
        .containsEntry("ac", new byte[] {2, 3});
  }

  /** A megabyte of such a file could otherwise ask for the copying of many gigabytes. */
  @Test
  void aKeyThatGrowsAndGrowsIsDamage() {
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    byte[] part = new byte[100];
    for (int length = 0; length < 20_000; length += part.length) {
      entry(entries, length, part, new byte[0]);
    }
    byte[] table = tableOf(entries);

    assertThatThrownBy(() -> SortedTable.read(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it is cut off or damaged");
  }
}

package org.pupil.log;

import java.util.zip.CRC32C;

/**
 * The checksum of TensorFlow's files: CRC-32C, turned right by 15 bits, plus a constant.
 *
 * <p>The mask is there because the checksum of data that holds its own checksum is a poor one.
 */
public final class MaskedCrc {
  private static final int DELTA = 0xA282EAD8;

  private final CRC32C crc = new CRC32C();

  /** The masked checksum of {@code length} bytes from {@code from} on. */
  public int of(byte[] bytes, int from, int length) {
    crc.reset();
    crc.update(bytes, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + DELTA;
  }
}

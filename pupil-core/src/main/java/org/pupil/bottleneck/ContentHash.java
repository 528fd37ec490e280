package org.pupil.bottleneck;

import java.nio.ByteBuffer;
import org.pupil.files.Sha256;

/**
 * The SHA-256 of a photo's bytes: photos with equal hashes are the same photo, whatever they are
 * called and wherever they are.
 *
 * <p>The four parts are the 32 bytes of the hash in order, 8 bytes each, big-endian.
 */
public record ContentHash(long first, long second, long third, long fourth) {
  /** Length of the hash in bytes. */
  public static final int BYTES = 32;

  /** The hash of the whole content of a photo's file. */
  public static ContentHash of(byte[] content) {
    return fromBytes(Sha256.digest().digest(content));
  }

  /**
   * A hash from its bytes.
   *
   * @param hash 32 bytes
   */
  public static ContentHash fromBytes(byte[] hash) {
    if (hash.length != BYTES) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + hash.length);
    }
    ByteBuffer parts = ByteBuffer.wrap(hash);
    return new ContentHash(parts.getLong(), parts.getLong(), parts.getLong(), parts.getLong());
  }

  /** A part of it, which is as good as all: made by hand, since a record's own is slow to begin. */
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  /** The 32 bytes of the hash. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** The hash as 64 lower-case hexadecimal digits, as {@code sha256sum} prints it. */
  @Override
  public String toString() {
    return Sha256.hex(toBytes());
  }
}

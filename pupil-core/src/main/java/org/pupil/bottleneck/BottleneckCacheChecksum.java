package org.pupil.bottleneck;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The checksums of the rows. Each covers what was asked for as the asker spelt it, not as the file
 * repeats it: a damaged number of a row, an index or a page that leads to another photo's row is
 * then seen as well as a damaged value.
 *
 * <p>All are CRC-32C of bytes one after the other; numbers are 8 bytes, big-endian, texts UTF-8.
 */
final class BottleneckCacheChecksum {
  private BottleneckCacheChecksum() {}

  /** Of a row of {@code bottleneck_key}: id, floats, SHA-256 of the key. */
  static long ofKey(long id, long floats, ContentHash keyDigest) {
    return of(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(id).putLong(floats).array(),
        keyDigest.toBytes());
  }

  /** Of a row of {@code photo}: size, modified_millis, SHA-256 of the content, path. */
  static long ofPhoto(String path, long size, long modifiedMillis, ContentHash content) {
    return of(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(size).putLong(modifiedMillis).array(),
        content.toBytes(),
        path.getBytes(StandardCharsets.UTF_8));
  }

  /** Of a row of {@code bottleneck}: SHA-256 of the key, SHA-256 of the content, value. */
  static long ofBottleneck(byte[] keyDigest, ContentHash content, byte[] value) {
    return of(keyDigest, content.toBytes(), value);
  }

  /** Of a row of {@code thumbnail} or {@code perceptual_hash}: SHA-256 of the content, value. */
  static long ofPicture(ContentHash content, byte[] value) {
    return of(content.toBytes(), value);
  }

  /** Of a row of {@code near_duplicates}: digest, value. */
  static long ofDerived(ContentHash digest, byte[] value) {
    return of(digest.toBytes(), value);
  }

  private static long of(byte[]... parts) {
    CRC32C crc = new CRC32C();
    for (byte[] part : parts) {
      crc.update(part, 0, part.length);
    }
    return crc.getValue();
  }
}

package org.pupil.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes that splits are made with. */
final class Hash {
  private Hash() {}

  /** The number in the first six bytes of the text's SHA-256, the highest byte first. */
  static long first48BitsOfSha256(String text) {
    return ByteBuffer.wrap(digest("SHA-256", text)).getLong() >>> 16;
  }

  /** The number in the last 27 bits of the text's SHA-1. */
  static int last27BitsOfSha1(String text) {
    byte[] digest = digest("SHA-1", text);
    return ByteBuffer.wrap(digest).getInt(digest.length - Integer.BYTES) & 0x7FFFFFF;
  }

  private static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}

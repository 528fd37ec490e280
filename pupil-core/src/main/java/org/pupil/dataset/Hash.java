package org.pupil.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.pupil.files.Sha256;

/** The hashes that splits, and names of photos without one, are made with. */
final class Hash {
  private Hash() {}

  /** The number in the first six bytes of the text's digest, the highest byte first. */
  static long first48Bits(MessageDigest digest, String text) {
    return ByteBuffer.wrap(digest.digest(text.getBytes(UTF_8))).getLong() >>> 16;
  }

  /** The first 16 hexadecimal digits of the SHA-256. */
  static String shortSha256(byte[] content) {
    return Sha256.of(content).substring(0, 16);
  }

  /** The number in the last 27 bits of the text's SHA-1. */
  static int last27BitsOfSha1(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return ByteBuffer.wrap(digest).getInt(digest.length - Integer.BYTES) & 0x7FFFFFF;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}

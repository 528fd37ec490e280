package org.pupil.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of bytes and files, as 64 lower-case hexadecimal digits. */
public final class Sha256 {
  private static final int BUFFER = 1 << 16;

  private Sha256() {}

  /** The hash of some bytes. */
  public static String of(byte[] bytes) {
    return hex(digest().digest(bytes));
  }

  /**
   * The hash of a file.
   *
   * @throws IOException if it cannot be read, or is no file on a disk
   */
  public static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = InputFile.open(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return hex(digest.digest());
  }

  /** A new digest, for what comes in pieces or is wanted as bytes. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A hash as text. */
  public static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}

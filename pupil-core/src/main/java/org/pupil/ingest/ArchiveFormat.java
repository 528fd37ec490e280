package org.pupil.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.pupil.files.InputFile;

/** What an archive is written in, told by its first bytes: a file's name may lie. */
enum ArchiveFormat {
  ZIP,
  TAR,
  GZIP,
  XZ,
  BZIP2,
  /** Known, not read. */
  SEVEN_ZIP,
  /** Known, not read. */
  RAR,
  /** Known, not read. */
  ZSTANDARD;

  private static final int FIRST_BYTES = 512;

  /**
   * The format that a file begins with; empty if it is none of these.
   *
   * @throws IOException if it cannot be read
   */
  static Optional<ArchiveFormat> of(Path file) throws IOException {
    try (InputStream in = InputFile.open(file)) {
      return of(in.readNBytes(FIRST_BYTES));
    }
  }

  /**
   * The format that bytes begin with.
   *
   * @param first the first 512 bytes, fewer if there are no more
   */
  static Optional<ArchiveFormat> of(byte[] first) {
    String start = new String(first, ISO_8859_1);
    if (start.startsWith("PK\3\4")
        || start.startsWith("PK\5\6")
        || start.startsWith("PK\7\u0008")) {
      return Optional.of(ZIP);
    }
    if (start.startsWith("\u001f\u008b")) {
      return Optional.of(GZIP);
    }
    if (start.startsWith("\u00fd7zXZ\0")) {
      return Optional.of(XZ);
    }
    if (start.startsWith("BZh") && start.startsWith("1AY&SY", 4)) {
      return Optional.of(BZIP2);
    }
    if (start.startsWith("7z\u00bc\u00af'\u001c")) {
      return Optional.of(SEVEN_ZIP);
    }
    if (start.startsWith("Rar!\u001a\7")) {
      return Optional.of(RAR);
    }
    if (start.startsWith("(\u00b5/\u00fd")) {
      return Optional.of(ZSTANDARD);
    }
    return TarArchiveInputStream.matches(first, first.length) ? Optional.of(TAR) : Optional.empty();
  }

  /** Whether it is read; if not, somebody else must unpack it. */
  boolean isRead() {
    return switch (this) {
      case ZIP, TAR, GZIP, XZ, BZIP2 -> true;
      case SEVEN_ZIP, RAR, ZSTANDARD -> false;
    };
  }

  /** What people call it. */
  String spoken() {
    return switch (this) {
      case SEVEN_ZIP -> "7z";
      case ZSTANDARD -> "zst";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }
}

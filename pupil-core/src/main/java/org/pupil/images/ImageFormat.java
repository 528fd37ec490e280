package org.pupil.images;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The formats that can be decoded, told apart by their first bytes: a file's name may lie. */
enum ImageFormat {
  JPEG,
  PNG,
  GIF,
  BMP,
  WEBP,
  TIFF;

  /** The format that the bytes begin with, if it is one of these. */
  static Optional<ImageFormat> of(byte[] bytes) {
    if (startsWith(bytes, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (startsWith(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (startsWith(bytes, 0, "GIF87a") || startsWith(bytes, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (startsWith(bytes, 0, "BM")) {
      return Optional.of(BMP);
    }
    if (startsWith(bytes, 0, "RIFF") && startsWith(bytes, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (startsWith(bytes, 0, "II*\0") || startsWith(bytes, 0, "MM\0*")) {
      return Optional.of(TIFF);
    }
    return Optional.empty();
  }

  /** True for HEIC, HEIF and AVIF, whose files carry their brand after {@code ftyp}. */
  static boolean isHeif(byte[] bytes) {
    if (!startsWith(bytes, 4, "ftyp")) {
      return false;
    }
    return startsWith(bytes, 8, "hei")
        || startsWith(bytes, 8, "hev")
        || startsWith(bytes, 8, "mif1")
        || startsWith(bytes, 8, "msf1")
        || startsWith(bytes, 8, "avif");
  }

  private static boolean startsWith(byte[] bytes, int offset, String latin1) {
    byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < offset + wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[offset + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}

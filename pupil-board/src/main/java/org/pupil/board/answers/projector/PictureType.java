package org.pupil.board.answers.projector;

import java.nio.charset.StandardCharsets;

/** What kind of picture a file is, by its first bytes: never one that could hold a script. */
final class PictureType {
  private PictureType() {}

  static String of(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
      return "image/png";
    }
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return "image/jpeg";
    }
    if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
      return "image/gif";
    }
    return text.startsWith("BM") ? "image/bmp" : "application/octet-stream";
  }
}

package org.pupil.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Reads the names in archives, which may be in any encoding and lead anywhere. */
final class EntryName {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private EntryName() {}

  /** The name leads out of the folder that the archive is unpacked in. */
  static final class OutsideException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** A name's text: UTF-8 if its bytes are that, else in the other encoding. */
  static String decoded(byte[] name, Charset otherwise) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(name))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(name, otherwise);
    }
  }

  /**
   * The name with {@code /} between its parts, without empty ones and {@code .}. A backslash
   * divides parts too: on Windows it does, and there the name must not lead out either.
   *
   * @return empty for the folder itself
   * @throws OutsideException if it is absolute, or a part is {@code ..}
   */
  static String relative(String name) throws OutsideException {
    String slashes = name.replace('\\', '/');
    if (slashes.startsWith("/") || DRIVE.matcher(slashes).matches() || slashes.indexOf('\0') >= 0) {
      throw new OutsideException();
    }
    StringJoiner relative = new StringJoiner("/");
    for (String part : slashes.split("/", -1)) {
      if (part.equals("..")) {
        throw new OutsideException();
      }
      if (!part.isEmpty() && !part.equals(".")) {
        relative.add(part);
      }
    }
    return relative.toString();
  }
}

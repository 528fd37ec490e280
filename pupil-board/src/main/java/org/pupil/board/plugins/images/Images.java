package org.pupil.board.plugins.images;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Summary;

/**
 * The pictures of a value. They are numbered as TensorBoard does: 0 is the width and 1 the height,
 * both in digits, and from {@link #FIRST} on come the pictures.
 */
public final class Images {
  /** The number of the first picture. */
  public static final int FIRST = 2;

  private Images() {}

  /**
   * Reads one of them, of TensorFlow 2's tensor of strings or of TensorFlow 1's single image.
   *
   * @param index may be any number
   * @return empty if there is no such
   */
  public static Optional<ByteString> blob(Summary.Value value, long index) {
    return switch (value.getValueCase()) {
      case TENSOR ->
          value.getTensor().getDtype() == DataType.DT_STRING
                  && index >= 0
                  && index < value.getTensor().getStringValCount()
              ? Optional.of(value.getTensor().getStringVal((int) index))
              : Optional.empty();
      case IMAGE -> blobOfOne(value.getImage(), index);
      default -> Optional.empty();
    };
  }

  private static Optional<ByteString> blobOfOne(Summary.Image image, long index) {
    if (index == 0) {
      return Optional.of(digits(image.getWidth()));
    }
    if (index == 1) {
      return Optional.of(digits(image.getHeight()));
    }
    return index == FIRST ? Optional.of(image.getEncodedImageString()) : Optional.empty();
  }

  private static ByteString digits(int number) {
    return ByteString.copyFromUtf8(Integer.toString(number));
  }

  /**
   * What the bytes are by their beginning: a kind of picture that can do no harm in a page, or
   * {@code application/octet-stream}. SVG is not among them, for it may have scripts.
   */
  public static String contentType(ByteString bytes) {
    if (begins(bytes, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return "image/png";
    }
    if (begins(bytes, 0xff, 0xd8, 0xff)) {
      return "image/jpeg";
    }
    if (begins(bytes, 'G', 'I', 'F', '8', '7', 'a')
        || begins(bytes, 'G', 'I', 'F', '8', '9', 'a')) {
      return "image/gif";
    }
    return begins(bytes, 'B', 'M') ? "image/bmp" : "application/octet-stream";
  }

  private static boolean begins(ByteString bytes, int... beginning) {
    if (bytes.size() < beginning.length) {
      return false;
    }
    for (int i = 0; i < beginning.length; i++) {
      if ((bytes.byteAt(i) & 0xff) != beginning[i]) {
        return false;
      }
    }
    return true;
  }
}

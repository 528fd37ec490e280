package org.pupil.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The small images that src/test/reference/decode_images.py makes. */
final class Pictures {
  /** One of each format and of each way to be decoded. */
  static final List<String> OF_EACH_KIND =
      List.of(
          "rgb420.jpg",
          "progressive.jpg",
          "cmyk.jpg",
          "exif6.jpg",
          "rgb8.png",
          "rgb16.png",
          "palette_alpha.png",
          "interlaced.png",
          "exif6.png",
          "animated.gif",
          "first_frame_smaller.gif",
          "rgb24.bmp",
          "palette8.bmp",
          "rgb.tif",
          "lzw.tif",
          "deflate_rgba.tif",
          "cmyk.tif",
          "jpeg.tif",
          "lossless.webp",
          "lossy.webp",
          "lossy_alpha.webp",
          "animated.webp",
          "exif3.webp");

  private Pictures() {}

  static byte[] read(String name) {
    try (InputStream in = Pictures.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no test resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(String name) {
    return new String(read(name), StandardCharsets.UTF_8).lines().toList();
  }
}

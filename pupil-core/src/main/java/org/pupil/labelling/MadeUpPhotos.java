package org.pupil.labelling;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.pupil.dataset.PhotoSource;
import org.pupil.images.InputSpec;

/**
 * Images for comparing two forms of one model where there are no photos: noise, stripes and a
 * gradient, each with different colours in all channels and not the same from any two sides, so
 * that whatever is mixed up shows.
 */
final class MadeUpPhotos {
  private static final int LARGEST = 255;

  private MadeUpPhotos() {}

  static List<PhotoSource> of(InputSpec size) {
    return List.of(
        photo("noise", size, (x, y) -> (x * 73856093 ^ y * 19349663 ^ x * y * 83492791) >>> 7),
        photo("stripes", size, (x, y) -> (x + 2 * y) / 9 % 2 == 0 ? 0xd06010 : 0x1830a0),
        photo(
            "gradient",
            size,
            (x, y) ->
                (LARGEST * x / size.width()) << 16
                    | (LARGEST * y / size.height()) << 8
                    | (x + 3 * y) % LARGEST));
  }

  private static PhotoSource photo(String name, InputSpec size, IntBinaryOperator colour) {
    BufferedImage image =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        image.setRGB(x, y, colour.applyAsInt(x, y));
      }
    }
    return PhotoSource.image(name, image);
  }
}

package org.pupil.images;

import java.util.OptionalInt;
import org.pupil.dataset.UndecodableImageException;

/**
 * The quality that a JPEG was saved with, as libjpeg and most programs count it: 1 to 100 stretches
 * the table of ITU T.81, annex K.1, by a factor, which is found again here. Programs with tables of
 * their own get the number of the libjpeg table that is as coarse.
 */
final class JpegQuality {
  /** Of the brightness, in the zigzag order of files. */
  private static final int[] STANDARD = {
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, //
    26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51, //
    56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, //
    95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99
  };

  /** What would be larger is cut to this, so it does not tell the factor. */
  private static final int LARGEST = 255;

  private JpegQuality() {}

  /**
   * The quality of a table.
   *
   * @param tables a segment of quantisation tables, of which the first is looked at
   * @return 1 to 100; empty if the table is cut off
   */
  static OptionalInt of(HeaderBytes tables) {
    try {
      boolean wide = tables.uint8(0) >>> 4 != 0;
      double found = 0;
      double standard = 0;
      for (int i = 0; i < STANDARD.length; i++) {
        int value = wide ? tables.uint16(1 + 2L * i) : tables.uint8(1L + i);
        if (value < LARGEST) {
          found += value;
          standard += STANDARD[i];
        }
      }
      if (standard == 0) {
        return OptionalInt.of(1);
      }
      double percent = 100 * found / standard;
      double quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
      return OptionalInt.of((int) Math.max(1, Math.min(100, Math.round(quality))));
    } catch (UndecodableImageException e) {
      return OptionalInt.empty();
    }
  }
}

package org.pupil.images;

import java.awt.image.Raster;
import org.pupil.dataset.UndecodableImageException;

/**
 * Makes levels of 0 to 255 of the numbers of a TIFF file as they are stored, linearly: the least
 * that the kind of number can be becomes 0, the most 255. Of integers the high eight bits are kept,
 * as TensorFlow does; floating-point numbers must be from 0 to 1.
 */
final class TiffPixels {
  private final Raster raster;
  private final TiffSamples kind;
  private final int width;
  private final int bands;
  private final int colours;
  private final double[] numbers;
  private final int[] levels;

  private TiffPixels(Raster raster, TiffSamples kind) {
    this.raster = raster;
    this.kind = kind;
    this.width = raster.getWidth();
    this.bands = raster.getNumBands();
    this.colours = kind.colours();
    this.numbers = new double[width * bands];
    this.levels = new int[width * bands];
  }

  /**
   * The pixels as they are seen.
   *
   * @return RGB, row-major
   * @throws UndecodableImageException if the numbers are no picture when they are scaled like this
   */
  static byte[] rgb(Raster raster, TiffSamples kind, Alpha alpha) throws UndecodableImageException {
    TiffPixels pixels = new TiffPixels(raster, kind);
    pixels.checkRange();
    return pixels.rgb(alpha);
  }

  /**
   * A picture of 32-bit integers often has the numbers 0 to 255 in them, and would be black; one of
   * floating-point numbers anything.
   */
  private void checkRange() throws UndecodableImageException {
    boolean isFloat = kind.format() == TiffSamples.FLOAT;
    if (!isFloat && kind.format() != TiffSamples.SIGNED && kind.bits() <= 16) {
      return;
    }
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int y = 0; y < raster.getHeight(); y++) {
      read(y);
      for (int i = 0; i < numbers.length; i++) {
        if (i % bands < colours) {
          double number = isFloat ? numbers[i] : integer(numbers[i]);
          if (Double.isNaN(number)) {
            throw TiffSamples.unsupported("floating-point values that are no numbers");
          }
          least = Math.min(least, number);
          most = Math.max(most, number);
        }
      }
    }
    if (isFloat && (least < 0 || most > 1)) {
      throw TiffSamples.unsupported(
          "floating-point numbers from %s to %s (only 0 to 1 are)"
              .formatted((float) least, (float) most));
    }
    if (!isFloat && level(least) == level(most)) {
      throw TiffSamples.unsupported(
          "%d-bit integers that all lie from %d to %d"
              .formatted(kind.bits(), (long) least, (long) most));
    }
  }

  private byte[] rgb(Alpha alpha) {
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, raster.getHeight()), 3)];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      read(y);
      for (int i = 0; i < numbers.length; i++) {
        double number = kind.format() == TiffSamples.FLOAT ? numbers[i] : integer(numbers[i]);
        levels[i] = level(number);
      }
      for (int from = 0; from < levels.length; from += bands, to += 3) {
        see(from, alpha);
        kind.mixing().mix(levels, from, rgb, to);
      }
    }
    return rgb;
  }

  private void read(int y) {
    raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, numbers);
  }

  /** The integer that was written: Java hands out all 32 bits as signed ones. */
  private double integer(double stored) {
    if (kind.format() == TiffSamples.SIGNED && kind.bits() == 8) {
      return (byte) (int) stored;
    }
    return kind.format() == TiffSamples.UNSIGNED && stored < 0 ? stored + 0x1p32 : stored;
  }

  private int level(double number) {
    if (kind.format() == TiffSamples.FLOAT) {
      return (int) Math.max(0, Math.min(255, Math.rint(number * 255)));
    }
    int bits = kind.bits();
    long value = (long) number + (kind.format() == TiffSamples.SIGNED ? 1L << (bits - 1) : 0);
    return (int) (bits < 8 ? value * 255 / ((1 << bits) - 1) : value >> (bits - 8));
  }

  /** Turns the levels of a pixel into those of its colours on white, or without alpha. */
  private void see(int from, Alpha alpha) {
    int opacity = kind.hasAlpha() ? levels[from + kind.alphaBand()] : 255;
    for (int i = from; i < from + colours; i++) {
      int level = levels[i];
      if (kind.premultiplied()) {
        level = opacity == 0 ? 0 : Math.min(255, (level * 255 + opacity / 2) / opacity);
      }
      if (kind.photometric() == TiffSamples.WHITE_IS_ZERO) {
        level = 255 - level;
      }
      levels[i] = kind.photometric() == TiffSamples.CMYK ? level : alpha.seen(level, opacity);
    }
  }
}

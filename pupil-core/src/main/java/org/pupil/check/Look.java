package org.pupil.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.images.ThumbnailMaker;

/**
 * What a photo looks like from afar.
 *
 * @param brightness the mean, 0 to 255
 * @param contrast the greatest standard deviation of brightness, blueness and redness, in levels of
 *     255; 0 is one colour
 * @param border the colour of a border of one colour, roughly, and on which sides it is; empty if
 *     there is none
 */
record Look(double brightness, double contrast, Optional<String> border) {
  private static final int SIDE = ThumbnailMaker.SIDE;

  /** What JPEG does to a border of one colour. */
  private static final float WITHIN = 12;

  /** How much of a border must be of its colour. */
  private static final double MOST_OF_IT = 0.9;

  /** Levels of a colour that are told apart: coarse, so that one border is one colour. */
  private static final int COARSE = 32;

  private static final int[] TOP_AND_BOTTOM =
      IntStream.range(0, SIDE).flatMap(i -> IntStream.of(i, (SIDE - 1) * SIDE + i)).toArray();
  private static final int[] LEFT_AND_RIGHT =
      IntStream.range(0, SIDE).flatMap(i -> IntStream.of(i * SIDE, i * SIDE + SIDE - 1)).toArray();

  /**
   * Looks at a thumbnail.
   *
   * @param channels brightness, blueness and redness, as {@link
   *     org.pupil.images.ThumbnailReader#channels} gives them
   */
  static Look of(float[][] channels) {
    double contrast = 0;
    for (float[] channel : channels) {
      contrast = Math.max(contrast, deviation(channel));
    }
    return new Look(mean(channels[0]), contrast, border(channels));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }

  private static Optional<String> border(float[][] channels) {
    Optional<String> rows = colour(channels, TOP_AND_BOTTOM);
    Optional<String> columns = colour(channels, LEFT_AND_RIGHT);
    if (rows.isPresent() && rows.equals(columns)) {
      return rows.map(colour -> colour + " all around");
    }
    return rows.isPresent()
        ? rows.map(colour -> colour + " above and below")
        : columns.map(colour -> colour + " left and right");
  }

  /** The one colour of some pixels, roughly. */
  private static Optional<String> colour(float[][] channels, int[] pixels) {
    StringBuilder colour = new StringBuilder();
    for (float[] channel : channels) {
      float[] values = new float[pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        values[i] = channel[pixels[i]];
      }
      Arrays.sort(values);
      float median = values[values.length / 2];
      long near =
          IntStream.range(0, values.length)
              .filter(i -> Math.abs(values[i] - median) <= WITHIN)
              .count();
      if (near < MOST_OF_IT * values.length) {
        return Optional.empty();
      }
      colour.append(String.format(Locale.ROOT, "%x", Math.round(median / COARSE)));
    }
    return Optional.of(colour.toString());
  }
}

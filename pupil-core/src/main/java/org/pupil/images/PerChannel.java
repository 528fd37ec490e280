package org.pupil.images;

import org.jspecify.annotations.Nullable;

/** A number for each channel of an image. */
public record PerChannel(float red, float green, float blue) {
  private static final int CHANNELS = 3;

  /** The same number for all channels. */
  public static PerChannel of(float value) {
    return new PerChannel(value, value, value);
  }

  /**
   * Reads {@code 127.5}, which is for all channels, or {@code 123.675,116.28,103.53}.
   *
   * @throws NumberFormatException if it is neither
   */
  public static PerChannel parse(String text) {
    String[] numbers = text.split(",", -1);
    if (numbers.length == 1) {
      return of(Float.parseFloat(text));
    }
    if (numbers.length != CHANNELS) {
      throw new NumberFormatException(text);
    }
    return new PerChannel(
        Float.parseFloat(numbers[0]), Float.parseFloat(numbers[1]), Float.parseFloat(numbers[2]));
  }

  /** Whether all channels have the same number. */
  public boolean isUniform() {
    return Float.compare(red, green) == 0 && Float.compare(red, blue) == 0;
  }

  /** Whether all numbers are finite. */
  public boolean isFinite() {
    return Float.isFinite(red) && Float.isFinite(green) && Float.isFinite(blue);
  }

  /** Whether a channel has the number. */
  public boolean has(float value) {
    return red == value || green == value || blue == value;
  }

  /** The numbers of red, green and blue, or the one that all have. */
  public float[] shortest() {
    return isUniform() ? new float[] {red} : all();
  }

  /** The numbers of red, green and blue. */
  public float[] all() {
    return new float[] {red, green, blue};
  }

  /** By plain code, as {@link InputSpec#equals} is. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PerChannel that
        && Float.compare(red, that.red) == 0
        && Float.compare(green, that.green) == 0
        && Float.compare(blue, that.blue) == 0;
  }

  @Override
  public int hashCode() {
    return (Float.hashCode(red) * 31 + Float.hashCode(green)) * 31 + Float.hashCode(blue);
  }

  /** As {@link #parse} reads it: one number where all channels have the same. */
  @Override
  public String toString() {
    return isUniform() ? Float.toString(red) : red + "," + green + "," + blue;
  }
}

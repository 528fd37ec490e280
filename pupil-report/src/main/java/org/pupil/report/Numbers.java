package org.pupil.report;

import java.util.Locale;
import org.pupil.evaluation.Score;

/** Numbers as they stand in a report. */
public final class Numbers {
  private Numbers() {}

  /** A proportion, as {@code 93.2 %}; a dash if there is none. */
  public static String percent(double proportion) {
    return Double.isNaN(proportion) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * proportion);
  }

  /** The interval of a proportion, as {@code 88.1 to 96.0 %}; empty if there is none. */
  public static String percentInterval(Score score) {
    return Double.isNaN(score.low())
        ? ""
        : String.format(Locale.ROOT, "%.1f to %.1f %%", 100 * score.low(), 100 * score.high());
  }

  /** A number with three digits after the point; a dash if there is none. */
  public static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** The interval of a number; empty if there is none. */
  public static String interval(Score score) {
    return Double.isNaN(score.low())
        ? ""
        : String.format(Locale.ROOT, "%.3f to %.3f", score.low(), score.high());
  }

  /** {@code 1 photo}, {@code 2 photos}. */
  public static String photos(int count) {
    return String.format(Locale.ROOT, count == 1 ? "%,d photo" : "%,d photos", count);
  }
}

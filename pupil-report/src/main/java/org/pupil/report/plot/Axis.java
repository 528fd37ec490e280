package org.pupil.report.plot;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * From values to places in a plot, evenly.
 *
 * @param label what the values are, for people
 * @param least the value at the beginning
 * @param most the value at the end, greater than {@code least}
 * @param unit how values are written
 */
public record Axis(String label, double least, double most, Unit unit) {
  private static final int PARTS = 5;

  /** How the values of an axis are written. */
  public enum Unit {
    /** A proportion of 0 to 1, as {@code 80 %}. */
    PERCENT("%.0f %%", 100),
    /** Whole numbers, such as photos. */
    COUNT("%,.0f", 1);

    private final String format;
    private final double times;

    Unit(String format, double times) {
      this.format = format;
      this.times = times;
    }

    String text(double value) {
      return String.format(Locale.ROOT, format, value * times);
    }
  }

  /**
   * A value that is written at an axis.
   *
   * @param share its place, 0 (the beginning) to 1
   */
  public record Tick(double share, String text) {}

  public Axis {
    if (!(least < most) || !Double.isFinite(most - least)) {
      throw new IllegalArgumentException("an axis cannot go from " + least + " to " + most);
    }
  }

  /** Proportions from 0 to 1. */
  public static Axis percent(String label) {
    return new Axis(label, 0, 1, Unit.PERCENT);
  }

  /** Where a value lies: 0 (the beginning) to 1; values beyond the ends lie at the ends. */
  public double share(double value) {
    return Math.min(1, Math.max(0, (value - least) / (most - least)));
  }

  /** Six values from one end to the other; fewer where two would be written alike. */
  public List<Tick> ticks() {
    return IntStream.rangeClosed(0, PARTS)
        .mapToObj(i -> tick(least + (most - least) * i / PARTS))
        .filter(distinctTexts())
        .toList();
  }

  private Tick tick(double value) {
    double written = unit == Unit.COUNT ? Math.rint(value) : value;
    return new Tick(share(written), unit.text(written));
  }

  private static Predicate<Tick> distinctTexts() {
    Set<String> seen = new HashSet<>();
    return tick -> seen.add(tick.text());
  }
}

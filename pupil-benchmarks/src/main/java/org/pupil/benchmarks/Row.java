package org.pupil.benchmarks;

import java.util.Locale;

/**
 * A line of the table.
 *
 * @param what what was measured
 * @param figure the figure, with its unit
 * @param against what it is compared with, with its unit; empty if with nothing
 * @param ratio figure by comparison, as text; empty if there is none
 * @param goal what was aimed at; empty if nothing
 */
record Row(String what, String figure, String against, String ratio, String goal) {
  private static final String FORMAT = "| %s | %s | %s | %s | %s |";

  static String header() {
    return FORMAT.formatted("what", "measured", "against", "ratio", "goal")
        + "\n|---|---:|---:|---:|---|";
  }

  /** A figure that stands alone. */
  static Row alone(String what, String figure, String goal) {
    return new Row(what, figure, "", "", goal);
  }

  /** A rate against another rate, in the same unit. */
  static Row rate(String what, double rate, double limit, String limitName, String goal) {
    return new Row(
        what,
        perSecond(rate),
        limitName + " " + perSecond(limit),
        String.format(Locale.ROOT, "%.2f", rate / limit),
        goal);
  }

  /** A time against another time. */
  static Row time(String what, double seconds, double limit, String limitName, String goal) {
    return new Row(
        what,
        seconds(seconds),
        limitName + " " + seconds(limit),
        String.format(Locale.ROOT, "%.2f", seconds / limit),
        goal);
  }

  static String perSecond(double rate) {
    return String.format(Locale.ROOT, rate < 1000 ? "%.1f/s" : "%,.0f/s", rate);
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }

  @Override
  public String toString() {
    return FORMAT.formatted(what, figure, against, ratio, goal);
  }
}

package org.pupil.app;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A line that the program printed, to compare with one that it printed elsewhere. */
record OutputLine(String text) {
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
  private static final Pattern DECIMAL = Pattern.compile("\\d+\\.\\d+");

  /** What is only printed when the work takes long. */
  private static final Pattern PROGRESS = Pattern.compile("(Bottlenecks|Downloading): \\d.*");

  private static final double ABSOLUTE = 0.02;
  private static final double RELATIVE = 0.02;

  /** The lines without those that depend on how fast the machine is. */
  static List<OutputLine> of(List<String> printed) {
    return printed.stream()
        .filter(line -> !PROGRESS.matcher(line).matches())
        .map(OutputLine::new)
        .toList();
  }

  /**
   * Whether the other line says the same: times may differ, and numbers with a decimal point by as
   * much as processors do, 0.02 or 2 %.
   */
  boolean isNear(OutputLine other) {
    String mine = TIME.matcher(text).replaceAll("TIME");
    String theirs = TIME.matcher(other.text).replaceAll("TIME");
    if (!DECIMAL.matcher(mine).replaceAll("#").equals(DECIMAL.matcher(theirs).replaceAll("#"))) {
      return false;
    }
    List<Double> a = decimals(mine);
    List<Double> b = decimals(theirs);
    for (int i = 0; i < a.size(); i++) {
      double tolerance = Math.max(ABSOLUTE, RELATIVE * Math.abs(a.get(i)));
      if (Math.abs(a.get(i) - b.get(i)) > tolerance) {
        return false;
      }
    }
    return true;
  }

  private static List<Double> decimals(String text) {
    return DECIMAL.matcher(text).results().map(MatchResult::group).map(Double::valueOf).toList();
  }
}

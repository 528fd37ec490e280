package org.pupil.program;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Compares what a document shows with what happened. Few things may differ:
 *
 * <ol>
 *   <li>a time of the form {@code 2026-11-24 12:21:16.215050} is as good as any other;
 *   <li>so is a number before {@code ms}, {@code s}, {@code s left}, {@code photos/s}, {@code
 *       MB/s}, {@code a second}, {@code seconds} or {@code minutes};
 *   <li>so is what stands after {@code events.out.tfevents.} in the name of an event file;
 *   <li>lines of progress do not count: they are printed where the work takes long;
 *   <li>numbers with three or more decimals are equal if they are within 0.002 of each other, since
 *       another processor computes other last digits;
 *   <li>white space at the end of a line, and empty lines at the end, do not count;
 *   <li>{@code ...} alone on a line stands for any number of lines.
 * </ol>
 */
final class SessionOutput {
  private static final String ANY_LINES = "...";
  private static final double CLOSE = 0.002;

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?");
  private static final Pattern DURATION =
      Pattern.compile(
          "\\d+(\\.\\d+)?(?= ?(ms|s|s left|photos/s|MB/s|a second|seconds|minutes)\\b)");
  private static final Pattern EVENT_FILE = Pattern.compile("events\\.out\\.tfevents\\.\\S+");
  private static final Pattern PROGRESS = Pattern.compile("(Bottlenecks|Downloading): \\d.*");
  private static final Pattern LONG_NUMBER = Pattern.compile("\\d+\\.\\d{3,}");

  private SessionOutput() {}

  /** Whether the lines of a document stand for those that were printed. */
  static boolean matches(List<String> shown, List<String> printed) {
    return linesMatch(
        shown, printed.stream().filter(line -> !PROGRESS.matcher(line).matches()).toList());
  }

  private static boolean linesMatch(List<String> shown, List<String> printed) {
    if (shown.isEmpty()) {
      return printed.stream().allMatch(String::isBlank);
    }
    List<String> restShown = shown.subList(1, shown.size());
    if (shown.get(0).strip().equals(ANY_LINES)) {
      for (int skipped = 0; skipped <= printed.size(); skipped++) {
        if (linesMatch(restShown, printed.subList(skipped, printed.size()))) {
          return true;
        }
      }
      return false;
    }
    return !printed.isEmpty()
        && lineMatches(shown.get(0), printed.get(0))
        && linesMatch(restShown, printed.subList(1, printed.size()));
  }

  static boolean lineMatches(String shown, String printed) {
    String a = normalised(shown);
    String b = normalised(printed);
    if (!LONG_NUMBER.matcher(a).replaceAll("#").equals(LONG_NUMBER.matcher(b).replaceAll("#"))) {
      return false;
    }
    List<Double> numbersA = longNumbers(a);
    List<Double> numbersB = longNumbers(b);
    for (int i = 0; i < numbersA.size(); i++) {
      if (Math.abs(numbersA.get(i) - numbersB.get(i)) > CLOSE) {
        return false;
      }
    }
    return true;
  }

  private static String normalised(String line) {
    String text = TIME.matcher(line.stripTrailing()).replaceAll("TIME");
    text = EVENT_FILE.matcher(text).replaceAll("EVENTFILE");
    return DURATION.matcher(text).replaceAll("N");
  }

  private static List<Double> longNumbers(String line) {
    return LONG_NUMBER
        .matcher(line)
        .results()
        .map(MatchResult::group)
        .map(Double::valueOf)
        .toList();
  }
}

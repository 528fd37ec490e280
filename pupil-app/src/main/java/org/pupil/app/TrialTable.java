package org.pupil.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pupil.errors.OneLine;
import org.pupil.tuning.Configuration;
import org.pupil.tuning.Trial;

/** Trials as lines of a table. */
final class TrialTable {
  static final String HEADER = "trial  accuracy  cross entropy  folds  seconds  settings";

  private TrialTable() {}

  static String line(Trial trial) {
    return String.format(
        Locale.ROOT,
        "%5d  %8s  %13s  %5d  %7.1f  %s",
        trial.number(),
        trial.isJudged() ? percent(trial.accuracy()) : "",
        trial.isJudged() ? String.format(Locale.ROOT, "%.4f", trial.crossEntropy()) : word(trial),
        trial.folds(),
        trial.seconds(),
        settings(trial.configuration()));
  }

  /** What became of a trial that nothing is known of. */
  private static String word(Trial trial) {
    return switch (trial.status()) {
      case DIVERGED -> "ran away";
      case FAILED -> "failed";
      default -> "";
    };
  }

  static String settings(Configuration configuration) {
    return configuration.equals(Configuration.NONE)
        ? "retrain without flags"
        : OneLine.of(configuration.toString());
  }

  /**
   * The best at the head, cut to a width.
   *
   * @param trials the best first
   */
  static List<String> lines(List<Trial> trials, int most, int columns) {
    List<String> lines = new ArrayList<>();
    lines.add(cut(HEADER, columns));
    trials.stream().limit(most).forEach(trial -> lines.add(cut(line(trial), columns)));
    return lines;
  }

  /** A part in percent, such as {@code 94.2%}. */
  static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * part);
  }

  private static String cut(String line, int columns) {
    String cut = line;
    while (LineWrap.width(cut) > columns) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }
}

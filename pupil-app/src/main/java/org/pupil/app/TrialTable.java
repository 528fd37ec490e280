package org.pupil.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pupil.errors.OneLine;
import org.pupil.tuning.Configuration;
import org.pupil.tuning.Hyperparameter;
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

  /** Settings in few words: {@code adam, rate 0.01, 500 steps, batch 64}. */
  static String settings(Configuration configuration) {
    if (configuration.equals(Configuration.NONE)) {
      return "retrain without flags";
    }
    List<String> words = new ArrayList<>();
    configuration.values().forEach((name, value) -> words.add(inWords(name, value)));
    return OneLine.of(String.join(", ", words));
  }

  private static String inWords(Hyperparameter name, String value) {
    return switch (name) {
      case ARCHITECTURE, OPTIMIZER -> value;
      case INPUT_SIZE -> value + " pixels";
      case LEARNING_RATE -> "rate " + value;
      case HOW_MANY_TRAINING_STEPS -> value + " steps";
      case TRAIN_BATCH_SIZE -> "batch " + value;
      case L2_PENALTY -> "penalty " + value;
      case FINE_TUNE -> value.equals("none") ? "not fine-tuned" : "fine-tuned: " + value;
      case FINE_TUNE_EPOCHS -> value + " epochs";
      case FINE_TUNE_LEARNING_RATE -> "at rate " + value;
      default -> name.typed() + " " + value;
    };
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

package org.pupil.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pupil.errors.OneLine;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.Interval;
import org.pupil.tuning.Configuration;
import org.pupil.tuning.Importance;
import org.pupil.tuning.Ranking;
import org.pupil.tuning.Ranking.Ranked;
import org.pupil.tuning.Trial;
import org.pupil.tuning.TuningResult;

/** Prints what a search for settings came to. */
final class TunePrinter {
  private static final int MOST_LINES = 10;
  private static final String HEADER = "trial  accuracy (95 % interval)  cross entropy  seconds";
  private static final String INDENT = "       ";

  /** Columns that a terminal has unless it is a wide one. */
  private static final int NARROW = 80;

  /** Columns in which the settings of most trials fit beside the numbers. */
  private static final int WIDE = 140;

  private final Terminal terminal;
  private final boolean explains;

  TunePrinter(Terminal terminal, boolean explains) {
    this.terminal = terminal;
    this.explains = explains;
  }

  /**
   * Prints it.
   *
   * @param command that trains the winner again
   */
  void print(TuningResult result, String command) {
    counts(result);
    table(result.ranking());
    neverKept(result.ranking()).ifPresent(said -> line("%s", said));
    sureness(result.ranking());
    if (explains) {
      importances(result.importances());
    }
    winner(result, command);
  }

  private void line(String format, Object... arguments) {
    terminal.out().println(OneLine.of(String.format(Locale.ROOT, format, arguments)));
  }

  private void counts(TuningResult result) {
    long ranAway = count(result, Trial.Status.DIVERGED);
    long failed = count(result, Trial.Status.FAILED);
    line(
        "Tried %,d settings%s%s%s",
        result.trials().size(),
        ranAway == 0 ? "" : ", of which " + ranAway + " ran away",
        failed == 0 ? "" : (ranAway == 0 ? ", of which " : ", and ") + failed + " failed",
        result.wasCut() ? "; time was over before all was tried" : "");
    if (failed > 0) {
      result.trials().stream()
          .filter(trial -> trial.status() == Trial.Status.FAILED)
          .findFirst()
          .ifPresent(trial -> line("  trial %d: %s", trial.number(), trial.reason().orElse("")));
    }
  }

  private static long count(TuningResult result, Trial.Status status) {
    return result.trials().stream().filter(trial -> trial.status() == status).count();
  }

  private void table(Ranking ranking) {
    line("Judged by all %d folds, best first:", ranking.folds());
    boolean isNarrow = terminal.outIsTerminal() && terminal.columns() < WIDE;
    lines(ranking, isNarrow).forEach(row -> terminal.out().println(row));
  }

  /**
   * The best trials as lines of a table.
   *
   * @param isNarrow whether the settings of a trial are in a line of their own, so that 80 columns
   *     are enough
   */
  static List<String> lines(Ranking ranking, boolean isNarrow) {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER + (isNarrow ? "" : "  settings"));
    for (Ranked ranked : ranking.compared().stream().limit(MOST_LINES).toList()) {
      String settings = TrialTable.settings(ranked.trial().configuration());
      if (isNarrow) {
        lines.add(row(ranked));
        LineWrap.lines(settings, NARROW - INDENT.length())
            .forEach(line -> lines.add(INDENT + line));
      } else {
        lines.add(row(ranked) + "  " + settings);
      }
    }
    int more = ranking.compared().size() - MOST_LINES;
    if (more > 0) {
      lines.add(String.format(Locale.ROOT, "%sand %,d more", INDENT, more));
    }
    return lines;
  }

  private static String row(Ranked ranked) {
    return String.format(
        Locale.ROOT,
        "%5d  %7s (%5s to %6s) %13.4f  %7.1f",
        ranked.trial().number(),
        TrialTable.percent(ranked.accuracy().value()),
        TrialTable.percent(ranked.accuracy().low()),
        TrialTable.percent(ranked.accuracy().high()),
        ranked.trial().crossEntropy(),
        ranked.trial().seconds());
  }

  /** Which trials are the final layer alone, although they were fine-tuned; empty if none is. */
  static Optional<String> neverKept(Ranking ranking) {
    List<String> numbers =
        ranking.compared().stream()
            .map(Ranked::trial)
            .filter(Trial::isFineTuningNeverKept)
            .map(trial -> Integer.toString(trial.number()))
            .toList();
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "Fine-tuning was kept in no fold of %s %s: there it did not clearly help, so the final layer alone was judged."
            .formatted(numbers.size() == 1 ? "trial" : "trials", String.join(", ", numbers)));
  }

  private void sureness(Ranking ranking) {
    List<Ranked> alike = ranking.alike();
    int winner = ranking.winner().trial().number();
    if (ranking.compared().size() == 1) {
      line("Trial %d is the only one that can be compared.", winner);
    } else if (alike.size() == 1) {
      line("Trial %d is better than the others, and that is more than chance.", winner);
    } else {
      line(
          "Trials %s cannot be told apart; the winner is trial %d, which takes the least work of them.",
          alike.stream()
              .map(ranked -> Integer.toString(ranked.trial().number()))
              .collect(Collectors.joining(", ")),
          winner);
    }
    ranking.compared().stream()
        .filter(ranked -> ranked.trial().configuration().equals(Configuration.NONE))
        .findFirst()
        .ifPresent(plain -> comparedWithPlain(ranking, plain));
  }

  private void comparedWithPlain(Ranking ranking, Ranked plain) {
    if (ranking.winner().equals(plain)) {
      line("That is retrain without flags: nothing that was tried is certainly better.");
    } else if (!plain.isWorse()) {
      line("Retrain without flags is among them: what was gained may be chance.");
    } else {
      line(
          "Retrain without flags (trial %d) has %.4f more cross entropy than the best (95 %% interval %.4f to %.4f).",
          plain.trial().number(), plain.more().value(), plain.more().low(), plain.more().high());
    }
  }

  private void importances(List<Importance> importances) {
    line("What mattered (part of the differences between the trials that it explains):");
    for (Importance importance : importances) {
      line(
          "  %s: %s%s",
          importance.hyperparameter().typed(),
          TrialTable.percent(importance.part()),
          importance.isCertain() ? "" : ", no more than chance");
      for (Importance.OfValue value : importance.values()) {
        line(
            "    %-24s %3d %s, middle %s, best %s",
            value.value(),
            value.trials(),
            value.trials() == 1 ? "trial" : "trials",
            number(value.median()),
            number(value.best()));
      }
    }
    line("%s", inWords(importances));
  }

  private static String number(double crossEntropy) {
    return Double.isFinite(crossEntropy)
        ? String.format(Locale.ROOT, "%.4f", crossEntropy)
        : "ran away";
  }

  /** Such as: learning_rate mattered most; train_batch_size did not. */
  static String inWords(List<Importance> importances) {
    List<String> mattered =
        importances.stream()
            .filter(Importance::isCertain)
            .map(one -> one.hyperparameter().typed())
            .toList();
    List<String> others =
        importances.stream()
            .filter(one -> !one.isCertain())
            .map(one -> one.hyperparameter().typed())
            .toList();
    if (mattered.isEmpty()) {
      return "None of the settings mattered for certain: these are too few trials to tell, or all do alike.";
    }
    String most = mattered.get(0) + " mattered most";
    String next =
        mattered.size() == 1
            ? ""
            : ", then " + String.join(", ", mattered.subList(1, mattered.size()));
    return most
        + next
        + (others.isEmpty()
            ? "."
            : "; %s did not, as far as these trials tell.".formatted(String.join(", ", others)));
  }

  private void winner(TuningResult result, String command) {
    Evaluation test = result.run().test();
    if (test.photos() == 0) {
      line("There are no test photos: nothing judges the winner but the search itself.");
    } else {
      Interval interval = test.interval();
      line(
          "The winner on the test photos, which no trial has seen: accuracy %s (N=%d); on new photos like these %s to %s, with 95%% confidence",
          TrialTable.percent(test.accuracy()),
          test.photos(),
          TrialTable.percent(interval.low()),
          TrialTable.percent(interval.high()));
    }
    line("Model: %s", result.run().outputs().graph());
    line("The same again: %s", command);
  }
}

package org.pupil.app;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.pupil.errors.OneLine;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.LabelScore;
import org.pupil.photos.Photo;
import org.pupil.run.Outputs;
import org.pupil.run.RunReport;
import org.pupil.training.PenaltyChoice;

/** Prints what a teaching came to: the results, and the next line to type. */
final class ReportPrinter {
  private static final Pattern PLAIN_WORD = Pattern.compile("[\\w./:@%+=,-]+");

  private final PrintStream out;
  private final boolean printMisclassified;

  ReportPrinter(PrintStream out, boolean printMisclassified) {
    this.out = out;
    this.printMisclassified = printMisclassified;
  }

  void print(RunReport report) {
    report.taught().penaltyChoice().ifPresent(this::printPenalty);
    printTest(report.test());
    printLabels(report.test());
    report.auto().ifPresent(this::printAuto);
    if (printMisclassified) {
      printMisclassified(report);
    }
    printPlaces(report.outputs());
    printNext(report);
  }

  private void line(String format, Object... arguments) {
    out.println(OneLine.of(String.format(Locale.ROOT, format, arguments)));
  }

  private void printPenalty(PenaltyChoice choice) {
    if (choice.folds() > 0) {
      line(
          "Penalty on large weights: %.3g, the best of %d in %d-fold cross-validation",
          choice.penalty(), choice.path().size(), choice.folds());
    }
  }

  private void printTest(Evaluation test) {
    if (test.photos() > 0) {
      line("Final test accuracy = %.1f%% (N=%d)", test.accuracy() * 100, test.photos());
    }
    String onNewPhotos =
        String.format(
            Locale.ROOT,
            "On new photos like these: %.1f%% to %.1f%%, with 95%% confidence",
            test.interval().low() * 100,
            test.interval().high() * 100);
    out.println(test.tooSmallToTell().orElse(onNewPhotos));
  }

  private void printLabels(Evaluation test) {
    if (test.photos() == 0) {
      return;
    }
    int width = test.labels().names().stream().mapToInt(String::length).max().orElse(0);
    for (LabelScore score : test.labelScores()) {
      int right = test.confusion().count(score.label(), score.label());
      line(
          "  %-" + Math.max(1, width) + "s  %d of %d right%s",
          test.labels().name(score.label()),
          right,
          score.photos(),
          mostlyTakenFor(test, score.label()));
    }
  }

  private static String mostlyTakenFor(Evaluation test, int truth) {
    return IntStream.range(0, test.labels().size())
        .boxed()
        .filter(predicted -> predicted != truth && test.confusion().count(truth, predicted) > 0)
        .sorted(
            Comparator.comparingInt((Integer predicted) -> test.confusion().count(truth, predicted))
                .reversed())
        .map(
            predicted ->
                test.confusion().count(truth, predicted)
                    + " taken for "
                    + test.labels().name(predicted))
        .reduce((a, b) -> a + ", " + b)
        .map(wrong -> ", " + wrong)
        .orElse("");
  }

  private void printAuto(Evaluation auto) {
    if (auto.photos() > 0) {
      line(
          "(--optimizer=auto, which needs no rate and no steps, reaches %.1f%% on the same photos)",
          auto.accuracy() * 100);
    }
  }

  /** The original's lines, with the true label and the probability behind them. */
  private void printMisclassified(RunReport report) {
    out.println("=== MISCLASSIFIED TEST IMAGES ===");
    for (Evaluation.Misclassified wrong : report.test().misclassified()) {
      Photo photo = report.testPhotos().get(wrong.photo());
      line(
          "%70s  %s (is %s; probability %.3f)",
          photo.path(),
          report.test().labels().name(wrong.predicted()),
          report.test().labels().name(wrong.truth()),
          wrong.probability());
    }
  }

  private void printPlaces(Outputs outputs) {
    line("Model: %s (labels in %s)", outputs.graph(), outputs.labels());
    outputs.savedModelDir().ifPresent(folder -> line("SavedModel: %s", folder));
  }

  /** Of a photo that did not teach the model, where there is one. */
  private void printNext(RunReport report) {
    Path graph = report.outputs().graph();
    line(
        "Next: %s label_image%s --image %s",
        launcher(),
        graph.equals(DefaultPlaces.GRAPH) ? "" : " --graph " + word(graph),
        report.testPhotos().stream()
            .findFirst()
            .map(Photo::path)
            .map(ReportPrinter::word)
            .orElse("some.jpg"));
  }

  /** A path as it may be typed in a shell. */
  private static String word(Path path) {
    String text = path.toString();
    return PLAIN_WORD.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** What the person typed to get here, as far as that can be told. */
  private static String launcher() {
    return Files.isExecutable(Path.of("pupil")) ? "./pupil" : "pupil";
  }
}

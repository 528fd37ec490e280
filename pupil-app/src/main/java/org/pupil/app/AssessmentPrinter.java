package org.pupil.app;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pupil.assessment.Assessment;
import org.pupil.assessment.ModelComparison;
import org.pupil.dataset.Photo;
import org.pupil.errors.OneLine;
import org.pupil.evaluation.Calibration;
import org.pupil.evaluation.Comparison;
import org.pupil.evaluation.Confusion;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.LearningCurve;
import org.pupil.evaluation.Score;
import org.pupil.evaluation.Scores;

/**
 * Prints an assessment for a person, in lines of 80 columns at most, but for long paths; in fewer
 * where the terminal is narrower.
 */
final class AssessmentPrinter {
  private static final int MOST_LABELS = 50;
  private static final int MOST_CONFUSIONS = 5;
  private static final int MOST_PHOTOS = 5;
  private static final int MOST_LEFT_OUT = 5;

  /** So that the row of a label is no longer than 80 columns. */
  private static final int WIDEST_LABEL = 20;

  private final PrintStream out;

  AssessmentPrinter(Terminal terminal) {
    this.out = terminal.out();
  }

  void print(Assessment assessment, Optional<ModelComparison> comparison) {
    Evaluation pooled = assessment.predictions().pooled();
    printWhat(assessment);
    printScores(assessment.scores());
    printLabels(assessment.scores(), pooled);
    printConfusions(pooled.confusion(), pooled, assessment.predictions().repeats());
    printReliability(pooled.calibration(), assessment.predictions().repeats());
    printMistakes(assessment);
    assessment.learningCurve().ifPresent(curve -> printCurve(curve, pooled));
    assessment.crossValidation().flatMap(Assessment.Folds::noCurve).ifPresent(this::printNoCurve);
    comparison.ifPresent(this::printComparison);
    out.flush();
  }

  private void line(String format, Object... arguments) {
    out.println(OneLine.of(String.format(Locale.ROOT, format, arguments)));
  }

  private void printWhat(Assessment assessment) {
    int photos = assessment.photos().size();
    assessment
        .crossValidation()
        .ifPresentOrElse(
            folds -> {
              line("Cross-validation of %s: each was judged by final layers that had", of(photos));
              line(
                  "not seen it (%d folds%s)",
                  folds.folds(),
                  folds.repeats() == 1
                      ? ""
                      : ", dealt " + folds.repeats() + " times; counts are means");
              printNeverHeldOut(folds.neverHeldOut());
            },
            () -> line("The model was judged by %s", of(photos)));
    if (!assessment.unreadable().isEmpty()) {
      line("Not judged: %s that could not be read", of(assessment.unreadable().size()));
    }
    int unknown = assessment.labels().unknown().values().stream().mapToInt(Integer::intValue).sum();
    if (unknown > 0) {
      line("Not judged: %s of labels that the model does not know", of(unknown));
    }
  }

  private void printNeverHeldOut(List<Assessment.NeverHeldOut> left) {
    left.stream().limit(MOST_LEFT_OUT).forEach(label -> line("Not judged: %s", label.inWords()));
    if (left.size() > MOST_LEFT_OUT) {
      line(
          "Not judged, either: photos of %d more labels (--json has them)",
          left.size() - MOST_LEFT_OUT);
    }
  }

  private static String of(int photos) {
    return photos == 1 ? "1 photo" : photos + " photos";
  }

  private void printScores(Scores scores) {
    out.println();
    line("%-24s %9s   with 95 %% confidence", "", "");
    percent("Accuracy", scores.accuracy());
    for (Scores.TopK top : scores.topK()) {
      percent("Among the " + top.k() + " likeliest", top.score());
    }
    percent("Balanced accuracy", scores.balancedAccuracy());
    percent("Macro precision", scores.macroPrecision());
    percent("Macro F1", scores.macroF1());
    number("Log loss", scores.logLoss());
    number("Brier score", scores.brierScore());
    number("Calibration error", scores.expectedCalibrationError());
  }

  private void percent(String name, Score score) {
    line(
        "%-24s %7.1f %%   %.1f to %.1f %%",
        name, 100 * score.value(), 100 * score.low(), 100 * score.high());
  }

  private void number(String name, Score score) {
    String interval =
        Double.isNaN(score.low())
            ? "too few photos to tell"
            : String.format(Locale.ROOT, "%.3f to %.3f", score.low(), score.high());
    line("%-24s %9.3f   %s", name, score.value(), interval);
  }

  private void printLabels(Scores scores, Evaluation pooled) {
    out.println();
    LabelColumn column = new LabelColumn(pooled.labels().names(), WIDEST_LABEL);
    int width = Math.max("label".length(), column.width());
    line("%s  photos  %-15s  %-15s  F1", padded("label", width), "precision", "recall");
    for (Scores.OfLabel label : scores.labels().stream().limit(MOST_LABELS).toList()) {
      line(
          "%s  %6d  %-15s  %-15s  %s",
          padded(column.shown(pooled.labels().name(label.label())), width),
          label.photos(),
          inPercent(label.precision()),
          label.photos() == 0 ? "not judged" : inPercent(label.recall()),
          label.photos() == 0 ? "-" : inPercent(label.f1()));
    }
    if (scores.labels().size() > MOST_LABELS) {
      line("(and %d more; --json has them all)", scores.labels().size() - MOST_LABELS);
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - LineWrap.width(text));
  }

  private static String inPercent(Score score) {
    return Double.isNaN(score.value())
        ? "-"
        : String.format(
            Locale.ROOT,
            "%5.1f (%.0f-%.0f)",
            100 * score.value(),
            100 * score.low(),
            100 * score.high());
  }

  /** Labels that are taken for each other. */
  private record Mixup(int truth, int predicted, int count) {}

  private void printConfusions(Confusion confusion, Evaluation pooled, int repeats) {
    List<Mixup> mixups = new ArrayList<>();
    for (int truth = 0; truth < confusion.labelCount(); truth++) {
      for (int predicted = 0; predicted < confusion.labelCount(); predicted++) {
        if (truth != predicted && confusion.count(truth, predicted) > 0) {
          mixups.add(new Mixup(truth, predicted, confusion.count(truth, predicted)));
        }
      }
    }
    if (mixups.isEmpty()) {
      return;
    }
    out.println();
    line("Taken for each other most often:");
    mixups.sort(Comparator.comparingInt(mixup -> -mixup.count()));
    for (Mixup mixup : mixups.stream().limit(MOST_CONFUSIONS).toList()) {
      line(
          "  %s of %d %s for %s",
          count(mixup.count(), repeats),
          confusion.truths(mixup.truth()) / repeats,
          pooled.labels().name(mixup.truth()),
          pooled.labels().name(mixup.predicted()));
    }
  }

  /** A number of photos, on average over the repeats. */
  private static String count(int count, int repeats) {
    return count % repeats == 0
        ? Integer.toString(count / repeats)
        : String.format(Locale.ROOT, "%.1f", (double) count / repeats);
  }

  private void printReliability(Calibration calibration, int repeats) {
    out.println();
    line("Do the probabilities mean what they say?");
    for (Calibration.Bin bin : calibration.bins()) {
      if (bin.photos() > 0) {
        line(
            "  said %3.0f to %3.0f %%: right in %5.1f %% of %s",
            100 * bin.above(),
            100 * bin.upTo(),
            100 * bin.accuracy(),
            count(bin.photos(), repeats));
      }
    }
  }

  private void printMistakes(Assessment assessment) {
    List<Evaluation.Misclassified> mistakes = assessment.predictions().mistakes();
    if (mistakes.isEmpty()) {
      return;
    }
    out.println();
    line("The surest mistakes (of %d):", mistakes.size());
    for (Evaluation.Misclassified wrong : mistakes.stream().limit(MOST_PHOTOS).toList()) {
      line("  %s", assessment.photos().get(wrong.photo()).source().name());
      line(
          "    is %s, taken for %s with %.3f",
          assessment.predictions().labels().name(wrong.truth()),
          assessment.predictions().labels().name(wrong.predicted()),
          wrong.probability());
    }
  }

  private void printCurve(LearningCurve curve, Evaluation pooled) {
    out.println();
    line("Would more photos help?");
    for (LearningCurve.Point point : curve.points()) {
      line(
          "  %6.0f photos to learn from: %5.1f %% right",
          point.photos(), 100 * point.accuracy().value());
    }
    line(
        "  %6d, of twice as many photos: about %.1f %%, between %.1f and %.1f %%",
        2 * curve.photos(),
        100 * curve.doubled().value(),
        100 * curve.doubled().low(),
        100 * curve.doubled().high());
    Optional<LearningCurve.Gain> greatest = curve.greatestGain();
    if (greatest.isPresent()) {
      line("Most would be gained for: %s", pooled.labels().name(greatest.get().label()));
      line(
          "  (recall up by about %.1f points, between %.1f and %.1f)",
          100 * greatest.get().recall().value(),
          100 * greatest.get().recall().low(),
          100 * greatest.get().recall().high());
    } else {
      line("No label would plainly gain.");
    }
  }

  private void printNoCurve(Assessment.NoCurve why) {
    out.println();
    line("Would more photos help?");
    line("  Not known: %s", why.reason());
  }

  private void printComparison(ModelComparison judged) {
    Comparison comparison = judged.comparison();
    out.println();
    line(
        "Against the other model, on %s: %d became right, %d became wrong;",
        of(comparison.photos()), comparison.becameRight().size(), comparison.becameWrong().size());
    line("both are right on %d and wrong on %d", comparison.bothRight(), comparison.bothWrong());
    out.println(verdict(comparison));
    printPhotos("Became right:", judged.photos(), comparison.becameRight());
    printPhotos("Became wrong:", judged.photos(), comparison.becameWrong());
  }

  private static String verdict(Comparison comparison) {
    int uneven = comparison.becameRight().size() + comparison.becameWrong().size();
    if (uneven == 0) {
      return "They are right and wrong on the same photos.";
    }
    String p =
        comparison.pValue() < 1e-4
            ? "below 0.0001"
            : String.format(Locale.ROOT, "%.4f", comparison.pValue());
    if (!comparison.isSignificant()) {
      return "Chance may explain that: no difference is shown (McNemar's test, p = %s)"
          .formatted(p.replace("below ", "< "));
    }
    return comparison.becameRight().size() > comparison.becameWrong().size()
        ? "Chance hardly explains that: this model is better (McNemar's test, p %s)"
            .formatted(equation(p))
        : "Chance hardly explains that: this model is worse (McNemar's test, p %s)"
            .formatted(equation(p));
  }

  private static String equation(String p) {
    return p.startsWith("below") ? p.replace("below", "<") : "= " + p;
  }

  private void printPhotos(String title, List<Photo> photos, List<Integer> indexes) {
    if (indexes.isEmpty()) {
      return;
    }
    line("%s", title);
    for (int index : indexes.stream().limit(MOST_PHOTOS).toList()) {
      line("  %s", photos.get(index).source().name());
    }
    if (indexes.size() > MOST_PHOTOS) {
      line("  and %d more (--json has them all)", indexes.size() - MOST_PHOTOS);
    }
  }
}

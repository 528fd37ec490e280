package org.pupil.app;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFile;
import org.pupil.dataset.SplitSettings;
import org.pupil.errors.OneLine;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.LabelScore;
import org.pupil.evaluation.Score;
import org.pupil.labelling.OnnxExport;
import org.pupil.run.FineTuningReport;
import org.pupil.run.Outputs;
import org.pupil.run.QuickAssessment;
import org.pupil.run.RunResult;
import org.pupil.run.TrainingPhotosJudged;
import org.pupil.training.PenaltyChoice;
import org.pupil.training.PenaltyChoice.HeldOut;
import org.pupil.training.TemperatureChoice;

/** Prints what a training run came to: the results, and the next line to type. */
final class RunPrinter {
  /** Test photos, in percent, with which a small set of photos is judged better. */
  private static final int MORE_TEST_PHOTOS = 30;

  private static final int MOST_THAT_DO_NOT_TEACH = 60;

  private final Terminal terminal;
  private final PrintStream out;
  private final boolean printMisclassified;
  private final SplitSettings split;
  private final Launcher launcher;
  private final List<String> photoFlags;

  /**
   * @param split how the photos were divided, to say how they could be divided better
   * @param launcher how Pupil is called, for the next line to type
   * @param photoFlags the flags, each with its value, by which other commands find the same photos
   */
  RunPrinter(
      Terminal terminal,
      boolean printMisclassified,
      SplitSettings split,
      Launcher launcher,
      List<String> photoFlags) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.printMisclassified = printMisclassified;
    this.split = split;
    this.launcher = launcher;
    this.photoFlags = List.copyOf(photoFlags);
  }

  void print(RunResult report) {
    report.result().penaltyChoice().ifPresent(this::printPenalty);
    report.result().temperature().ifPresent(this::printTemperature);
    printTest(report);
    printLabels(report.test());
    report.auto().ifPresent(auto -> printAuto(auto, report.test()));
    if (printMisclassified) {
      printMisclassified(report);
    }
    printCloser(report);
    printPlaces(report.outputs(), report.onnx());
    printNext(report);
  }

  private void line(String format, Object... arguments) {
    out.println(OneLine.of(String.format(Locale.ROOT, format, arguments)));
  }

  private void printPenalty(PenaltyChoice choice) {
    if (choice.folds() > 0 && !choice.path().isEmpty()) {
      line(
          "Penalty on large weights: %.3g, the best of %d in %d-fold cross-validation (it keeps the"
              + " layer from learning photos by heart)",
          choice.penalty(), choice.path().size(), choice.folds());
    }
  }

  private void printTemperature(TemperatureChoice choice) {
    if (choice.hasTooFewPhotos()) {
      line(
          "Calibration left out: %d photos that it has not seen are too few to tell whether it helps",
          choice.photos());
      return;
    }
    if (!choice.helps()) {
      line(
          "Calibration left out, since it would not clearly help: log loss of %d photos it had not seen: %.4f"
              + " without, %.4f with",
          choice.photos(), choice.before(), choice.after());
      return;
    }
    line(
        "Calibrated: log loss of %d photos it had not seen: %.4f before, %.4f after (the layer was too"
            + " %s; its logits are divided by a temperature of %.3g)",
        choice.photos(),
        choice.before(),
        choice.after(),
        choice.temperature() > 1 ? "sure of itself" : "timid",
        choice.temperature());
  }

  private void printTest(RunResult report) {
    Evaluation test = report.test();
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
    if (test.tooSmallToTell().isPresent()) {
      printCrossValidation(report);
      printRemedy();
    }
  }

  /** Of as many photos as were asked: they say more than the few of the test. */
  private void printCrossValidation(RunResult report) {
    report
        .assessment()
        .all()
        .ifPresentOrElse(
            this::printCrossValidation, () -> printCrossValidationOfTrainingPhotos(report));
  }

  private void printCrossValidation(QuickAssessment.AllPhotos all) {
    line(
        "Cross-validation over all %d photos says %.1f%%, between %.1f%% and %.1f%%",
        all.photos(),
        all.accuracy().value() * 100,
        all.accuracy().low() * 100,
        all.accuracy().high() * 100);
    out.println("  (each was judged by layers that had not seen it)");
  }

  private void printCrossValidationOfTrainingPhotos(RunResult report) {
    Optional<HeldOut> heldOut = report.result().penaltyChoice().flatMap(PenaltyChoice::heldOut);
    Optional<TrainingPhotosJudged> judged = report.assessment().training();
    if (heldOut.isEmpty() || judged.isEmpty()) {
      return;
    }
    Score accuracy = judged.get().accuracy();
    line(
        "Cross-validation tells more: %d of %d training photos right = %.1f%%; so on new photos"
            + " about %.1f%% to %.1f%%",
        heldOut.get().right(),
        heldOut.get().photos(),
        100.0 * heldOut.get().right() / heldOut.get().photos(),
        accuracy.low() * 100,
        accuracy.high() * 100);
    out.println(
        "  (each was judged by a layer that had not seen it; slightly too good, because the penalty was chosen on the same photos)");
  }

  /** Short forms of check and evaluate, with the commands that say more. */
  private void printCloser(RunResult report) {
    if (report.divergence().isPresent()) {
      return;
    }
    report.assessment().training().ifPresent(this::printWrongLabels);
    printCommand("More about the photos: ", command("check"));
    if (report.fineTuning().filter(FineTuningReport::isKept).isEmpty()) { // it has no such layers
      printCommand("More about the accuracy: ", command("evaluate"));
    }
  }

  private void printWrongLabels(TrainingPhotosJudged judged) {
    long wrong = Math.round(judged.expectedWrongLabels());
    if (wrong > 0) {
      line(
          "%s of the training photos probably %s the wrong label",
          wrong == 1 ? "One" : "About " + wrong, wrong == 1 ? "has" : "have");
    }
  }

  private List<String> command(String name) {
    List<String> parts = new ArrayList<>();
    parts.add(launcher.line(name));
    parts.addAll(photoFlags);
    return parts.stream().map(OneLine::of).toList();
  }

  private void printRemedy() {
    boolean mayTestMore =
        split.testingPercentage() < MORE_TEST_PHOTOS
            && split.validationPercentage() + MORE_TEST_PHOTOS <= MOST_THAT_DO_NOT_TEACH;
    out.println(
        "To be surer, add photos"
            + (mayTestMore
                ? ", or hold back more of them for the test: --testing_percentage "
                    + MORE_TEST_PHOTOS
                : "."));
  }

  private void printLabels(Evaluation test) {
    if (test.photos() == 0) {
      return;
    }
    int width = test.labels().names().stream().mapToInt(LineWrap::width).max().orElse(0);
    for (LabelScore score : test.labelScores()) {
      String name = test.labels().name(score.label());
      line("  %s  %s", name + " ".repeat(width - LineWrap.width(name)), outcome(test, score));
    }
  }

  private static String outcome(Evaluation test, LabelScore score) {
    if (score.photos() == 0) {
      return "no test photos";
    }
    return "%d of %d right%s"
        .formatted(
            test.confusion().count(score.label(), score.label()),
            score.photos(),
            mostlyTakenFor(test, score.label()));
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

  /** Only where it is no worse: else it would read like advice to change what is better. */
  private void printAuto(Evaluation auto, Evaluation test) {
    if (auto.photos() > 0 && auto.accuracy() >= test.accuracy()) {
      line(
          "(--optimizer=auto, which needs no learning rate and no number of steps, reaches %.1f%% on the same photos)",
          auto.accuracy() * 100);
    }
  }

  /**
   * The original's lines, with the true label and the probability behind them. A person at a
   * terminal, which is too narrow for them, gets two lines for each photo.
   */
  private void printMisclassified(RunResult report) {
    out.println("=== MISCLASSIFIED TEST IMAGES ===");
    if (report.test().misclassified().isEmpty() && terminal.outIsTerminal()) {
      line("  none");
    }
    for (Evaluation.Misclassified wrong : report.test().misclassified()) {
      Photo photo = report.testPhotos().get(wrong.photo());
      String verdict =
          String.format(
              Locale.ROOT,
              "%s (is %s; probability %.3f)",
              report.test().labels().name(wrong.predicted()),
              report.test().labels().name(wrong.truth()),
              wrong.probability());
      if (terminal.outIsTerminal()) {
        terminal.data().println("  " + OneLine.of(photo.source().name()));
        line("    %s", verdict);
      } else {
        line("%70s  %s", photo.source().name(), verdict);
      }
    }
  }

  private void printPlaces(Outputs outputs, Optional<OnnxExport.Exported> onnx) {
    line("Model: %s (labels in %s)", outputs.graph(), outputs.labels());
    outputs.savedModelDir().ifPresent(folder -> line("SavedModel: %s", folder));
    onnx.ifPresent(file -> line("%s", onnxLine(file)));
  }

  /** Where an ONNX file is, and how exactly it does what the model does. */
  static String onnxLine(OnnxExport.Exported onnx) {
    return "ONNX model: %s (%s)".formatted(onnx.file(), onnx.comparison());
  }

  /** Of a photo that did not teach the model, where there is one that can be typed. */
  private void printNext(RunResult report) {
    String photo =
        report.testPhotos().stream()
            .flatMap(one -> one.source().file().stream())
            .map(PhotoFile::path)
            .filter(PhotoCommand::canBeTyped)
            .findFirst()
            .map(ShellWord::of)
            .orElse("some.jpg");
    printCommand(
        "Next: ", PhotoCommand.parts(launcher, "label_image", report.outputs().graph(), photo));
  }

  /** A command that is too long for the terminal is broken as a shell understands it. */
  private void printCommand(String before, List<String> parts) {
    String command = String.join(" ", parts);
    if (!terminal.outIsTerminal() || LineWrap.width(before + command) <= terminal.columns()) {
      out.println(before + command);
    } else {
      terminal.data().println(before.strip());
      terminal.data().println("  " + String.join(" \\\n    ", parts));
    }
  }
}

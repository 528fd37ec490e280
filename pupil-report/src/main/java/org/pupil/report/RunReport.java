package org.pupil.report;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Interval;
import org.pupil.model.FamiliarityDescription;
import org.pupil.model.ModelDescription;
import org.pupil.model.Provenance;
import org.pupil.run.FineTuningReport;
import org.pupil.run.QuickAssessment;
import org.pupil.run.RunResult;
import org.pupil.training.HeldOutComparison;
import org.pupil.training.PenaltyChoice;
import org.pupil.training.TemperatureChoice;

/**
 * The report of a training run, {@code run.jte}: how the model does on the test photos, whether its
 * probabilities mean what they say, when it says that it does not know, and what is worth a look in
 * the photos.
 *
 * @param result what the run came to
 * @param model where the model stays
 * @param test the evaluation on the test photos; empty if there are none
 * @param problems what the run said of the photos, a sentence each
 * @param checkCommand what to type for a full check
 * @param about what was trained, in a few words
 * @param made when and by what, for its foot
 */
public record RunReport(
    RunResult result,
    Path model,
    Optional<EvaluationReport> test,
    List<String> problems,
    String checkCommand,
    String about,
    String made) {
  public RunReport {
    problems = List.copyOf(problems);
  }

  /**
   * Writes the report.
   *
   * @param file where to; replaced if it is there
   * @param pictures of the photos that are shown
   * @throws PupilException (unavailable) if it cannot be written
   */
  public void write(Path file, PhotoPictures pictures) {
    new Templates().write(file, "run.jte", Map.of("report", this, "pictures", pictures));
  }

  /** What was trained, by what and with what, a sentence each. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    result.description().map(ModelDescription::provenance).ifPresent(made -> add(sentences, made));
    result.fineTuning().map(RunReport::fineTuning).ifPresent(sentences::add);
    result
        .result()
        .penaltyChoice()
        .flatMap(choice -> choice.heldOut().map(heldOut -> crossValidation(choice, heldOut)))
        .ifPresent(sentences::add);
    result.assessment().all().map(RunReport::crossValidation).ifPresent(sentences::add);
    result
        .divergence()
        .ifPresent(
            divergence ->
                sentences.add(
                    "It diverged at step %d: the model is the last good layer."
                        .formatted(divergence.step())));
    sentences.add("The model: " + model);
    return sentences;
  }

  private void add(List<String> sentences, Provenance made) {
    Provenance.SplitUsed split = made.split();
    sentences.add(
        "A final layer for %s, trained with the optimizer %s on %s of %d labels; %s checked its progress, and %s tested it."
            .formatted(
                made.backbone().name(),
                made.training().optimizer(),
                Numbers.photos(split.trainingPhotos()),
                result.test().labels().size(),
                Numbers.photos(split.validationPhotos()),
                Numbers.photos(split.testingPhotos())));
  }

  private static String fineTuning(FineTuningReport report) {
    HeldOutComparison comparison = report.comparison();
    return String.format(
        Locale.ROOT,
        "The layers of the backbone above %s were trained too, with a part of the training photos held back. On these and the validation photos, the log loss was %.4f with the final layer alone and %.4f with these layers: %s",
        report.cut(),
        comparison.lossBefore(),
        comparison.lossAfter(),
        report.isKept()
            ? "they were kept."
            : "not better by more than chance, so they were not kept.");
  }

  private static String crossValidation(QuickAssessment.AllPhotos all) {
    return String.format(
        Locale.ROOT,
        "Cross-validation of all photos (%d times %d folds): %s right; so on new photos about %s to %s.",
        all.repeats(),
        all.folds(),
        Numbers.percent(all.accuracy().value()),
        Numbers.percent(all.accuracy().low()),
        Numbers.percent(all.accuracy().high()));
  }

  private String crossValidation(PenaltyChoice choice, PenaltyChoice.HeldOut heldOut) {
    Interval interval = result.assessment().interval(heldOut);
    return String.format(
        Locale.ROOT,
        "Cross-validation of the training photos (%d folds): %,d of %,d right, %s; so on new photos about %s to %s.",
        choice.folds(),
        heldOut.right(),
        heldOut.photos(),
        Numbers.percent((double) heldOut.right() / heldOut.photos()),
        Numbers.percent(interval.low()),
        Numbers.percent(interval.high()));
  }

  /** Whether the probabilities were calibrated, in a sentence; empty if nobody asked. */
  public String calibration() {
    return result.result().temperature().map(RunReport::calibration).orElse("");
  }

  private static String calibration(TemperatureChoice choice) {
    if (choice.hasTooFewPhotos()) {
      return "The model was not calibrated: %s that it has not seen are too few to tell whether that helps."
          .formatted(Numbers.photos(choice.photos()));
    }
    return choice.helps()
        ? String.format(
            Locale.ROOT,
            "The model is calibrated: its logits are divided by a temperature of %.3g. The log loss of %s that it had not seen was %.4f before and is %.4f now.",
            choice.temperature(),
            Numbers.photos(choice.photos()),
            choice.before(),
            choice.after())
        : "The model needed no calibration: a temperature would not clearly have lowered the log loss of %s that it had not seen (%s)."
            .formatted(
                Numbers.photos(choice.photos()),
                String.format(Locale.ROOT, "%.4f", choice.before()));
  }

  /** When the model doubts its answers, a sentence each; none if it cannot. */
  public List<String> doubts() {
    return result
        .description()
        .flatMap(description -> Optional.ofNullable(description.familiarity()))
        .map(RunReport::doubts)
        .orElse(List.of());
  }

  private static List<String> doubts(FamiliarityDescription rule) {
    return List.of(
        String.format(
            Locale.ROOT,
            "A photo is unlike anything that the model was trained on if its familiarity is below %.3f: the cosine with its %s nearest of %s that the model keeps. About %s in 100 photos like the training photos reach that.",
            rule.threshold(),
            ordinal(rule.nearest()),
            Numbers.photos(rule.photos()),
            plain(rule.percentage())),
        "An answer is undecided if the first label is not at least %s as likely as the second."
            .formatted(times(rule.undecidedRatio())));
  }

  private static String times(double ratio) {
    return ratio == 2 ? "twice" : plain(ratio) + " times";
  }

  /** A number as a person types it: {@code 95}, {@code 2.5}. */
  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String ordinal(int number) {
    int tens = number % 100;
    String ending =
        tens >= 11 && tens <= 13
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + ending;
  }

  /** How many training photos probably have the wrong label, in a sentence; empty if none has. */
  public String wrongLabels() {
    long wrong =
        result
            .assessment()
            .training()
            .map(judged -> Math.round(judged.expectedWrongLabels()))
            .orElse(0L);
    return wrong == 0
        ? ""
        : "About %s of the training photos probably %s the wrong label; the full check lists them."
            .formatted(wrong == 1 ? "one" : wrong, wrong == 1 ? "has" : "have");
  }

  /** Whether nothing in the photos is worth a look, as far as the run knows. */
  public boolean isSpotless() {
    return problems.isEmpty() && wrongLabels().isEmpty();
  }
}

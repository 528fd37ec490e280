package org.pupil.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pupil.assessment.Assessment;
import org.pupil.assessment.ModelComparison;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Comparison;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.LearningCurve;
import org.pupil.evaluation.Scores;
import org.pupil.report.plot.LinePlot;
import org.pupil.report.plot.ReliabilityPlot;

/**
 * The report of an evaluation, {@code evaluation.jte}: scores with their intervals, confusion
 * matrix, reliability diagram, curves, and the surest mistakes with their photos.
 */
public final class EvaluationReport {
  /** Of more labels, the matrix is left out. */
  private static final int MOST_LABELS_OF_A_MATRIX = 30;

  private static final int MOST_MISTAKES = 60;

  private final Assessment assessment;
  private final Optional<ModelComparison> comparison;
  private final Map<String, MistakeExplanation> explanations;
  private final String about;
  private final String made;

  /** Made once: a page asks for it at every cell of the confusion matrix. */
  private final Evaluation pooled;

  private final List<Evaluation.Misclassified> mistakes;
  private final EvaluationPlots plots;

  /**
   * @param explanations why mistakes were made, by the names of the photos; of some it may be
   *     unknown
   * @param about what was judged, in a few words
   * @param made when and by what, for its foot
   */
  public EvaluationReport(
      Assessment assessment,
      Optional<ModelComparison> comparison,
      Map<String, MistakeExplanation> explanations,
      String about,
      String made) {
    this.assessment = assessment;
    this.comparison = comparison;
    this.explanations = Map.copyOf(explanations);
    this.about = about;
    this.made = made;
    this.pooled = assessment.predictions().pooled();
    this.mistakes = assessment.predictions().mistakes();
    this.plots = new EvaluationPlots(assessment.predictions(), pooled);
  }

  /**
   * Writes the report.
   *
   * @param file where to; replaced if it is there
   * @param pictures of the photos that are shown
   * @throws PupilException (unavailable) if it cannot be written
   */
  public void write(Path file, PhotoPictures pictures) {
    new Templates().write(file, "evaluation.jte", Map.of("report", this, "pictures", pictures));
  }

  /** What was found out. */
  public Assessment assessment() {
    return assessment;
  }

  /** The other model against this one; empty if there is none. */
  public Optional<ModelComparison> comparison() {
    return comparison;
  }

  /** What was judged, in a few words. */
  public String about() {
    return about;
  }

  /** When and by what it was made. */
  public String made() {
    return made;
  }

  /** The scores. */
  public Scores scores() {
    return assessment.scores();
  }

  /** All predictions as if each were of a photo of its own. */
  public Evaluation pooled() {
    return pooled;
  }

  /** What was judged and how, in a sentence. */
  public String how() {
    String photos = Numbers.photos(assessment.photos().size());
    return assessment
        .crossValidation()
        .map(
            folds ->
                "Cross-validation of %s: each was judged by final layers that had not seen it (%d folds%s)."
                    .formatted(
                        photos,
                        folds.folds(),
                        folds.repeats() == 1 ? "" : ", dealt " + folds.repeats() + " times"))
        .orElse("The model was judged by " + photos + " whose labels are known.");
  }

  /** What was left out, a sentence each. */
  public List<String> leftOut() {
    List<String> left = new ArrayList<>();
    assessment.crossValidation().stream()
        .flatMap(folds -> folds.neverHeldOut().stream())
        .forEach(label -> left.add("Not judged: " + label.inWords() + "."));
    assessment
        .labels()
        .unknown()
        .forEach(
            (label, photos) ->
                left.add(
                    Numbers.photos(photos)
                        + " of the label "
                        + label
                        + ", which the model does not know."));
    if (!assessment.labels().withoutPhotos().isEmpty()) {
      left.add("No photos of " + String.join(", ", assessment.labels().withoutPhotos()) + ".");
    }
    return left;
  }

  /** Whether the matrix has as many rows as one can look at. */
  public boolean hasMatrix() {
    return pooled.labels().size() <= MOST_LABELS_OF_A_MATRIX;
  }

  /** A part of a row of the confusion matrix, 0 to 1. */
  public String share(int truth, int predicted) {
    int truths = pooled.confusion().truths(truth);
    return String.format(
        Locale.ROOT,
        "%.3f",
        truths == 0 ? 0 : (double) pooled.confusion().count(truth, predicted) / truths);
  }

  /** Photos in a cell of the confusion matrix, on average over the repeats. */
  public String count(int truth, int predicted) {
    int repeats = assessment.predictions().repeats();
    int count = pooled.confusion().count(truth, predicted);
    return count % repeats == 0
        ? Integer.toString(count / repeats)
        : String.format(Locale.ROOT, "%.1f", (double) count / repeats);
  }

  /** The reliability diagram. */
  public ReliabilityPlot reliability() {
    return plots.reliability();
  }

  /** The ROC curves of the labels; empty if there are too many, or nothing to draw. */
  public Optional<LinePlot> roc() {
    return plots.roc();
  }

  /** The precision-recall curves of the labels; empty likewise. */
  public Optional<LinePlot> precisionRecall() {
    return plots.precisionRecall();
  }

  /** Why a cross-validation has no learning curve. */
  public Optional<Assessment.NoCurve> noCurve() {
    return assessment.crossValidation().flatMap(Assessment.Folds::noCurve);
  }

  /** How the accuracy grows with the photos. */
  public Optional<LinePlot> learningCurve() {
    return assessment
        .learningCurve()
        .map(curve -> EvaluationPlots.learningCurve(curve, sentence(curve)));
  }

  /** What more photos would bring, in words. */
  public String sentence(LearningCurve curve) {
    String gain =
        curve
            .greatestGain()
            .map(
                label ->
                    " Most would be gained for the label "
                        + pooled.labels().name(label.label())
                        + ".")
            .orElse("");
    return "With twice as many photos (%,d): about %s right, between %s.%s"
        .formatted(
            2 * curve.photos(),
            Numbers.percent(curve.doubled().value()),
            Numbers.percentInterval(curve.doubled()).replace(" to ", " and "),
            gain);
  }

  /** The surest mistakes, at most {@value #MOST_MISTAKES}. */
  public List<Evaluation.Misclassified> mistakes() {
    return mistakes.subList(0, Math.min(MOST_MISTAKES, mistakes.size()));
  }

  /** The photo of a mistake. */
  public Photo photo(Evaluation.Misclassified mistake) {
    return assessment.photos().get(mistake.photo());
  }

  /** How many mistakes are not shown. */
  public int hiddenMistakes() {
    return mistakes.size() - mistakes().size();
  }

  /** Why a mistake was made, if that is known. */
  public Optional<MistakeExplanation> explanation(Evaluation.Misclassified mistake) {
    return Optional.ofNullable(explanations.get(photo(mistake).name()));
  }

  /** Whether there is a heat map beside a mistake. */
  public boolean hasHeatMaps() {
    return explanations.values().stream().anyMatch(one -> !one.heatMap().isEmpty());
  }

  /**
   * The fragment of the address of a mistake in the report: {@code mistake-}, and the photo's name
   * in UTF-8, in which each byte but ASCII letters and digits is {@code _} and two hexadecimal
   * digits. The board makes the same of it.
   */
  public static String anchor(String photo) {
    StringBuilder anchor = new StringBuilder("mistake-");
    for (byte one : photo.getBytes(StandardCharsets.UTF_8)) {
      if (one > 0 && Character.isLetterOrDigit(one)) {
        anchor.append((char) one);
      } else {
        anchor.append(String.format(Locale.ROOT, "_%02x", one));
      }
    }
    return anchor.toString();
  }

  /** How two models compare, in words. */
  public String sentence(Comparison compared) {
    String difference =
        compared.isSignificant()
            ? "Chance hardly explains such a difference"
            : "Chance alone may explain the difference";
    return "%d became right and %d became wrong. %s (McNemar's exact test: p %s)."
        .formatted(
            compared.becameRight().size(),
            compared.becameWrong().size(),
            difference,
            compared.pValue() < 1e-4
                ? "< 0.0001"
                : String.format(Locale.ROOT, "= %.4f", compared.pValue()));
  }
}

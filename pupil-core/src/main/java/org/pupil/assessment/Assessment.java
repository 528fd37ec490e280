package org.pupil.assessment;

import java.util.List;
import java.util.Optional;
import org.pupil.dataset.Photo;
import org.pupil.evaluation.LearningCurve;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.Scores;

/**
 * Everything that was found out about a model, or about a cross-validation, on labelled photos:
 * what is printed and what reports are made of.
 *
 * @param photos the photos that were scored, in the order of the predictions; their own index of a
 *     label is that of their folder, which may be another than that of the predictions
 * @param predictions what was predicted of them, by the labels that can be predicted
 * @param scores how good that is
 * @param unreadable photos that could not be read, which no score counts
 * @param labels how the labels of the photos and of the model differ
 * @param crossValidation how the photos were cross-validated; empty if a model was judged
 * @param learningCurve what more photos would bring; empty if a model was judged, or if there were
 *     too few photos to tell or so many that it would have taken too long
 */
public record Assessment(
    List<Photo> photos,
    Predictions predictions,
    Scores scores,
    List<Unreadable> unreadable,
    LabelDifferences labels,
    Optional<Folds> crossValidation,
    Optional<LearningCurve> learningCurve) {
  public Assessment {
    photos = List.copyOf(photos);
    unreadable = List.copyOf(unreadable);
    if (photos.size() != predictions.photos()) {
      throw new IllegalArgumentException(
          photos.size() + " photos, but predictions of " + predictions.photos());
    }
  }

  /**
   * A photo that could not be read.
   *
   * @param reason why, in a few words
   */
  public record Unreadable(Photo photo, String reason) {}

  /**
   * A cross-validation.
   *
   * @param repeats how often all photos were dealt to folds
   * @param folds how many there were
   * @param penalty that of the layers
   * @param neverHeldOut what no score counts, by label
   * @param noCurve why there is no learning curve; empty if there is one
   */
  public record Folds(
      int repeats,
      int folds,
      double penalty,
      List<NeverHeldOut> neverHeldOut,
      Optional<NoCurve> noCurve) {
    public Folds {
      neverHeldOut = List.copyOf(neverHeldOut);
    }
  }

  /** Why a cross-validation has no learning curve. */
  public enum NoCurve {
    TOO_FEW_PHOTOS("there are too few photos (a label must have five that differ enough)"),
    TOO_MANY_PHOTOS("with so many photos and labels it would take too long");

    private final String reason;

    NoCurve(String reason) {
      this.reason = reason;
    }

    /** A clause: {@code there are too few photos}. */
    public String reason() {
      return reason;
    }
  }

  /**
   * Photos of one label that were never held out, so that no score counts them: without them, or
   * without those that they belong together with, a label would have had none to learn from.
   *
   * @param label name of the label
   * @param photos one or more
   * @param wholeLabel whether the label has no others, so that nothing is said of it
   */
  public record NeverHeldOut(String label, List<Photo> photos, boolean wholeLabel) {
    public NeverHeldOut {
      photos = List.copyOf(photos);
      if (photos.isEmpty()) {
        throw new IllegalArgumentException("of " + label + " nothing was left out");
      }
    }

    /** What was left out, and why: part of a sentence. */
    public String inWords() {
      if (!wholeLabel) {
        return "%d of the photos of %s (without their group a label would have none to learn from)"
            .formatted(photos.size(), label);
      }
      return photos.size() == 1
          ? label + " (it has only one photo)"
          : "%s (its %d photos belong together and count as one)".formatted(label, photos.size());
    }
  }
}

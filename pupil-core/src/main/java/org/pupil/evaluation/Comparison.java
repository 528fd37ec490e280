package org.pupil.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pupil.training.Argmax;

/**
 * Two models on the same photos, a first and a second one.
 *
 * @param photos number of photos
 * @param bothRight photos that both predict rightly
 * @param becameRight indexes of the photos that only the second predicts rightly
 * @param becameWrong indexes of the photos that only the first predicts rightly
 * @param pValue of McNemar's exact test: how probable so uneven a division is if both are equally
 *     good, 0 to 1. A group of photos that resemble each other counts once, for the model that has
 *     more of them right, since the test supposes that photos are independent
 */
public record Comparison(
    int photos,
    int bothRight,
    List<Integer> becameRight,
    List<Integer> becameWrong,
    double pValue) {
  /** Where chance alone is no longer believed, by convention. */
  private static final double SIGNIFICANT = 0.05;

  public Comparison {
    becameRight = List.copyOf(becameRight);
    becameWrong = List.copyOf(becameWrong);
  }

  /**
   * Compares predictions of the same photos in the same order; of several predictions of a photo
   * the averages. The groups are those of the second.
   */
  public static Comparison of(Predictions first, Predictions second) {
    if (first.photos() != second.photos()) {
      throw new IllegalArgumentException(
          "the photos must be the same, were " + first.photos() + " and " + second.photos());
    }
    List<Integer> becameRight = new ArrayList<>();
    List<Integer> becameWrong = new ArrayList<>();
    int bothRight = 0;
    Map<Integer, Integer> gains = new HashMap<>();
    for (int photo = 0; photo < first.photos(); photo++) {
      boolean firstIsRight = isRight(first, photo);
      boolean secondIsRight = isRight(second, photo);
      if (firstIsRight && secondIsRight) {
        bothRight++;
      } else if (secondIsRight) {
        becameRight.add(photo);
        gains.merge(second.group(photo), 1, Integer::sum);
      } else if (firstIsRight) {
        becameWrong.add(photo);
        gains.merge(second.group(photo), -1, Integer::sum);
      }
    }
    return new Comparison(
        first.photos(),
        bothRight,
        becameRight,
        becameWrong,
        McNemar.pValue(
            (int) gains.values().stream().filter(gain -> gain < 0).count(),
            (int) gains.values().stream().filter(gain -> gain > 0).count()));
  }

  private static boolean isRight(Predictions predictions, int photo) {
    return Argmax.of(predictions.meanProbabilities(photo)) == predictions.truth(photo);
  }

  /** Photos that both predict wrongly. */
  public int bothWrong() {
    return photos - bothRight - becameRight.size() - becameWrong.size();
  }

  /** Whether the difference is larger than chance explains, at the usual level of 0.05. */
  public boolean isSignificant() {
    return pValue < SIGNIFICANT;
  }
}

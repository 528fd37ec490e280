package org.pupil.evaluation;

import org.pupil.training.Argmax;

/**
 * What every prediction adds to the scores, worked out once. The predictions of a photo lie side by
 * side: those of photo i at {@code i * repeats} and the places after it.
 */
final class PredictedPhotos {
  private final int repeats;
  private final int labels;
  final int[] truth;
  final int[] predicted;

  /** How many labels are likelier than the true one. */
  final int[] rank;

  final double[] confidence;
  final int[] bin;
  final double[] logLoss;

  /** Sum over the labels of the squared distance of the probability from 1 or 0. */
  final double[] squares;

  PredictedPhotos(Predictions of) {
    this.repeats = of.repeats();
    this.labels = of.labels().size();
    int n = of.photos() * repeats;
    truth = new int[n];
    predicted = new int[n];
    rank = new int[n];
    confidence = new double[n];
    bin = new int[n];
    logLoss = new double[n];
    squares = new double[n];
    for (int photo = 0; photo < of.photos(); photo++) {
      for (int repeat = 0; repeat < repeats; repeat++) {
        set(photo * repeats + repeat, of.truth(photo), of.probabilities(repeat, photo));
      }
    }
  }

  private void set(int i, int label, float[] probabilities) {
    truth[i] = label;
    predicted[i] = Argmax.of(probabilities);
    confidence[i] = Math.min(1, probabilities[predicted[i]]);
    bin[i] = Calibration.bin(confidence[i]);
    logLoss[i] = Evaluation.logLoss(probabilities[label]);
    for (int other = 0; other < probabilities.length; other++) {
      double distance = probabilities[other] - (other == label ? 1 : 0);
      squares[i] += distance * distance;
      // Of equally likely ones the first counts, as in Argmax.
      if (probabilities[other] > probabilities[label]
          || (other < label && probabilities[other] == probabilities[label])) {
        rank[i]++;
      }
    }
  }

  /** Number of photos. */
  int photos() {
    return repeats == 0 ? 0 : truth.length / repeats;
  }

  /** Predictions of each photo. */
  int repeats() {
    return repeats;
  }

  /** Number of labels, k. */
  int labels() {
    return labels;
  }
}

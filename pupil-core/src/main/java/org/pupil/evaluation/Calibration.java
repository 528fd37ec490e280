package org.pupil.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the probabilities mean what they say: of the predictions made with a probability of about
 * 0.8, 8 in 10 should be right.
 *
 * <p>The confidence of a prediction is the probability of the predicted label. Predictions are put
 * into ten bins of equal width: bin i takes confidences above i/10 up to and with (i + 1)/10, as in
 * Guo et al., "On calibration of modern neural networks" (2017).
 *
 * @param expectedError mean over all predictions of the distance between their bin's accuracy and
 *     its mean confidence, 0 to 1 (ECE); NaN without predictions
 * @param bins the ten bins, lowest confidence first
 */
public record Calibration(double expectedError, List<Bin> bins) {
  static final int BINS = 10;

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Predictions of about the same confidence.
   *
   * @param above confidences are greater than this
   * @param upTo and at most this
   * @param photos number of predictions
   * @param confidence their mean confidence; NaN if there are none
   * @param accuracy the part that is right; NaN if there are none
   */
  public record Bin(double above, double upTo, int photos, double confidence, double accuracy) {}

  /** The bin of a confidence. */
  static int bin(double confidence) {
    return Math.max(0, (int) Math.ceil(confidence * BINS) - 1);
  }

  /** Calibration of predictions: the confidence of each and whether it was right. */
  static Calibration of(double[] confidences, boolean[] right) {
    int[] photos = new int[BINS];
    int[] hits = new int[BINS];
    double[] sums = new double[BINS];
    for (int i = 0; i < confidences.length; i++) {
      int bin = bin(confidences[i]);
      photos[bin]++;
      hits[bin] += right[i] ? 1 : 0;
      sums[bin] += confidences[i];
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      bins.add(
          new Bin(
              (double) bin / BINS,
              (double) (bin + 1) / BINS,
              photos[bin],
              sums[bin] / photos[bin],
              (double) hits[bin] / photos[bin]));
      error += Math.abs(hits[bin] - sums[bin]);
    }
    return new Calibration(error / confidences.length, bins);
  }
}

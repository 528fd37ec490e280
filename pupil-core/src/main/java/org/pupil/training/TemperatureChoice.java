package org.pupil.training;

import java.util.stream.IntStream;

/**
 * Whether a layer's logits are to be divided by a temperature, and by which. Decided by photos that
 * the layer has not seen: by a part of them, the temperature is fitted, and the others say whether
 * it helps them; each photo is such another once.
 *
 * @param temperature what the logits are to be divided by, positive; 1 if it does not help
 * @param photos how many were asked
 * @param before their mean log loss as it was, in nats
 * @param after their mean log loss with temperatures that other photos gave, in nats
 */
public record TemperatureChoice(double temperature, int photos, double before, double after) {
  /** Fewer say nothing. */
  private static final int FEWEST = 20;

  private static final int PARTS = 5;

  /**
   * Chooses. A temperature is taken if it lowers the mean log loss by more than that difference's
   * standard error.
   *
   * @param logits [n][k] of photos that the layer has not seen
   * @param truth [n] index of each photo's label
   * @param part which photos belong together: those of equal numbers, 0 or more, are in one part
   */
  static TemperatureChoice of(float[][] logits, int[] truth, int[] part) {
    int n = truth.length;
    double before = 0;
    for (int photo = 0; photo < n; photo++) {
      before += TemperatureScaling.logLoss(logits[photo], truth[photo], 1);
    }
    if (n < FEWEST) {
      return new TemperatureChoice(1, n, before / n, before / n);
    }
    double[] gains = gains(logits, truth, part);
    double mean = IntStream.range(0, n).mapToDouble(i -> gains[i]).sum() / n;
    double squares =
        IntStream.range(0, n).mapToDouble(i -> (gains[i] - mean) * (gains[i] - mean)).sum();
    boolean helps = mean > Math.sqrt(squares / n / (n - 1));
    double temperature = helps ? 1 / TemperatureScaling.fit(logits, truth) : 1;
    return new TemperatureChoice(temperature, n, before / n, before / n - mean);
  }

  /** How much lower the log loss of each photo becomes by the temperature of the other parts. */
  private static double[] gains(float[][] logits, int[] truth, int[] part) {
    double[] gains = new double[truth.length];
    for (int p = 0; p < PARTS; p++) {
      int held = p;
      int[] others =
          IntStream.range(0, truth.length).filter(i -> part[i] % PARTS != held).toArray();
      if (others.length == 0) {
        continue;
      }
      double inverse =
          TemperatureScaling.fit(
              IntStream.of(others).mapToObj(i -> logits[i]).toArray(float[][]::new),
              IntStream.of(others).map(i -> truth[i]).toArray());
      for (int i = 0; i < truth.length; i++) {
        if (part[i] % PARTS == held) {
          gains[i] =
              TemperatureScaling.logLoss(logits[i], truth[i], 1)
                  - TemperatureScaling.logLoss(logits[i], truth[i], inverse);
        }
      }
    }
    return gains;
  }

  /** Whether there were too few photos to tell whether a temperature helps. */
  public boolean hasTooFewPhotos() {
    return photos < FEWEST;
  }

  /** Whether the layer's probabilities change. */
  public boolean helps() {
    return temperature != 1;
  }

  /** A layer whose logits are divided by the temperature. */
  FinalLayer applyTo(FinalLayer layer) {
    return helps() ? layer.scaled((float) (1 / temperature)) : layer;
  }
}

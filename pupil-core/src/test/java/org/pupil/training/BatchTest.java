package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.chance.Chance;

class BatchTest {
  /** Central differences of the mean cross entropy, taken in float64. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6})
  void theGradientIsTheSlopeOfTheCrossEntropy(int k) {
    int[] counts = new int[k];
    for (int c = 0; c < k; c++) {
      counts[c] = 1 + c;
    }
    int d = 5;
    TrainingData photos = Reference.made(k, d, 1, counts);
    Chance chance = new Chance(1, Chance.Purpose.WEIGHTS);
    LayerArrays layer = new LayerArrays(k, d);
    for (int array = 0; array <= k; array++) {
      for (int j = 0; j < layer.array(array).length; j++) {
        layer.array(array)[j] = (float) (0.3 * chance.truncatedNormal());
      }
    }
    Batch batch = new Batch(photos, new BatchSampler(photos, -1, chance));
    batch.fill(0);
    batch.look(layer);
    LayerArrays gradient = new LayerArrays(k, d);
    batch.gradient(new float[k][photos.size()], gradient);

    double[][] parameters = new double[k + 1][];
    for (int array = 0; array <= k; array++) {
      float[] from = layer.array(array);
      parameters[array] = new double[from.length];
      for (int j = 0; j < from.length; j++) {
        parameters[array][j] = from[j];
      }
    }
    double step = 1e-5;
    for (int array = 0; array <= k; array++) {
      for (int j = 0; j < parameters[array].length; j++) {
        double here = parameters[array][j];
        parameters[array][j] = here + step;
        double above = meanCrossEntropy(photos, parameters);
        parameters[array][j] = here - step;
        double below = meanCrossEntropy(photos, parameters);
        parameters[array][j] = here;
        double slope = (above - below) / (2 * step);
        assertThat((double) gradient.array(array)[j]).isCloseTo(slope, within(2e-6));
      }
    }
  }

  private static double meanCrossEntropy(TrainingData photos, double[][] parameters) {
    int k = parameters.length - 1;
    double total = 0;
    for (int photo = 0; photo < photos.size(); photo++) {
      double sum = 0;
      double own = 0;
      for (int c = 0; c < k; c++) {
        double logit = parameters[k][c];
        for (int j = 0; j < photos.dimension(); j++) {
          logit += parameters[c][j] * photos.row(photo)[j];
        }
        sum += Math.exp(logit);
        own = photos.label(photo) == c ? logit : own;
      }
      total += Math.log(sum) - own;
    }
    return total / photos.size();
  }
}

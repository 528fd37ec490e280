package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.pupil.chance.Chance;

class ProductsTest {
  private static float[][] random(Chance chance, int n, int d) {
    float[][] arrays = new float[n][d];
    for (float[] array : arrays) {
      for (int j = 0; j < d; j++) {
        array[j] = (float) chance.truncatedNormal();
      }
    }
    return arrays;
  }

  @Property(tries = 200)
  void logitsAreRowsTimesWeights(
      @ForAll @IntRange(min = 1, max = 11) int n,
      @ForAll @IntRange(min = 1, max = 20) int d,
      @ForAll @IntRange(min = 2, max = 7) int k,
      @ForAll long seed) {
    Chance chance = new Chance(seed, Chance.Purpose.WEIGHTS);
    float[][] rows = random(chance, n, d);
    float[][] weights = random(chance, k, d);
    float[] biases = random(chance, 1, k)[0];
    float[] logits = new float[n * k];
    Products.logits(rows, n, weights, biases, logits);
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < k; c++) {
        double expected = biases[c];
        for (int j = 0; j < d; j++) {
          expected += (double) rows[i][j] * weights[c][j];
        }
        assertThat((double) logits[i * k + c]).isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Property(tries = 100)
  void aRowsLogitsDoNotDependOnItsNeighbours(
      @ForAll @IntRange(min = 2, max = 11) int n, @ForAll @IntRange(min = 2, max = 5) int k) {
    Chance chance = new Chance(n, Chance.Purpose.WEIGHTS);
    float[][] rows = random(chance, n, 33);
    float[][] weights = random(chance, k, 33);
    float[] biases = random(chance, 1, k)[0];
    float[] together = new float[n * k];
    Products.logits(rows, n, weights, biases, together);
    for (int i = 0; i < n; i++) {
      float[] alone = new float[k];
      Products.logits(new float[][] {rows[i]}, 1, weights, biases, alone);
      assertThat(alone).isEqualTo(Arrays.copyOfRange(together, i * k, (i + 1) * k));
    }
  }

  @Property(tries = 200)
  void multiplesAreAddedToWhatIsThere(
      @ForAll @IntRange(min = 1, max = 4) int sums,
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll @IntRange(min = 0, max = 11) int n,
      @ForAll long seed) {
    Chance chance = new Chance(seed, Chance.Purpose.WEIGHTS);
    float[][] sum = random(chance, sums, length);
    float[][] arrays = random(chance, n, length);
    float[][] factors = random(chance, sums, n);
    double[][] expected = new double[sums][length];
    for (int c = 0; c < sums; c++) {
      for (int j = 0; j < length; j++) {
        expected[c][j] = sum[c][j];
        for (int i = 0; i < n; i++) {
          expected[c][j] += (double) factors[c][i] * arrays[i][j];
        }
      }
    }
    Products.addMultiples(sum, arrays, n, factors);
    for (int c = 0; c < sums; c++) {
      for (int j = 0; j < length; j++) {
        assertThat((double) sum[c][j]).isCloseTo(expected[c][j], within(1e-4));
      }
    }
  }
}

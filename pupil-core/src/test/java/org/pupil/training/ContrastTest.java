package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ContrastTest {
  /** Column i of the result is what unit coordinate i becomes: [k][k - 1]. */
  private static float[][] basis(int k) {
    float[][] unit = new float[k - 1][k - 1];
    for (int i = 0; i < k - 1; i++) {
      unit[i][i] = 1;
    }
    float[][] labels = new float[k][k - 1];
    new Contrast(k).expand(unit, labels, k - 1);
    return labels;
  }

  @Property(tries = 20)
  void theVectorsAreOrthonormalAndSumToZero(@ForAll @IntRange(min = 2, max = 40) int k) {
    float[][] basis = basis(k);
    for (int i = 0; i < k - 1; i++) {
      double sum = 0;
      for (int c = 0; c < k; c++) {
        sum += basis[c][i];
      }
      assertThat(sum).isCloseTo(0, within(1e-5));
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (int c = 0; c < k; c++) {
          product += (double) basis[c][i] * basis[c][j];
        }
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-5));
      }
    }
  }

  @Property(tries = 20)
  void reduceIsTheTranspose(@ForAll @IntRange(min = 2, max = 12) int k) {
    float[][] basis = basis(k);
    float[][] unit = new float[k][k];
    for (int c = 0; c < k; c++) {
      unit[c][c] = 1;
    }
    float[][] coordinates = new float[k - 1][k];
    new Contrast(k).reduce(unit, coordinates, k);
    for (int i = 0; i < k - 1; i++) {
      for (int c = 0; c < k; c++) {
        assertThat(coordinates[i][c]).isCloseTo(basis[c][i], within(1e-6f));
      }
    }
  }
}

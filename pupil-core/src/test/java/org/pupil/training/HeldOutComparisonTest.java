package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeldOutComparisonTest {
  private static final int[] TRUTH = new int[100];

  /** Logits of 100 photos, all of label 0, of which so many are taken for label 1. */
  private static float[][] logits(double sure, int wrong) {
    float[][] logits = new float[100][];
    Arrays.setAll(logits, i -> new float[] {(float) (i < wrong ? -sure : sure + i % 7), 0});
    return logits;
  }

  @Test
  void fewerMistakesAreBetter() {
    HeldOutComparison comparison = HeldOutComparison.of(logits(1, 20), logits(1, 3), TRUTH);
    assertThat(comparison.isBetter()).isTrue();
    assertThat(comparison.rightBefore()).isEqualTo(80);
    assertThat(comparison.rightAfter()).isEqualTo(97);
    assertThat(comparison.lossAfter()).isLessThan(comparison.lossBefore());
  }

  @Test
  void oneMistakeLessIsChance() {
    assertThat(HeldOutComparison.of(logits(1, 10), logits(1, 9), TRUTH).isBetter()).isFalse();
  }

  @Test
  void toBeSurerIsNotBetter() {
    assertThat(HeldOutComparison.of(logits(1, 10), logits(1, 10), TRUTH).isBetter()).isFalse();
    float[][] surer = logits(1, 10);
    for (float[] photo : surer) {
      photo[0] *= 3;
    }
    assertThat(HeldOutComparison.of(logits(1, 10), surer, TRUTH).isBetter()).isFalse();
  }

  @Test
  void aLowerLossWithMoreMistakesIsNotBetter() {
    float[][] before = logits(4, 4);
    float[][] after = logits(9, 5);
    for (int i = 0; i < 5; i++) {
      after[i][0] = -0.01f;
    }
    HeldOutComparison comparison = HeldOutComparison.of(before, after, TRUTH);
    assertThat(comparison.lossAfter()).isLessThan(comparison.lossBefore());
    assertThat(comparison.isBetter()).isFalse();
  }

  @Test
  void fewPhotosSayNothing() {
    float[][] before = Arrays.copyOf(logits(1, 15), 19);
    float[][] after = Arrays.copyOf(logits(1, 0), 19);
    assertThat(HeldOutComparison.of(before, after, new int[19]).isBetter()).isFalse();
  }
}

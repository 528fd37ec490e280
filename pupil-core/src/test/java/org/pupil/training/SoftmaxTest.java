package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
  private static float[] probabilities(float... logits) {
    float[] probabilities = new float[logits.length];
    Softmax.probabilities(logits, 1, logits.length, probabilities);
    return probabilities;
  }

  @Property
  void probabilitiesSumToOne(
      @ForAll @Size(min = 2, max = 30) List<@FloatRange(min = -1e6f, max = 1e6f) Float> logits) {
    float[] array = new float[logits.size()];
    for (int c = 0; c < array.length; c++) {
      array[c] = logits.get(c);
    }
    double sum = 0;
    for (float probability : probabilities(array)) {
      assertThat(probability).isBetween(0f, 1f);
      sum += probability;
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
  }

  @Property
  void theSameAddedToAllLogitsChangesNothing(
      @ForAll @Size(min = 2, max = 10) List<@IntRange(min = -40, max = 40) Integer> wholes,
      @ForAll @IntRange(min = -1000, max = 1000) int shift) {
    // Halves of whole numbers are exact in float32, shifted or not.
    float[] logits = new float[wholes.size()];
    float[] shifted = new float[wholes.size()];
    for (int c = 0; c < wholes.size(); c++) {
      logits[c] = wholes.get(c) / 2f;
      shifted[c] = logits[c] + shift;
    }
    assertThat(probabilities(shifted)).isEqualTo(probabilities(logits));
  }

  @Test
  void knownValues() {
    float third = (float) Math.log(1 / 3.0);
    assertThat(probabilities(0, third, third))
        .containsExactly(new float[] {0.6f, 0.2f, 0.2f}, within(1e-6f));
    int[] labels = {1, 0};
    float[] logits = {0, third, 0, third};
    double loss = Softmax.crossEntropy(logits, labels, 2, 2, new float[4]);
    assertThat(loss).isCloseTo((Math.log(4) + Math.log(4 / 3.0)) / 2, within(1e-7));
  }

  @Test
  void greatLogitsDoNotOverflow() {
    assertThat(probabilities(3e38f, -3e38f)).containsExactly(1, 0);
    double loss = Softmax.crossEntropy(new float[] {1e30f, 0}, new int[] {1}, 1, 2, new float[2]);
    assertThat(loss).isCloseTo(1e30, within(1e24));
  }

  @Test
  void whatIsNotANumberStaysSo() {
    assertThat(probabilities(0, Float.NaN)).containsOnly(Float.NaN);
    float[] infinite = {Float.POSITIVE_INFINITY, 0};
    assertThat(Softmax.crossEntropy(infinite, new int[] {0}, 1, 2, new float[2])).isNaN();
  }

  @Test
  void ofEqualProbabilitiesTheFirstIsPredicted() {
    float[] probabilities = {0.4f, 0.4f, 0.2f, 0.2f, 0.4f, 0.4f};
    assertThat(Softmax.accuracy(probabilities, new int[] {0, 1}, 2, 3)).isEqualTo(1);
    assertThat(Softmax.accuracy(probabilities, new int[] {1, 2}, 2, 3)).isEqualTo(0);
  }
}

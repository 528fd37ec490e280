package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FinalLayerTest {
  private final float[] weights = {1, 2, 3, 4, 5, 6};
  private final float[] biases = {0.5f, -0.5f, 0};

  @Test
  void weightsAreFloatsByLabels() {
    FinalLayer layer = new FinalLayer(2, weights, biases);
    assertThat(layer.dimension()).isEqualTo(2);
    assertThat(layer.labelCount()).isEqualTo(3);
    assertThat(layer.logits(new float[] {10, 1})).containsExactly(14.5f, 24.5f, 36);
    assertThat(layer.weights()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(layer.biases()).containsExactly(0.5f, -0.5f, 0);
  }

  @Test
  void weightsKeptByLabelAreTurned() {
    FinalLayer layer = FinalLayer.byLabel(new float[][] {{1, 4}, {2, 5}, {3, 6}}, biases);
    assertThat(layer.weights()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void probabilitiesAreTheSoftmaxOfTheLogits() {
    FinalLayer layer = new FinalLayer(1, new float[] {0, 1}, new float[] {0, 0});
    float[] probabilities = layer.probabilities(new float[] {(float) Math.log(3)});
    assertThat(probabilities).containsExactly(new float[] {0.25f, 0.75f}, within(1e-6f));
  }

  @Test
  void isNotChangedFromOutside() {
    FinalLayer layer = new FinalLayer(2, weights, biases);
    weights[0] = 99;
    biases[0] = 99;
    layer.weights()[1] = 99;
    layer.biases()[1] = 99;
    assertThat(layer.weights()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(layer.biases()).containsExactly(0.5f, -0.5f, 0);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new FinalLayer(3, weights, biases))
        .hasMessage(
            "weights must be [dimension, labels] with 2 labels or more, were 6 floats for 3 x 3");
    weights[4] = Float.NaN;
    assertThatThrownBy(() -> new FinalLayer(2, weights, biases))
        .hasMessage("weights must be finite, one was NaN");
    assertThatThrownBy(
            () -> new FinalLayer(1, new float[2], new float[] {0, Float.NEGATIVE_INFINITY}))
        .hasMessage("biases must be finite, one was -Infinity");
    FinalLayer layer = new FinalLayer(1, new float[2], new float[2]);
    assertThatThrownBy(() -> layer.logits(new float[2]))
        .hasMessage("a bottleneck must have 1 floats, has 2");
  }
}

package org.pupil.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.pupil.training.FinalLayer;

class EvidenceTest {
  private static final FinalLayer LAYER =
      new FinalLayer(2, new float[] {1, -2, 0.5f, 3, 0.25f, -1}, new float[] {0.5f, -1, 0.25f});

  /** Two positions beside each other: features [1, 3] and [2, -1]. */
  private static final float[] MAP = {1, 3, 2, -1};

  @Test
  void eachPositionHasItsShareAboveTheMeanOfTheOthers() {
    float[] logits = LAYER.logits(new float[] {1.5f, 1});
    EvidenceMap map = Evidence.of(LAYER, 1, 2, MAP.clone(), logits).orElseThrow().of(0);

    // Weights of label 0 are [1, 3]; the others' mean is [-0.75, -0.375].
    assertThat(map.value(0, 0)).isCloseTo((1.75f * 1 + 3.375f * 3) / 2, within(1e-6f));
    assertThat(map.value(0, 1)).isCloseTo((1.75f * 2 - 3.375f * 1) / 2, within(1e-6f));
    assertThat(map.bias()).isCloseTo(0.5 + 0.375, within(1e-6));
    assertThat(map.total()).isCloseTo(logits[0] - (logits[1] + logits[2]) / 2.0, within(1e-5));
  }

  @Test
  void aMapThatIsNotWhatTheFeaturesAreMadeOfIsNoEvidence() {
    float[] logits = LAYER.logits(new float[] {1.5f, 3}); // as of the greatest, not of the mean
    assertThat(Evidence.of(LAYER, 1, 2, MAP.clone(), logits)).isEmpty();
    assertThat(Evidence.of(LAYER, 1, 2, new float[] {1, Float.NaN, 2, -1}, logits)).isEmpty();
    assertThat(Evidence.of(LAYER, 1, 2, MAP.clone(), new float[] {Float.NaN, Float.NaN, Float.NaN}))
        .isEmpty();
  }
}

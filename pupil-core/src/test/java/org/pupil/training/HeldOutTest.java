package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.Labels;
import org.pupil.training.PenaltyChoice.HeldOut;

/** How many photos come out right that the layer did not see: cases whose answer is known. */
class HeldOutTest {
  private static final TrainingSettings AUTO =
      TrainingSettings.DEFAULTS.withOptimizer(Optimizer.AUTO);
  private static final Labels LABELS = new Labels(List.of("cup", "plate"));

  private static PenaltyChoice choice(float[][] rows, int[] labelOf) {
    int dimension = rows[0].length;
    TrainingData training = new TrainingData(LABELS, dimension, rows, labelOf);
    TrainingData validation = new TrainingData(LABELS, dimension, new float[0][], new int[0]);
    TrainingResult taught = new Trainer(AUTO, 2).train(training, validation, TrainingListener.NONE);
    return taught.penaltyChoice().orElseThrow();
  }

  /**
   * A photo with a number of its own, which no other has, can be learned by heart but tells nothing
   * of the others. Who has not seen it can only say the more frequent label.
   */
  @Test
  void whatIsLearnedByHeartDoesNotCount() {
    int n = 30;
    float[][] rows = new float[n][n];
    int[] labelOf = new int[n];
    for (int photo = 0; photo < n; photo++) {
      rows[photo][photo] = 1;
      labelOf[photo] = photo < 10 ? 0 : 1;
    }
    PenaltyChoice choice = choice(rows, labelOf);
    assertThat(choice.folds()).isEqualTo(5);
    assertThat(choice.heldOut()).contains(new HeldOut(30, 20));
  }

  @Test
  void photosUnderTheWrongLabelAreCountedAsWrong() {
    int n = 23;
    float[][] rows = new float[n][];
    int[] labelOf = new int[n];
    for (int photo = 0; photo < n; photo++) {
      boolean looksLikeAPlate = photo >= 10;
      rows[photo] = new float[] {looksLikeAPlate ? 1 : -1, 0.01f * (photo % 2)};
      // Three that look like plates lie among the cups.
      labelOf[photo] = looksLikeAPlate && photo < 20 ? 1 : 0;
    }
    assertThat(choice(rows, labelOf).heldOut()).contains(new HeldOut(23, 20));
  }

  @Test
  void theOnlyPhotoOfALabelIsNeverHeldOut() {
    float[][] rows = {{-1}, {1}, {1.1f}, {0.9f}};
    assertThat(choice(rows, new int[] {0, 1, 1, 1}).heldOut()).contains(new HeldOut(3, 3));
    assertThat(choice(new float[][] {{-1}, {1}}, new int[] {0, 1}).heldOut()).isEmpty();
  }

  @Test
  void photosAreHeldOutInFoldsOnly() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PenaltyChoice(1, 0, List.of(), Optional.of(new HeldOut(2, 1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PenaltyChoice(1, 5, List.of(), Optional.empty()));
    assertThatIllegalArgumentException().isThrownBy(() -> new HeldOut(2, 3));
  }
}

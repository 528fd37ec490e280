package org.pupil.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pupil.training.OutOfFold;
import org.pupil.training.OutOfFolds;
import org.pupil.training.TrainingData;

class ConfidentLearningTest {
  private static final double[][] PROBABILITIES = {
    {0.9, 0.1}, {0.9, 0.1}, {0.9, 0.1}, {0.1, 0.9}, {0.45, 0.55}, {0.2, 0.8}, {0.2, 0.8}, {0.8, 0.2}
  };

  private static final int[] LABEL_OF = {0, 0, 0, 0, 0, 1, 1, 1};

  private final OutOfFold outOfFold = OutOfFolds.of(List.of("cat", "dog"), PROBABILITIES);
  private final ConfidentLearning learning = new ConfidentLearning(outOfFold, LABEL_OF);

  /**
   * Cats have 0.65 on average, dogs 0.6. So of the cats three look like cats, one like a dog, and
   * one (0.45 and 0.55) like neither; of the dogs two look like dogs and one like a cat. Of five
   * cats a quarter is wrong, of three dogs a third.
   */
  @Test
  void aPhotoCountsForALabelOnlyAboveWhatThatLabelsPhotosHave() {
    assertThat(learning.expectedWrong()).isCloseTo(5 / 4.0 + 3 / 3.0, within(1e-9));
  }

  @Test
  void aSuspectHasItsMargin() {
    ConfidentLearning.Suspect suspect = learning.suspect(3);
    assertThat(suspect.suggested()).isEqualTo(1);
    assertThat(suspect.margin()).isCloseTo(Math.log(0.1 / 0.9), within(1e-6));
    assertThat(learning.suspect(0).margin()).isCloseTo(Math.log(9), within(1e-6));
  }

  @Test
  void eightPhotosAreTooFewToSuspectAnybody() {
    TrainingData photos = new TrainingData(outOfFold.labels(), 1, new float[8][1], LABEL_OF);

    assertThat(learning.tellsLabels()).isFalse();
    assertThat(ConfidentLearning.expectedWrong(outOfFold, photos)).isZero();
  }
}

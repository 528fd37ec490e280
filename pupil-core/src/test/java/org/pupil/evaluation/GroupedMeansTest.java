package org.pupil.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Expected numbers are SciPy's: {@code src/test/reference/tuning.py}. */
class GroupedMeansTest {
  private static final Offset<Double> NEAR = Offset.offset(1e-12);
  private static final double[] DIFFERENCES = {0.12, -0.03, 0.4, 0.05, 0.22, -0.1, 0.31, 0.02};

  @Test
  void aDifferenceHasStudentsInterval() {
    Score score = GroupedMeans.difference(DIFFERENCES, IntStream.range(0, 8).toArray());
    assertThat(score.value()).isCloseTo(0.12375, NEAR);
    assertThat(score.low()).isCloseTo(-0.021117701050479276, NEAR);
    assertThat(score.high()).isCloseTo(0.2686177010504793, NEAR);
  }

  @Test
  void copiesOfPhotosMakeNothingSurer() {
    double[] twice = new double[16];
    int[] groups = new int[16];
    double[] rights = new double[40];
    int[] pairs = new int[40];
    for (int i = 0; i < 16; i++) {
      twice[i] = DIFFERENCES[i / 2];
      groups[i] = i / 2;
    }
    for (int i = 0; i < 40; i++) {
      rights[i] = i / 2 < 13 ? 1 : 0;
      pairs[i] = i / 2;
    }
    Score once = GroupedMeans.difference(DIFFERENCES, IntStream.range(0, 8).toArray());
    Score copied = GroupedMeans.difference(twice, groups);
    assertThat(copied.low()).isCloseTo(once.low(), NEAR);
    assertThat(copied.high()).isCloseTo(once.high(), NEAR);

    Score proportion = GroupedMeans.proportion(rights, pairs);
    assertThat(proportion.value()).isCloseTo(0.65, NEAR);
    assertThat(proportion.low()).isCloseTo(0.4328542766852363, NEAR);
    assertThat(proportion.high()).isCloseTo(0.8188081758989179, NEAR);
  }

  @Test
  void oneGroupTellsNothingOfADifference() {
    Score score = GroupedMeans.difference(new double[] {1, 2}, new int[] {7, 7});
    assertThat(score.low()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(score.high()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> GroupedMeans.difference(new double[0], new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GroupedMeans.proportion(new double[1], new int[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

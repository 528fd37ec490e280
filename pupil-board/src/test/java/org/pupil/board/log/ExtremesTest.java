package org.pupil.board.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExtremesTest {
  @Test
  void theHighestAndTheLowestOfEachStretchStay() {
    double[] values = {5, 1, 9, 2, 3, 3, -4, 8, 0, 6};
    // Stretches 1 to 4 and 5 to 8.
    assertThat(Extremes.indices(i -> values[i], 10, 6)).containsExactly(0, 1, 2, 6, 7, 9);
  }

  @Test
  void nanIsNeitherHighNorLow() {
    double[] values = {0, Float.NaN, 2, Float.NaN, 1, 0};
    assertThat(Extremes.indices(i -> values[i], 6, 4)).containsExactly(0, 2, 4, 5);
  }

  @Test
  void oneIsTheLast() {
    assertThat(Extremes.indices(i -> i, 3, 1)).containsExactly(2);
  }

  @Property
  void fewEnoughInOrderWithTheEndsAndTheExtremes(
      @ForAll @Size(min = 1, max = 300) float[] values,
      @ForAll @IntRange(min = 4, max = 100) int most) {
    int[] kept = Extremes.indices(i -> values[i], values.length, most);
    assertThat(kept).hasSizeLessThanOrEqualTo(most).startsWith(0).endsWith(values.length - 1);
    for (int i = 1; i < kept.length; i++) {
      assertThat(kept[i]).isGreaterThan(kept[i - 1]);
    }
    assertThat(IntStream.of(kept).mapToDouble(i -> values[i]).max())
        .isEqualTo(IntStream.range(0, values.length).mapToDouble(i -> values[i]).max());
    assertThat(IntStream.of(kept).mapToDouble(i -> values[i]).min())
        .isEqualTo(IntStream.range(0, values.length).mapToDouble(i -> values[i]).min());
  }

  @Property
  void fewerThanFourAreSpreadAndEndWithTheLast(
      @ForAll @IntRange(min = 1, max = 3) int most, @ForAll @IntRange(min = 4, max = 50) int size) {
    int[] kept = Extremes.indices(i -> 0, size, most);
    assertThat(kept).hasSize(most).endsWith(size - 1);
    assertThat(Arrays.stream(kept).distinct().count()).isEqualTo(most);
  }
}

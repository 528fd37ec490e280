package org.pupil.board.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScalarValuesTest {
  private static double[] listed(ScalarValues values, int size) {
    double[] listed = new double[size];
    for (int i = 0; i < size; i++) {
      listed[i] = values.get(i);
    }
    return listed;
  }

  @Property
  void keepsEachAsItWasWritten(
      @ForAll long seed,
      @ForAll @IntRange(max = 900) int size,
      @ForAll @IntRange(max = 900) int narrow,
      @ForAll @IntRange(max = 900) int cut) {
    Random random = new Random(seed);
    double[] written = new double[size];
    ScalarValues values = new ScalarValues();
    for (int i = 0; i < size; i++) {
      written[i] = i < narrow ? random.nextFloat() : random.nextDouble();
      values.add(written[i]);
    }
    ScalarValues before = values.snapshot();

    int kept = Math.min(cut, size);
    values.truncate(kept);
    for (int i = kept; i < size; i++) {
      values.add(-written[i]);
    }

    assertThat(listed(before, size)).isEqualTo(written);
    assertThat(before.isWide()).isEqualTo(narrow < size);
    for (int i = kept; i < size; i++) {
      written[i] = -written[i];
    }
    assertThat(listed(values, size)).isEqualTo(written);
  }

  @Test
  void whatIsNoNumberAndWhatIsInfiniteNeedsNoMoreRoom() {
    ScalarValues values = new ScalarValues();
    values.add(Double.NaN);
    values.add(Double.NEGATIVE_INFINITY);
    values.add(-0.0);

    assertThat(values.isWide()).isFalse();
    assertThat(listed(values, 3)).containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, -0.0);
  }
}

package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BottlenecksTest {
  @Test
  void rowsAreCopied() {
    float[][] rows = {{1, 2, 3}, {4, 5, 6}};
    Bottlenecks bottlenecks = Bottlenecks.of(rows);
    rows[1][0] = 40;
    assertThat(bottlenecks.row(0)).containsExactly(1, 2, 3);
    assertThat(bottlenecks.row(1)).containsExactly(4, 5, 6);
    assertThat(bottlenecks.size()).isEqualTo(2);
    assertThat(bottlenecks.floats()).isEqualTo(3);
    assertThat(bottlenecks).hasToString("bottlenecks [2, 3]");
  }

  @Test
  void aRowIsWhereItsArrayAndOffsetSay() {
    int floats = 1_000_000;
    // Four rows fit into one array of 4 Mi floats, so these are three arrays.
    Bottlenecks bottlenecks = Bottlenecks.zeros(9, floats);
    float[] row = new float[floats + 1];
    for (int i = 0; i < 9; i++) {
      row[1] = i + 1;
      row[floats] = -i - 1;
      bottlenecks.set(i, row, 1);
    }
    for (int i = 0; i < 9; i++) {
      float[] array = bottlenecks.array(i);
      assertThat(array.length).isLessThanOrEqualTo(1 << 22);
      assertThat(array[bottlenecks.offset(i)]).isEqualTo(i + 1);
      assertThat(array[bottlenecks.offset(i) + floats - 1]).isEqualTo(-i - 1);
    }
    assertThat(bottlenecks.array(3)).isSameAs(bottlenecks.array(0));
    assertThat(bottlenecks.array(4)).isNotSameAs(bottlenecks.array(0));
    assertThat(bottlenecks.array(8).length).isEqualTo(floats);
  }

  @Test
  void oneRowMayBeLongerThanAnArrayUsuallyIs() {
    Bottlenecks bottlenecks = Bottlenecks.zeros(2, (1 << 22) + 1);
    assertThat(bottlenecks.array(1)).hasSize((1 << 22) + 1).isNotSameAs(bottlenecks.array(0));
  }

  @Test
  void noRowsAreAMatrixToo() {
    assertThat(Bottlenecks.zeros(0, 5).size()).isZero();
  }

  @Test
  void whatIsNotAMatrixIsRefused() {
    assertThatThrownBy(() -> Bottlenecks.of(new float[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 1 has 1 floats, row 0 has 2");
    assertThatThrownBy(() -> Bottlenecks.of(new float[0][]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bottlenecks.zeros(3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bottlenecks must be at least 0 of at least 1 float, were 3 of 0");
  }

  @Test
  void aRowThatIsNotThereIsRefused() {
    Bottlenecks bottlenecks = Bottlenecks.zeros(3, 2);
    for (int row : new int[] {-1, 3}) {
      assertThatThrownBy(() -> bottlenecks.array(row))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> bottlenecks.offset(row))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}

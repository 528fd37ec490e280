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
  void aPartSharesItsRowsWithTheWhole() {
    Bottlenecks all = Bottlenecks.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    Bottlenecks part = all.only(new int[] {2, 0});
    assertThat(part.size()).isEqualTo(2);
    assertThat(part.row(0)).containsExactly(5, 6).isSameAs(all.row(2));
    assertThat(part.row(1)).containsExactly(1, 2);
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
      assertThatThrownBy(() -> bottlenecks.row(row)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}

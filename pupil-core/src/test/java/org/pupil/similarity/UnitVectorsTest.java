package org.pupil.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pupil.bottleneck.Bottlenecks;

class UnitVectorsTest {
  @Test
  void rowsGetLengthOneAndKeepTheirDirection() {
    UnitVectors unit = UnitVectors.of(Bottlenecks.of(new float[][] {{3, 4}, {0, 0.5f}, {-8, 6}}));

    assertThat(unit.size()).isEqualTo(3);
    assertThat(unit.dimension()).isEqualTo(2);
    assertThat(unit.row(0)).containsExactly(0.6f, 0.8f);
    assertThat(unit.row(1)).containsExactly(0, 1);
    assertThat(unit.row(2)).containsExactly(-0.8f, 0.6f);
    assertThat(unit.cosine(0, 1)).isEqualTo(0.8f);
    assertThat(unit.cosine(0, 2)).isZero();
  }

  @Test
  void lengthsThatHaveNoSquareInFloatsAreNoTrouble() {
    UnitVectors unit = UnitVectors.of(new float[][] {{3e30f, 4e30f}, {3e-30f, 4e-30f}});

    assertThat(unit.row(0)).containsExactly(new float[] {0.6f, 0.8f}, offset(1e-6f));
    assertThat(unit.row(1)).containsExactly(new float[] {0.6f, 0.8f}, offset(1e-6f));
  }

  @Test
  void aCosineIsNeverBeyondOne() {
    // Of some of these the rounded product of a row with itself is above 1.
    for (int d = 1; d < 200; d++) {
      float[] row = new float[d];
      for (int j = 0; j < d; j++) {
        row[j] = 1 + j % 3;
      }
      float[] opposite = row.clone();
      for (int j = 0; j < d; j++) {
        opposite[j] = -opposite[j];
      }
      UnitVectors unit = UnitVectors.of(new float[][] {row, row, opposite});
      assertThat(unit.cosine(0, 1)).isBetween(0.999999f, 1f);
      assertThat(unit.cosine(0, 2)).isBetween(-1f, -0.999999f);
    }
  }

  @Test
  void aRowOfZerosHasNothingInCommonWithAny() {
    UnitVectors unit = UnitVectors.of(new float[][] {{0, 0}, {1, 2}, {0, 0}});

    assertThat(unit.row(0)).containsExactly(0, 0);
    assertThat(unit.cosine(0, 1)).isZero();
    assertThat(unit.cosine(0, 2)).isZero();
  }

  @Test
  void turnedVectorsHaveTheSameCosines() {
    Random random = new Random(1);
    float[][] rows = new float[37][23];
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    rows[7] = rows[3].clone();
    UnitVectors unit = UnitVectors.of(rows);
    TurnedVectors turned = TurnedVectors.of(unit);
    float[] cosines = new float[rows.length];

    for (int i = 0; i < rows.length; i++) {
      turned.cosines(i, cosines);
      for (int j = 0; j < rows.length; j++) {
        assertThat(cosines[j]).isEqualTo(unit.cosine(i, j));
      }
    }
    assertThatThrownBy(() -> turned.cosines(0, new float[36]))
        .hasMessage("place for 36 cosines of 37");
  }

  @Test
  void otherRowsAreRefused() {
    assertThatThrownBy(() -> UnitVectors.of(new float[0][]))
        .hasMessage("there must be a row, and a number in it");
    assertThatThrownBy(() -> UnitVectors.of(new float[][] {{1, 2}, {1}}))
        .hasMessage("row 1 has 1 floats, row 0 has 2");
    assertThatThrownBy(() -> UnitVectors.of(new float[][] {{1, Float.NaN}}))
        .hasMessage("row 0 has a number that is not finite");
  }
}

package org.pupil.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNeighboursTest {
  private static UnitVectors random(int size, int dimension, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[size][dimension];
    for (float[] row : rows) {
      for (int j = 0; j < dimension; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return UnitVectors.of(rows);
  }

  /** In double precision and by sorting everything. */
  private static List<Integer> expected(UnitVectors rows, float[] query, int self, int k) {
    return IntStream.range(0, rows.size())
        .filter(row -> row != self)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> -exact(rows.row(row), query)))
        .limit(k)
        .toList();
  }

  private static double exact(float[] x, float[] y) {
    return IntStream.range(0, x.length).mapToDouble(j -> (double) x[j] * y[j]).sum();
  }

  private static List<Integer> rows(NearestNeighbours found, int query) {
    return found.of(query).stream().map(Neighbour::row).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 8, 1", // one of each
    "300, 15, 37, 5", // too few queries for columns, a dimension that fours do not divide
    "300, 16, 37, 5",
    "290, 700, 32, 7", // several blocks
    "4, 20, 8, 9", // k beyond the rows
  })
  void theyAreThoseOfAFullSort(int rowCount, int queryCount, int dimension, int k) {
    UnitVectors rows = random(rowCount, dimension, 1);
    UnitVectors queries = random(queryCount, dimension, 2);

    NearestNeighbours found = NearestNeighbours.of(rows, queries, k, 2);

    assertThat(found.queries()).isEqualTo(queryCount);
    assertThat(found.count()).isEqualTo(Math.min(k, rowCount));
    for (int query = 0; query < queryCount; query++) {
      float[] vector = queries.row(query);
      assertThat(rows(found, query)).isEqualTo(expected(rows, vector, -1, k));
      for (Neighbour neighbour : found.of(query)) {
        assertThat((double) neighbour.cosine())
            .isCloseTo(exact(rows.row(neighbour.row()), vector), offset(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 15, 40, 600})
  void amongThemselvesARowIsNotItsOwnNeighbour(int size) {
    UnitVectors rows = random(size, 24, 3);

    NearestNeighbours found = NearestNeighbours.among(rows, 5, 2);

    for (int row = 0; row < size; row++) {
      assertThat(rows(found, row)).isEqualTo(expected(rows, rows.row(row), row, 5));
    }
  }

  @Test
  void theAnswerIsTheSameBitForBitWithAnyThreadsAndWhateverIsBeside() {
    UnitVectors rows = random(400, 130, 4);
    NearestNeighbours alone = NearestNeighbours.among(rows, 6, 1);

    for (int threads : new int[] {2, 3, 7}) {
      NearestNeighbours found = NearestNeighbours.among(rows, 6, threads);
      for (int row = 0; row < rows.size(); row++) {
        assertThat(found.of(row)).isEqualTo(alone.of(row));
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      UnitVectors query = UnitVectors.of(new float[][] {rows.row(row)});
      Neighbour nearest = NearestNeighbours.of(rows, rows, 2, 2).of(row).get(1);
      assertThat(alone.cosine(row, 0)).isEqualTo(nearest.cosine());
      assertThat(rows.cosine(row, nearest.row())).isEqualTo(nearest.cosine());
      assertThat(rows.cosine(nearest.row(), row)).isEqualTo(nearest.cosine());
      assertThat(NearestNeighbours.of(rows, query, 1, 1).row(0, 0)).isEqualTo(row);
    }
  }

  @Test
  void ofEquallyNearRowsTheLowerComesFirst() {
    float[] same = {3, 4};
    UnitVectors rows = UnitVectors.of(new float[][] {{1, 0}, same, {6, 8}, same, {0, 1}});

    assertThat(NearestNeighbours.among(rows, 3, 1).of(3))
        .containsExactly(new Neighbour(1, 1), new Neighbour(2, 1), new Neighbour(4, 0.8f));
    assertThat(rows(NearestNeighbours.of(rows, rows, 2, 1), 3)).containsExactly(1, 2);
  }

  @Test
  void oneRowAloneHasNoNeighbours() {
    UnitVectors one = random(1, 3, 5);

    assertThat(NearestNeighbours.among(one, 5, 2).of(0)).isEmpty();
    assertThat(NearestNeighbours.of(one, one, 5, 2).of(0)).containsExactly(new Neighbour(0, 1));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    UnitVectors rows = random(3, 4, 6);

    assertThatThrownBy(() -> NearestNeighbours.among(rows, 0, 1))
        .hasMessage("k must be at least 1, was 0");
    assertThatThrownBy(() -> NearestNeighbours.of(rows, random(2, 5, 6), 1, 1))
        .hasMessage("unit vectors [2, 5] against unit vectors [3, 4]");
  }
}

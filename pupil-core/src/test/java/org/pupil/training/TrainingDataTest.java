package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.Labels;

class TrainingDataTest {
  private final Labels labels = new Labels(List.of("cat", "dog"));
  private final float[][] rows = {{1, 2}, {3, 4}, {5, 6}};
  private final TrainingData data = new TrainingData(labels, 2, rows, new int[] {1, 0, 1});

  @Test
  void sharesTheBottlenecks() {
    assertThat(data.row(1)).isSameAs(rows[1]);
    float[][] batch = new float[4][];
    data.fill(0, new int[] {2, 0, 2, 1}, batch);
    assertThat(batch).isDeepEqualTo(new float[][] {rows[2], rows[0], rows[2], rows[1]});
  }

  @Test
  void aPartKeepsLabelsWithTheirRows() {
    TrainingData part = data.only(new int[] {1, 2, 1});
    assertThat(part.size()).isEqualTo(3);
    assertThat(part.row(1)).isSameAs(rows[2]);
    assertThat(new int[] {part.label(0), part.label(1), part.label(2)}).containsExactly(0, 1, 0);
  }

  @Test
  void aTestOfAllPhotosHasEachOnce() {
    assertThat(data.draw(-1, 5)).containsExactly(1, 0, 2);
  }

  @Test
  void aTestOfSomePhotosIsDrawnWithReplacementAndDependsOnTheSeed() {
    assertThat(data.draw(20, 5)).hasSize(20).containsOnly(0, 1, 2).isEqualTo(data.draw(20, 5));
    assertThat(data.draw(20, 6)).isNotEqualTo(data.draw(20, 5));
  }

  @Test
  void nothingIsDrawnFromAnEmptySet() {
    assertThat(Reference.none(data).draw(10, 0)).isEmpty();
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThatThrownBy(() -> new TrainingData(labels, 2, rows, new int[] {1, 0}))
        .hasMessage("every row needs a label and a group: 3 rows, 2 labels, 3 groups");
    assertThatThrownBy(() -> new TrainingData(labels, 3, rows, new int[] {1, 0, 1}))
        .hasMessage("row 0 must have 3 floats, has 2");
    assertThatThrownBy(() -> new TrainingData(labels, 2, rows, new int[] {1, 2, 1}))
        .hasMessage("label of row 1 must be below 2, was 2");
    assertThatThrownBy(() -> new TrainingData(labels, 0, new float[0][], new int[0]))
        .hasMessage("dimension must be at least 1, was 0");
    assertThatThrownBy(
            () -> new TrainingData(new Labels(List.of("cat")), 2, rows, new int[] {0, 0, 0}))
        .hasMessage("there must be 2 labels or more, were [cat]");
  }
}

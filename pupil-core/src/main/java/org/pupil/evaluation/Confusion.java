package org.pupil.evaluation;

import java.util.Arrays;

/**
 * How often each label was taken for each: rows are the true labels, columns the predicted ones, in
 * the order of the labels. The diagonal is what was right.
 */
public final class Confusion {
  private final int[][] counts;

  Confusion(int[][] counts) {
    this.counts = counts;
  }

  /** Number of photos of the label {@code truth} that were taken for {@code predicted}. */
  public int count(int truth, int predicted) {
    return counts[truth][predicted];
  }

  /** Number of labels, k: the matrix is k x k. */
  public int labelCount() {
    return counts.length;
  }

  /** Number of photos of a label: the sum of its row. */
  public int truths(int label) {
    return Arrays.stream(counts[label]).sum();
  }

  /** Number of photos that were taken for a label: the sum of its column. */
  public int predictions(int label) {
    return Arrays.stream(counts).mapToInt(row -> row[label]).sum();
  }

  /** Number of photos on the diagonal. */
  public int right() {
    int right = 0;
    for (int label = 0; label < counts.length; label++) {
      right += counts[label][label];
    }
    return right;
  }

  /** A copy of the matrix: {@code rows()[truth][predicted]}. */
  public int[][] rows() {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }
}

package org.pupil.board.plugins.prcurves;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.board.answers.NumberTensor;
import org.pupil.log.proto.Summary;

/**
 * A precision-recall curve of one step; the lists are of one length, a place a threshold.
 *
 * @param thresholds from 0 on, growing evenly to 1; at the end those are left out from which on
 *     nothing is taken as positive any more, because then there is no precision
 */
public record PrCurve(
    List<Double> precision,
    List<Double> recall,
    List<Long> truePositives,
    List<Long> falsePositives,
    List<Long> trueNegatives,
    List<Long> falseNegatives,
    List<Double> thresholds) {
  private static final int ROWS = 6;

  public PrCurve {
    precision = List.copyOf(precision);
    recall = List.copyOf(recall);
    truePositives = List.copyOf(truePositives);
    falsePositives = List.copyOf(falsePositives);
    trueNegatives = List.copyOf(trueNegatives);
    falseNegatives = List.copyOf(falseNegatives);
    thresholds = List.copyOf(thresholds);
  }

  /**
   * Reads a matrix whose rows are true and false positives, true and false negatives, precision and
   * recall.
   *
   * @return empty if the value is none
   */
  public static Optional<PrCurve> of(Summary.Value value) {
    return NumberTensor.matrix(value.getTensor())
        .filter(matrix -> matrix.rows() >= ROWS)
        .map(PrCurve::ofMatrix);
  }

  private static PrCurve ofMatrix(NumberTensor matrix) {
    int all = matrix.columns();
    int end = all;
    while (end > 1 && (long) matrix.get(0, end - 1) + (long) matrix.get(1, end - 1) == 0) {
      end--;
    }
    return new PrCurve(
        row(matrix, 4, end),
        row(matrix, 5, end),
        counts(matrix, 0, end),
        counts(matrix, 1, end),
        counts(matrix, 2, end),
        counts(matrix, 3, end),
        thresholds(all, end));
  }

  private static List<Double> row(NumberTensor matrix, int row, int end) {
    return IntStream.range(0, end).mapToObj(i -> matrix.get(row, i)).toList();
  }

  private static List<Long> counts(NumberTensor matrix, int row, int end) {
    return IntStream.range(0, end).mapToObj(i -> (long) matrix.get(row, i)).toList();
  }

  private static List<Double> thresholds(int all, int end) {
    double distance = 1.0 / (all - 1);
    List<Double> thresholds = new ArrayList<>(end);
    for (int i = 0; i < end; i++) {
      thresholds.add(i == 0 ? 0.0 : i == all - 1 ? 1.0 : i * distance);
    }
    return thresholds;
  }
}

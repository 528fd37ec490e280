package org.pupil.board.plugins.histograms;

import java.util.Optional;
import org.pupil.board.answers.NumberTensor;
import org.pupil.log.proto.HistogramProto;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TensorProto;

/**
 * How the values of one array were spread: buckets in the order of the log, each from a left edge
 * on up to a right one, with a count. Usually they are sorted and do not overlap; a log may claim
 * anything. Immutable.
 */
public final class HistogramBuckets {
  private static final int LEFT = 0;
  private static final int RIGHT = 1;
  private static final int COUNT = 2;
  private static final int COLUMNS = 3;

  private final double[] lefts;
  private final double[] rights;
  private final double[] counts;

  private HistogramBuckets(int size) {
    lefts = new double[size];
    rights = new double[size];
    counts = new double[size];
  }

  /**
   * Reads a value of either form: TensorFlow 2's tensor of rows (left, right, count), or TensorFlow
   * 1's HistogramProto. Of the latter the empty buckets at both ends go, and the least and the
   * greatest value become the outermost edges: those in the log are plus and minus the largest
   * double.
   *
   * @return empty if the value is neither
   */
  public static Optional<HistogramBuckets> of(Summary.Value value) {
    return switch (value.getValueCase()) {
      case TENSOR -> ofTensor(value.getTensor());
      case HISTO -> ofProto(value.getHisto());
      default -> Optional.empty();
    };
  }

  private static Optional<HistogramBuckets> ofTensor(TensorProto tensor) {
    return NumberTensor.matrix(tensor)
        .filter(rows -> rows.columns() == COLUMNS)
        .map(
            rows -> {
              HistogramBuckets buckets = new HistogramBuckets(rows.rows());
              for (int i = 0; i < rows.rows(); i++) {
                buckets.lefts[i] = rows.get(i, LEFT);
                buckets.rights[i] = rows.get(i, RIGHT);
                buckets.counts[i] = rows.get(i, COUNT);
              }
              return buckets;
            });
  }

  private static Optional<HistogramBuckets> ofProto(HistogramProto histogram) {
    int size = histogram.getBucketCount();
    if (size != histogram.getBucketLimitCount()) {
      return Optional.empty();
    }
    int first = 0;
    while (first < size && !(histogram.getBucket(first) > 0)) {
      first++;
    }
    int last = size - 1;
    while (last > first && !(histogram.getBucket(last) > 0)) {
      last--;
    }
    if (first == size) {
      return Optional.of(new HistogramBuckets(0));
    }
    HistogramBuckets buckets = new HistogramBuckets(last - first + 1);
    for (int i = first; i <= last; i++) {
      buckets.lefts[i - first] = i == first ? histogram.getMin() : histogram.getBucketLimit(i - 1);
      buckets.rights[i - first] = i == last ? histogram.getMax() : histogram.getBucketLimit(i);
      buckets.counts[i - first] = histogram.getBucket(i);
    }
    return Optional.of(buckets);
  }

  /** How many there are; may be 0. */
  public int size() {
    return counts.length;
  }

  public double left(int bucket) {
    return lefts[bucket];
  }

  public double right(int bucket) {
    return rights[bucket];
  }

  public double count(int bucket) {
    return counts[bucket];
  }
}

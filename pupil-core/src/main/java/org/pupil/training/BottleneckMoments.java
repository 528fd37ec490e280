package org.pupil.training;

/** Where bottlenecks lie: their mean, and how far they are from it. */
final class BottleneckMoments {
  private final float[] mean;

  /** Mean squared distance from the mean; not finite if a bottleneck is not. */
  private final double square;

  private BottleneckMoments(float[] mean, double square) {
    this.mean = mean;
    this.square = square;
  }

  /** The spread of a set of one photo or more. */
  static BottleneckMoments of(TrainingData photos) {
    int d = photos.dimension();
    double[] sums = new double[d];
    for (int photo = 0; photo < photos.size(); photo++) {
      float[] row = photos.row(photo);
      for (int j = 0; j < d; j++) {
        sums[j] += row[j];
      }
    }
    float[] mean = new float[d];
    for (int j = 0; j < d; j++) {
      mean[j] = (float) (sums[j] / photos.size());
    }
    double[] squares = new double[d];
    for (int photo = 0; photo < photos.size(); photo++) {
      float[] row = photos.row(photo);
      for (int j = 0; j < d; j++) {
        double distance = row[j] - mean[j];
        squares[j] += distance * distance;
      }
    }
    double total = 0;
    for (double value : squares) {
      total += value;
    }
    return new BottleneckMoments(mean, total / photos.size());
  }

  /** Mean of each of the d floats: a view. */
  float[] mean() {
    return mean;
  }

  /** Whether products of the bottlenecks can be had in float32. */
  boolean isUsable() {
    return square < 1e30;
  }

  /** A unit for penalties: the square, or 1 where all bottlenecks are as good as equal. */
  double unit() {
    return square > 1e-30 ? square : 1;
  }
}

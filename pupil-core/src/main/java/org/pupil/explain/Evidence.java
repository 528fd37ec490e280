package org.pupil.explain;

import java.util.Arrays;
import java.util.Optional;
import org.pupil.training.FinalLayer;

/**
 * What the last map of a network says for and against each label, position by position: class
 * activation maps (B. Zhou, A. Khosla, A. Lapedriza, A. Oliva and A. Torralba, Learning Deep
 * Features for Discriminative Localization, CVPR 2016).
 *
 * <p>Where the features are the mean of a map over its h x w positions, the logit of label l is
 *
 * <pre>{@code
 * z[l] = b[l] + sum over positions p of  (1 / (h w)) sum over channels c of  w[c,l] map[p,c]
 * }</pre>
 *
 * so each position has its share, and nothing is estimated. But softmax sees only differences
 * between logits: what is added to all of them changes no answer. So a share means something only
 * against that of another label, or of the others' mean, and that is what is given here.
 */
public final class Evidence {
  /** Rounding in sums of thousands of float32 products stays far below this part of the logits. */
  private static final double TOLERANCE = 1e-3;

  private final int rows;
  private final int columns;
  private final FinalLayer layer;
  private final float[] map;
  private final float[] weights;
  private final float[] biases;

  private Evidence(int rows, int columns, FinalLayer layer, float[] map) {
    this.rows = rows;
    this.columns = columns;
    this.layer = layer;
    this.map = map;
    this.weights = layer.weights();
    this.biases = layer.biases();
  }

  /**
   * The evidence in a map, if all of it makes up the logits that the network gave.
   *
   * @param map [rows, columns, channels] row-major; it belongs to the evidence from now on
   * @param logits the network's own, [labels]
   * @return empty when the numbers are not finite, or the features are no mean of this map
   */
  static Optional<Evidence> of(
      FinalLayer layer, int rows, int columns, float[] map, float[] logits) {
    Evidence evidence = new Evidence(rows, columns, layer, map);
    float[] mean = new float[layer.dimension()];
    for (int i = 0; i < map.length; i++) {
      mean[i % mean.length] += map[i] / (rows * columns);
    }
    float[] summed = layer.logits(mean);
    double largest = 1;
    for (float logit : logits) {
      largest = Math.max(largest, Math.abs(logit));
    }
    for (int label = 0; label < logits.length; label++) {
      if (!(Math.abs(summed[label] - logits[label]) <= TOLERANCE * largest)) {
        return Optional.empty();
      }
    }
    return Optional.of(evidence);
  }

  /** Number of labels, at least 2. */
  public int labels() {
    return biases.length;
  }

  /** Where the evidence for a label against the mean of all others lies. */
  public EvidenceMap of(int label) {
    float[] part = new float[labels()];
    Arrays.fill(part, -1f / (labels() - 1));
    part[label] = 1;
    return weighted(part);
  }

  /** The sum of all labels' shares, each times a factor. */
  private EvidenceMap weighted(float[] factors) {
    int channels = layer.dimension();
    double[] direction = new double[channels];
    double bias = 0;
    for (int label = 0; label < factors.length; label++) {
      bias += factors[label] * (double) biases[label];
      for (int c = 0; c < channels && factors[label] != 0; c++) {
        direction[c] += factors[label] * (double) weights[c * factors.length + label];
      }
    }
    float[] values = new float[rows * columns];
    for (int position = 0; position < values.length; position++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += direction[c] * map[position * channels + c];
      }
      values[position] = (float) (sum / values.length);
    }
    return new EvidenceMap(rows, columns, values, bias);
  }
}

package org.pupil.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some photos of one fold, laid out for fast products: the bottlenecks as rows, and once more as
 * columns, since the fast loops run along arrays in both directions. At most {@value #MOST_ROWS}
 * photos, so that a sum over a block in float32 keeps its precision and its arrays stay in the
 * cache.
 */
final class FeatureBlock {
  private static final int MOST_ROWS = 512;

  /** Columns that are copied together when a block is turned: a cache line's worth. */
  private static final int TILE = 16;

  final int fold;

  /** n rows of d floats: the caller's own bottlenecks. */
  final float[][] rows;

  /** d columns of n floats, less the mean of the column over all photos. */
  final float[][] columns;

  /** n indexes of labels. */
  final int[] labels;

  private FeatureBlock(int fold, float[][] rows, float[][] columns, int[] labels) {
    this.fold = fold;
    this.rows = rows;
    this.columns = columns;
    this.labels = labels;
  }

  int size() {
    return rows.length;
  }

  /** Blocks of all photos, fold after fold; those that are never held out come first. */
  static List<FeatureBlock> of(TrainingData photos, Folds folds, float[] mean) {
    List<FeatureBlock> blocks = new ArrayList<>();
    for (int fold = Folds.NEVER; fold < folds.count(); fold++) {
      int[] members = members(photos, folds, fold);
      int parts = (members.length + MOST_ROWS - 1) / MOST_ROWS;
      for (int part = 0; part < parts; part++) {
        int from = (int) ((long) members.length * part / parts);
        int to = (int) ((long) members.length * (part + 1) / parts);
        blocks.add(block(photos, fold, members, from, to, mean));
      }
    }
    return List.copyOf(blocks);
  }

  private static int[] members(TrainingData photos, Folds folds, int fold) {
    int[] members = new int[photos.size()];
    int count = 0;
    for (int photo = 0; photo < photos.size(); photo++) {
      if (folds.foldOf(photo) == fold) {
        members[count++] = photo;
      }
    }
    return Arrays.copyOf(members, count);
  }

  private static FeatureBlock block(
      TrainingData photos, int fold, int[] members, int from, int to, float[] mean) {
    int n = to - from;
    float[][] rows = new float[n][];
    int[] labels = new int[n];
    for (int r = 0; r < n; r++) {
      rows[r] = photos.row(members[from + r]);
      labels[r] = photos.label(members[from + r]);
    }
    int d = photos.dimension();
    float[][] columns = new float[d][n];
    for (int tile = 0; tile < d; tile += TILE) {
      int end = Math.min(d, tile + TILE);
      for (int r = 0; r < n; r++) {
        float[] row = rows[r];
        for (int j = tile; j < end; j++) {
          columns[j][r] = row[j] - mean[j];
        }
      }
    }
    return new FeatureBlock(fold, rows, columns, labels);
  }
}

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

  /** Whether these are distorted variants of photos, by which no layer is judged. */
  final boolean distorted;

  /** n rows of d floats: the caller's own bottlenecks. */
  final float[][] rows;

  /** d columns of n floats, less the mean of the column over all photos. */
  final float[][] columns;

  /** n indexes of labels. */
  final int[] labels;

  private FeatureBlock(
      int fold, boolean distorted, float[][] rows, float[][] columns, int[] labels) {
    this.fold = fold;
    this.distorted = distorted;
    this.rows = rows;
    this.columns = columns;
    this.labels = labels;
  }

  int size() {
    return rows.length;
  }

  /**
   * Blocks of all photos, fold after fold; those that are never held out come first. The variants
   * of photos follow those in blocks of their own.
   */
  static List<FeatureBlock> of(TrainingData photos, Folds folds, float[] mean) {
    List<FeatureBlock> blocks = new ArrayList<>();
    for (int fold = Folds.NEVER; fold < folds.count(); fold++) {
      int[] members = members(photos, folds, fold);
      addBlocks(photos, fold, members, 0, mean, blocks);
      if (photos.variants() > 0) {
        addBlocks(photos, fold, members, photos.variants(), mean, blocks);
      }
    }
    return List.copyOf(blocks);
  }

  /**
   * @param variants how many variants of each member to take; 0 for the photos themselves
   */
  private static void addBlocks(
      TrainingData photos,
      int fold,
      int[] members,
      int variants,
      float[] mean,
      List<FeatureBlock> blocks) {
    boolean distorted = variants > 0;
    int rowsOfEach = Math.max(1, variants);
    long count = (long) members.length * rowsOfEach;
    long parts = (count + MOST_ROWS - 1) / MOST_ROWS;
    for (long part = 0; part < parts; part++) {
      long from = count * part / parts;
      int n = (int) (count * (part + 1) / parts - from);
      float[][] rows = new float[n][];
      int[] labels = new int[n];
      for (int r = 0; r < n; r++) {
        int photo = members[(int) ((from + r) / rowsOfEach)];
        int variant = (int) ((from + r) % rowsOfEach);
        rows[r] = distorted ? photos.variant(photo, variant) : photos.row(photo);
        labels[r] = photos.label(photo);
      }
      blocks.add(new FeatureBlock(fold, distorted, rows, columns(rows, mean), labels));
    }
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

  private static float[][] columns(float[][] rows, float[] mean) {
    int d = mean.length;
    float[][] columns = new float[d][rows.length];
    for (int tile = 0; tile < d; tile += TILE) {
      int end = Math.min(d, tile + TILE);
      for (int r = 0; r < rows.length; r++) {
        float[] row = rows[r];
        for (int j = tile; j < end; j++) {
          columns[j][r] = row[j] - mean[j];
        }
      }
    }
    return columns;
  }
}

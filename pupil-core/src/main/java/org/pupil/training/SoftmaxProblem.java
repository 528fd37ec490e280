package org.pupil.training;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.pupil.background.Workers;
import org.pupil.training.PenaltySearch.FoldFit;

/**
 * Some photos to fit a layer to, and what every {@link SoftmaxObjective} of them or of a part of
 * them has in common, so that a point of one is a point of the others.
 */
final class SoftmaxProblem {
  /** Multiply-adds that make a share worth a thread, and the most shares. */
  private static final long WORK_OF_A_PART = 500_000;

  private static final int MOST_PARTS = 8;

  private final TrainingData photos;
  private final BottleneckMoments moments;
  private final Workers workers;

  /**
   * @param moments of exactly these photos, usable
   */
  SoftmaxProblem(TrainingData photos, BottleneckMoments moments, Workers workers) {
    this.photos = photos;
    this.moments = moments;
    this.workers = workers;
  }

  /**
   * A search for the penalty by cross-validation.
   *
   * @param blocks of all photos
   * @param folds that the blocks are of
   * @param given the only penalty to try; empty for the whole path
   * @param enough whether to end with what has been tried
   */
  PenaltySearch penaltySearch(
      List<FeatureBlock> blocks, Folds folds, OptionalDouble given, BooleanSupplier enough) {
    List<FoldFit> fits = new ArrayList<>();
    for (int fold = 0; fold < folds.count(); fold++) {
      fits.add(
          new FoldFit(objective(without(blocks, fold)), objective(heldOut(blocks, fold), 1, 1)));
    }
    return new PenaltySearch(photos, folds, fits, moments.unit(), given, enough);
  }

  /** What is judged are photos as they are, like those that a layer will label. */
  private static List<FeatureBlock> heldOut(List<FeatureBlock> blocks, int fold) {
    return blocks.stream().filter(block -> block.fold == fold && !block.distorted).toList();
  }

  private static List<FeatureBlock> without(List<FeatureBlock> blocks, int fold) {
    return blocks.stream().filter(block -> block.fold != fold).toList();
  }

  /** The objective of some photos, as one share. */
  SoftmaxObjective objective(List<FeatureBlock> blocks) {
    return objective(blocks, 1);
  }

  /** The objective of all photos, in shares that several threads compute. */
  SoftmaxObjective whole(List<FeatureBlock> blocks) {
    long rows = (long) photos.size() * (1 + photos.variants());
    long work = rows * photos.dimension() * (photos.labels().size() - 1);
    return objective(blocks, (int) Math.max(1, Math.min(MOST_PARTS, work / WORK_OF_A_PART)));
  }

  /** A photo counts once, with all its variants together. */
  private SoftmaxObjective objective(List<FeatureBlock> blocks, int parts) {
    return objective(blocks, parts, 1.0 / (1 + photos.variants()));
  }

  private SoftmaxObjective objective(List<FeatureBlock> blocks, int parts, double weight) {
    // Between the features' mean variance and their greatest: about what a feature's bend is.
    double biasScale = Math.sqrt(moments.unit() / Math.sqrt(photos.dimension()));
    Contrast contrast = new Contrast(photos.labels().size());
    return new SoftmaxObjective(
        blocks, parts, weight, contrast, moments.mean(), biasScale, workers);
  }

  /** Where a fit without any idea starts: the point of all weights and biases 0. */
  double[] zero() {
    return new double[(photos.labels().size() - 1) * (photos.dimension() + 1)];
  }
}

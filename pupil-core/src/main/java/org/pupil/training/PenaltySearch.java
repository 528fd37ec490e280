package org.pupil.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupil.background.Workers;
import org.pupil.training.PenaltyChoice.HeldOut;
import org.pupil.training.PenaltyChoice.Trial;

/**
 * Chooses a penalty by cross-validation of the log loss. Every fold goes the path from strong
 * penalties to weak ones, each fit starting where the last one ended, until the log loss has been
 * rising for two penalties.
 *
 * <p>Chosen is the strongest penalty whose log loss is within {@code 1 / (4 n)} of the least, n
 * being the photos held out. The least is what the probabilities want; the margin is what n photos
 * cannot tell, and keeps a handful of photos without an error from making the layer too sure of
 * itself. (Measured on 1 to 20 photos a label of two backbones: log loss on new photos lower than
 * the least's by 1 % on the whole; with more photos the margin vanishes.)
 *
 * <p>The folds run side by side, and one may be ahead of another; what counts is only what all have
 * done, so the choice does not depend on the threads.
 */
final class PenaltySearch {
  /** Penalties are tried at half a power of ten from each other, relative to the features. */
  private static final double STRONGEST = 10;

  private static final double RATIO = Math.sqrt(0.1);
  private static final int LONGEST_PATH = 13;
  private static final int RISES_TO_STOP = 2;

  /**
   * For photos too few to cross-validate: between what suits one photo a label of two backbones.
   */
  private static final double FOR_TOO_FEW = Math.pow(10, -2.5);

  /** Where {@link SearchedFolds#STRONG} stands in the path. */
  private static final int STRONG = 2;

  private final TrainingData photos;
  private final Folds dealt;
  private final List<FoldFit> folds;
  private final double scale;
  private final int heldOut;
  private final OptionalDouble given;
  private final BooleanSupplier enough;
  private Optional<SearchedFolds> outOfFold = Optional.empty();

  /**
   * @param photos those that are searched with
   * @param dealt into which folds
   * @param folds one for each fold
   * @param scale mean squared length of the bottlenecks less their mean, positive: the penalties
   *     are relative to it, so that the unit of the bottlenecks does not matter
   * @param given the only penalty to try, so that its folds are there; empty for the whole path
   * @param enough whether the search is to end with the penalties that all folds have tried; if
   *     there is none, the penalty is that for photos too few to cross-validate
   */
  PenaltySearch(
      TrainingData photos,
      Folds dealt,
      List<FoldFit> folds,
      double scale,
      OptionalDouble given,
      BooleanSupplier enough) {
    this.photos = photos;
    this.dealt = dealt;
    this.folds = List.copyOf(folds);
    this.scale = scale;
    this.heldOut =
        (int) IntStream.range(0, photos.size()).filter(i -> dealt.foldOf(i) >= 0).count();
    this.given = given;
    this.enough = enough;
  }

  PenaltyChoice choose(Workers workers) {
    if (folds.isEmpty()) {
      return unsearched();
    }
    workers.run(Math.min(workers.threads(), folds.size()), worker -> work());
    List<Trial> path = path();
    if (path.isEmpty()) {
      return unsearched();
    }
    double most = mostToBeChosen(path);
    int chosen = 0;
    while (path.get(chosen).logLoss() > most) {
      chosen++;
    }
    int right = 0;
    for (FoldFit fold : folds) {
      right += fold.right(chosen);
    }
    outOfFold =
        Optional.of(
            new SearchedFolds(
                outOfFold(chosen),
                path.size() > STRONG ? Optional.of(outOfFold(STRONG)) : Optional.empty()));
    return new PenaltyChoice(
        path.get(chosen).penalty(),
        folds.size(),
        given.isPresent() ? List.of() : path,
        Optional.of(new HeldOut(heldOut, right)));
  }

  /** A log loss above this one is too high for a penalty to be chosen. */
  private double mostToBeChosen(List<Trial> path) {
    return path.stream().mapToDouble(Trial::logLoss).min().orElseThrow() + 0.25 / heldOut;
  }

  /**
   * What the photos were given, once the penalty is chosen; empty if there was nothing to search.
   */
  Optional<SearchedFolds> outOfFold() {
    return outOfFold;
  }

  private OutOfFold outOfFold(int index) {
    int[] foldOf = IntStream.range(0, photos.size()).map(dealt::foldOf).toArray();
    float[][] logits = new float[photos.size()][];
    int[] next = new int[folds.size()];
    for (int photo = 0; photo < logits.length; photo++) {
      int fold = foldOf[photo];
      logits[photo] = fold < 0 ? null : folds.get(fold).logits(index)[next[fold]++];
    }
    return new OutOfFold(
        photos.labels(), penalty(index), new int[][] {foldOf}, new float[][][] {logits});
  }

  private PenaltyChoice unsearched() {
    return new PenaltyChoice(given.orElse(scale * FOR_TOO_FEW), 0, List.of(), Optional.empty());
  }

  private double penalty(int index) {
    return given.orElse(scale * STRONGEST * Math.pow(RATIO, index));
  }

  private void work() {
    Optional<FoldFit> taken = take();
    while (taken.isPresent()) {
      FoldFit fold = taken.get();
      OptionalDouble loss = fold.next(penalty(fold.done()), enough);
      if (loss.isEmpty()) {
        return;
      }
      int right = fold.heldOut.right();
      float[][] logits = fold.heldOut.logits();
      synchronized (this) {
        fold.finish(loss.getAsDouble(), right, logits);
        forget();
      }
      taken = take();
    }
  }

  /** Lets go of the logits of penalties that cannot be chosen any more: only a few are left. */
  private void forget() {
    List<Trial> path = path();
    if (path.isEmpty()) {
      return;
    }
    double most = mostToBeChosen(path);
    for (int i = 0; i < path.size(); i++) {
      if (i != STRONG && path.get(i).logLoss() > most) {
        for (FoldFit fold : folds) {
          fold.forget(i);
        }
      }
    }
  }

  /** The idle fold that is furthest behind; none if the path is at its end. */
  private synchronized Optional<FoldFit> take() {
    if (enough.getAsBoolean() || isAtEnd(path())) {
      return Optional.empty();
    }
    int longest = given.isPresent() ? 1 : LONGEST_PATH;
    Optional<FoldFit> next =
        folds.stream()
            .filter(fold -> !fold.isBusy() && fold.done() < longest)
            .min(Comparator.comparingInt(FoldFit::done));
    next.ifPresent(FoldFit::start);
    return next;
  }

  private static boolean isAtEnd(List<Trial> path) {
    int best = 0;
    for (int i = 1; i < path.size(); i++) {
      if (path.get(i).logLoss() < path.get(best).logLoss()) {
        best = i;
      }
    }
    return path.size() - 1 - best >= RISES_TO_STOP && !path.isEmpty();
  }

  /** What all folds have done, up to where the path ends. */
  private List<Trial> path() {
    int done = folds.stream().mapToInt(FoldFit::done).min().orElse(0);
    List<Trial> path = new ArrayList<>();
    for (int i = 0; i < done && !isAtEnd(path); i++) {
      double loss = 0;
      for (FoldFit fold : folds) {
        loss += fold.loss(i);
      }
      path.add(new Trial(penalty(i), loss / heldOut));
    }
    return path;
  }

  /** One fold's way along the path. */
  static final class FoldFit {
    private static final double LOOSEST = 0.3;
    private static final double ENOUGH = 1e-2;
    private static final int MOST_ITERATIONS = 50;

    private final SoftmaxObjective training;
    private final SoftmaxObjective heldOut;
    private final double[] losses = new double[LONGEST_PATH];
    private final int[] rights = new int[LONGEST_PATH];
    private final float[][] @Nullable [] logits = new float[LONGEST_PATH][][];
    private double[] point;
    private int done;
    private boolean busy;

    /** An objective of the photos to learn from, and one of those held out. */
    FoldFit(SoftmaxObjective training, SoftmaxObjective heldOut) {
      this.training = training;
      this.heldOut = heldOut;
      this.point = new double[training.size()];
    }

    /**
     * Fits the next penalty; returns the sum of the cross entropies of the photos held out, or
     * nothing if it is told before that there is enough.
     */
    private OptionalDouble next(double penalty, BooleanSupplier enough) {
      NewtonFit fit = new NewtonFit(training, penalty, point, LOOSEST);
      for (int i = 0; i < MOST_ITERATIONS; i++) {
        if (enough.getAsBoolean()) {
          return OptionalDouble.empty();
        }
        if (fit.iterate() <= ENOUGH * fit.value()) {
          break;
        }
      }
      point = fit.point();
      return OptionalDouble.of(heldOut.value(point, 0));
    }

    private void start() {
      busy = true;
    }

    private void finish(double loss, int right, float[][] logitsOfHeldOut) {
      losses[done] = loss;
      rights[done] = right;
      logits[done] = logitsOfHeldOut;
      done++;
      busy = false;
    }

    private boolean isBusy() {
      return busy;
    }

    private int done() {
      return done;
    }

    private double loss(int index) {
      return losses[index];
    }

    private int right(int index) {
      return rights[index];
    }

    /** Of the photos held out, in their order. */
    private float[][] logits(int index) {
      return Objects.requireNonNull(logits[index]);
    }

    private void forget(int index) {
      logits[index] = null;
    }
  }
}

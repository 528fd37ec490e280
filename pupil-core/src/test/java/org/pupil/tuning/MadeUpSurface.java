package org.pupil.tuning;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A judge who knows how good each configuration is: best at a learning rate of 0.01 and a penalty
 * of 1, with adam. What a fold says of it is that and noise, of which a part is the configuration's
 * own and a part the fold's, which is the same for all.
 */
final class MadeUpSurface implements Judge {
  static final SearchSpace SPACE =
      SearchSpace.parse(
          "optimizer=gradient_descent|adam,learning_rate=log:1e-5..10,l2_penalty=log:1e-3..1e3");

  /** Cost of the best. */
  static final double BEST = 0.2;

  private static final int FOLDS = 5;
  private static final int REPEATS = 3;
  private static final int PHOTOS_OF_FOLD = 100;

  private final long seed;
  private final double noise;
  private final AtomicInteger asked = new AtomicInteger();

  MadeUpSurface(long seed, double noise) {
    this.seed = seed;
    this.noise = noise;
  }

  /** The cross entropy that no fold knows. */
  static double truth(Configuration configuration) {
    double rate =
        Math.log10(
            configuration.get(Hyperparameter.LEARNING_RATE).map(Double::parseDouble).orElse(1.0));
    double penalty =
        Math.log10(
            configuration.get(Hyperparameter.L2_PENALTY).map(Double::parseDouble).orElse(100.0));
    boolean isAdam = configuration.get(Hyperparameter.OPTIMIZER).equals(Optional.of("adam"));
    return BEST + 0.1 * Math.pow(rate + 2, 2) + 0.02 * penalty * penalty + (isAdam ? 0 : 0.3);
  }

  /** How many folds were asked: what the search cost. */
  int asked() {
    return asked.get();
  }

  @Override
  public int foldsOfRepeat() {
    return FOLDS;
  }

  @Override
  public int folds() {
    return FOLDS * REPEATS;
  }

  @Override
  public int photos() {
    return FOLDS * PHOTOS_OF_FOLD;
  }

  @Override
  public Optional<FoldOutcome> judge(Configuration configuration, int fold) {
    asked.incrementAndGet();
    double rate =
        configuration.get(Hyperparameter.LEARNING_RATE).map(Double::parseDouble).orElse(1.0);
    if (rate > 3) {
      return Optional.of(FoldOutcome.failed(new FoldOutcome.Failure(true, "ran away"), 1));
    }
    double ofFold = new Random(seed * 31 + fold).nextGaussian() * noise;
    double own =
        new Random(seed * 31 + fold + 1000L * configuration.toString().hashCode()).nextGaussian();
    float[] losses = new float[PHOTOS_OF_FOLD];
    Arrays.fill(losses, (float) Math.max(0, truth(configuration) + ofFold + own * noise / 3));
    return Optional.of(new FoldOutcome(losses, new BitSet(), 1, List.of(), Optional.empty()));
  }
}

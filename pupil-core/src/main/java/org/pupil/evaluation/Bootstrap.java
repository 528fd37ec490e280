package org.pupil.evaluation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.pupil.chance.Chance;
import org.pupil.evaluation.Tally.Statistic;

/**
 * Intervals by the bootstrap over groups: all groups of photos are drawn anew, with replacement, as
 * often as there are groups, and the scores of such samples show how far chance moves them.
 *
 * <p>The ends are those of BCa (Efron, "Better bootstrap confidence intervals", 1987), since plain
 * percentiles are wrong where a score is skewed, as the log loss is, or where samples are worse
 * than what they were drawn from, as they are in the calibration error. The acceleration is that of
 * the jackknife over groups.
 *
 * <p>BCa takes the distance between a score and the middle of its samples for a bias of the score.
 * Where labels have few photos, the samples of a macro average lie on one side for another reason:
 * a label loses all photos that were taken for it, and counts 0. BCa then goes the wrong way, up to
 * an interval without the score in it. So beyond some distance the interval is that of the
 * percentiles and that of the samples moved onto the score, together. With 100 labels of 3 photos,
 * 90 % of which are right, that holds the macro precision of endless photos in 19 of 20 cases; BCa
 * does in 7.
 */
final class Bootstrap {
  static final int SAMPLES = 2000;

  private static final List<Statistic> STATISTICS = List.of(Statistic.values());
  private static final double TAIL = 0.025;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private final PredictedPhotos photos;
  private final Groups groups;
  private final long seed;
  private final int sampleCount;

  Bootstrap(PredictedPhotos photos, Groups groups, long seed, int samples) {
    this.photos = photos;
    this.groups = groups;
    this.seed = seed;
    this.sampleCount = samples;
  }

  /** All the scores; without an interval if there are fewer than 2 groups. */
  Map<Statistic, Score> scores() {
    Tally all = new Tally(photos);
    for (int photo = 0; photo < photos.photos(); photo++) {
      all.add(photo, 1);
    }
    Map<Statistic, Score> scores = new EnumMap<>(Statistic.class);
    if (groups.count() < 2) {
      for (Statistic statistic : STATISTICS) {
        scores.put(statistic, new Score(all.value(statistic), Double.NaN, Double.NaN));
      }
      return scores;
    }
    double[][] samples = samples();
    double[][] without = withoutOne(all);
    for (int s = 0; s < STATISTICS.size(); s++) {
      Statistic statistic = STATISTICS.get(s);
      Arrays.sort(samples[s]);
      scores.put(statistic, score(statistic, all.value(statistic), samples[s], without[s]));
    }
    return scores;
  }

  private static Score score(
      Statistic statistic, double value, double[] samples, double[] without) {
    double bias = bias(samples, value);
    if (Math.abs(bias) > statistic.greatestBias()) {
      return besideItsSamples(statistic, value, samples);
    }
    double acceleration = acceleration(without);
    double low = quantile(samples, corrected(TAIL, bias, acceleration));
    double high = quantile(samples, corrected(1 - TAIL, bias, acceleration));
    return new Score(value, low, high);
  }

  /** From the farther low end of the percentiles and of the samples around the value, and so on. */
  private static Score besideItsSamples(Statistic statistic, double value, double[] samples) {
    double low = quantile(samples, TAIL);
    double high = quantile(samples, 1 - TAIL);
    double distance = value - Arrays.stream(samples).average().orElseThrow();
    return new Score(
        value,
        Math.max(0, Math.min(low, low + distance)),
        Math.min(statistic.greatest(), Math.max(high, high + distance)));
  }

  private double[][] samples() {
    double[][] values = new double[STATISTICS.size()][sampleCount];
    Chance chance = new Chance(seed, Chance.Purpose.BOOTSTRAP);
    Tally tally = new Tally(photos);
    int[] times = new int[groups.count()];
    for (int sample = 0; sample < sampleCount; sample++) {
      Arrays.fill(times, 0);
      for (int draw = 0; draw < times.length; draw++) {
        times[chance.below(times.length)]++;
      }
      tally.clear();
      for (int group = 0; group < times.length; group++) {
        if (times[group] > 0) {
          add(tally, group, times[group]);
        }
      }
      for (int s = 0; s < values.length; s++) {
        values[s][sample] = tally.value(STATISTICS.get(s));
      }
    }
    return values;
  }

  private void add(Tally tally, int group, int times) {
    for (int photo : groups.members(group)) {
      tally.add(photo, times);
    }
  }

  private double[][] withoutOne(Tally all) {
    double[][] values = new double[STATISTICS.size()][groups.count()];
    for (int group = 0; group < groups.count(); group++) {
      add(all, group, -1);
      for (int s = 0; s < values.length; s++) {
        values[s][group] = all.value(STATISTICS.get(s));
      }
      add(all, group, 1);
    }
    return values;
  }

  /** How far the value is from the middle of its samples, as a normal deviate. */
  private static double bias(double[] samples, double value) {
    int below = 0;
    int upTo = 0;
    for (double sample : samples) {
      below += sample < value ? 1 : 0;
      upTo += sample <= value ? 1 : 0;
    }
    return NORMAL.inverseCumulativeProbability((below + upTo) / (2.0 * samples.length));
  }

  /** A sixth of the skewness of what one group more or less does. */
  private static double acceleration(double[] without) {
    double mean = Arrays.stream(without).average().orElseThrow();
    double squares = 0;
    double cubes = 0;
    for (double value : without) {
      double distance = mean - value;
      squares += distance * distance;
      cubes += distance * distance * distance;
    }
    return squares == 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
  }

  /** What part of the samples is to lie below an end. */
  private static double corrected(double part, double bias, double acceleration) {
    double shifted = bias + NORMAL.inverseCumulativeProbability(part);
    return NORMAL.cumulativeProbability(bias + shifted / (1 - acceleration * shifted));
  }

  /** A quantile of sorted samples, between two of them in proportion. */
  static double quantile(double[] sorted, double part) {
    double at = part * (sorted.length - 1);
    int before = (int) at;
    if (before + 1 >= sorted.length) {
      return sorted[sorted.length - 1];
    }
    return sorted[before] + (at - before) * (sorted[before + 1] - sorted[before]);
  }
}

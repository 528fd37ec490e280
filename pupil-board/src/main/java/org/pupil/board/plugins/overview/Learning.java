package org.pupil.board.plugins.overview;

import java.util.Locale;
import java.util.Optional;
import org.pupil.board.log.ScalarPoints;

/**
 * Says in a plain sentence how a training run goes, from its cross entropies: how wrong it is on
 * the photos that it learns from, and on others (validation). Batches are drawn by chance, so
 * single points say little: the points are put into at most {@value #PARTS} parts of about equal
 * length, of two points or more, and the means of these are compared.
 *
 * <p>What is said is the first of these that holds; cross entropies are in nats:
 *
 * <ol>
 *   <li>{@link Kind#DIVERGED}: the last point of either is NaN, infinite or above {@value
 *       #RUNAWAY}, or the last part's mean is more than {@value #WORSE} times and more than {@value
 *       #WORSE_BY} above that of the first.
 *   <li>{@link Kind#TOO_EARLY}: there are fewer than {@value #FEWEST} points on validation photos.
 *   <li>{@link Kind#OVERFITS}: on validation photos the last quarter is more than {@value #RISE}
 *       times and more than {@value #RISE_BY} above the best part, and on training photos it is
 *       lower than it was at that part.
 *   <li>{@link Kind#STOPPED}: on validation photos the last third is better than the third before
 *       by less than {@value #GAIN} of all that was gained between the first and the best part.
 *   <li>{@link Kind#IMPROVING} otherwise.
 * </ol>
 *
 * @param kind which of them
 * @param sentence in words
 */
public record Learning(Kind kind, String sentence) {
  /** How it goes. */
  public enum Kind {
    DIVERGED,
    TOO_EARLY,
    OVERFITS,
    STOPPED,
    IMPROVING,
    /** An optimizer that goes on until nothing changes any more has done so. */
    CONVERGED,
    /** It was still improving at the end, but is right on all photos already. */
    ALL_RIGHT
  }

  private static final int PARTS = 12;
  private static final int FEWEST = 6;
  private static final double RUNAWAY = 1e6;
  private static final double WORSE = 3;
  private static final double WORSE_BY = 0.5;
  private static final double RISE = 1.15;
  private static final double RISE_BY = 0.02;
  private static final double GAIN = 0.05;

  /**
   * Judges.
   *
   * @param train cross entropy on training batches
   * @param validation cross entropy on validation photos; empty if there is none
   * @param watched whether there are validation photos, looked at already or not
   * @param over whether no more points come
   * @param converges whether the optimizer goes on until nothing changes any more
   */
  static Learning of(
      ScalarPoints train,
      Optional<ScalarPoints> validation,
      boolean watched,
      boolean over,
      boolean converges) {
    if (hasDiverged(train) || validation.filter(Learning::hasDiverged).isPresent()) {
      return new Learning(
          Kind.DIVERGED,
          "Training diverged: instead of falling, the cross entropy kept growing. Train again with a smaller --learning_rate, or with --optimizer auto, which needs none.");
    }
    if (converges && over) {
      return new Learning(
          Kind.CONVERGED,
          "It has learned all it can from these photos: the optimizer went on until nothing changed any more.");
    }
    if (validation.isEmpty() || validation.get().size() < FEWEST) {
      return tooEarly(watched || validation.isPresent(), over);
    }
    return ofParts(parts(validation.get()), validation.get(), train, over);
  }

  /** The same, but of one that is right on all photos: more steps would not be seen in that. */
  Learning ofAllRight() {
    return kind == Kind.IMPROVING
        ? new Learning(
            Kind.ALL_RIGHT,
            "At the end it was right on all training photos and on all validation photos: more"
                + " steps would hardly show.")
        : this;
  }

  private static boolean hasDiverged(ScalarPoints points) {
    int size = points.size();
    if (size == 0) {
      return false;
    }
    double last = points.value(size - 1);
    if (!Double.isFinite(last) || last > RUNAWAY) {
      return true;
    }
    double[] parts = parts(points);
    double first = parts[0];
    double now = parts[parts.length - 1];
    return size >= FEWEST && now > WORSE * first && now > first + WORSE_BY;
  }

  private static Learning tooEarly(boolean watched, boolean over) {
    if (!watched) {
      return new Learning(
          Kind.TOO_EARLY,
          "No validation photos were held back, so nobody can say whether it does better on new photos or only on those that it learns from. Hold some back: --validation_percentage 10.");
    }
    return new Learning(
        Kind.TOO_EARLY,
        over
            ? "It was evaluated too seldom to say how it went."
            : "It has only just begun: a few more steps will show how it is going.");
  }

  private static Learning ofParts(
      double[] parts, ScalarPoints validation, ScalarPoints train, boolean over) {
    int best = 0;
    for (int i = 1; i < parts.length; i++) {
      if (parts[i] < parts[best]) {
        best = i;
      }
    }
    int quarter = parts.length - Math.max(2, parts.length / 4);
    double now = mean(parts, quarter, parts.length);
    long bestStep = validation.step(middle(best, parts.length, validation.size()));
    if (best < quarter
        && now > RISE * parts[best]
        && now > parts[best] + RISE_BY
        && meanAfter(train, train.step(train.size() - 1) - span(train) / PARTS)
            < meanNear(train, bestStep)) {
      return new Learning(
          Kind.OVERFITS,
          String.format(
              Locale.ROOT,
              "It overfits: since about step %,d it gets better only on the photos that it learns"
                  + " from, and worse on others (cross entropy %.3f, it was %.3f). It learns them by"
                  + " heart. To help, add photos, or stop there: --how_many_training_steps %d.",
              bestStep,
              now,
              parts[best],
              bestStep + 1));
    }
    int third = Math.max(1, parts.length / 3);
    double last = mean(parts, parts.length - third, parts.length);
    double before = mean(parts, parts.length - 2 * third, parts.length - third);
    if (before - last < GAIN * (parts[0] - parts[best])) {
      return new Learning(
          Kind.STOPPED,
          over
              ? "It had stopped improving before the end: more steps would not have helped; more"
                  + " or clearer photos may."
              : "It has stopped improving: more steps will hardly help, but more or clearer photos may.");
    }
    return new Learning(
        Kind.IMPROVING,
        over
            ? "It was still getting better when it ended: with more --how_many_training_steps it"
                + " may get better still."
            : "It is still getting better.");
  }

  /**
   * Means of at most {@value #PARTS} parts of about equal length; what is not finite is left out.
   */
  private static double[] parts(ScalarPoints points) {
    int count = Math.max(1, Math.min(PARTS, points.size() / 2));
    double[] means = new double[count];
    for (int part = 0; part < count; part++) {
      int from = (int) ((long) part * points.size() / count);
      int to = (int) ((part + 1L) * points.size() / count);
      double sum = 0;
      int finite = 0;
      for (int i = from; i < to; i++) {
        if (Double.isFinite(points.value(i))) {
          sum += points.value(i);
          finite++;
        }
      }
      means[part] = finite == 0 ? Double.POSITIVE_INFINITY : sum / finite;
    }
    return means;
  }

  private static int middle(int part, int parts, int size) {
    return (int) Math.min(size - 1L, (2L * part + 1) * size / (2L * parts));
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = Math.max(0, from); i < to; i++) {
      sum += values[i];
    }
    return sum / (to - Math.max(0, from));
  }

  private static long span(ScalarPoints points) {
    return points.step(points.size() - 1) - points.step(0);
  }

  private static double meanNear(ScalarPoints points, long step) {
    long reach = Math.max(1, span(points) / (2 * PARTS));
    return mean(points, step - reach, step + reach);
  }

  private static double meanAfter(ScalarPoints points, long step) {
    return mean(points, step, Long.MAX_VALUE);
  }

  private static double mean(ScalarPoints points, long from, long to) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < points.size(); i++) {
      if (points.step(i) >= from && points.step(i) <= to && Double.isFinite(points.value(i))) {
        sum += points.value(i);
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }
}

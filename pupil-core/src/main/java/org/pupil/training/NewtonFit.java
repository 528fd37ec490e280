package org.pupil.training;

import java.util.Arrays;

/**
 * Newton's method on a {@link SoftmaxObjective}. Each iteration solves for its step by conjugate
 * gradients, only as far as it pays (Dembo and Steihaug, 1983), and halves it until the objective
 * falls. The objective is convex, so this finds the minimum from anywhere.
 */
final class NewtonFit {
  private static final int MOST_PRODUCTS = 250;
  private static final int MOST_HALVINGS = 40;

  /** Part of the objective that may be rounding: the logits are float32. */
  private static final double ROUNDING = 1e-6;

  private final SoftmaxObjective objective;
  private final double penalty;
  private final double loosest;
  private final double[] gradient;
  private final double[] step;
  private final double[] residual;
  private final double[] direction;
  private final double[] product;
  private double[] point;
  private double[] trial;
  private double value;
  private double firstNorm;

  /**
   * @param start where to start; not changed
   * @param loosest greatest part of the gradient that may be left when a step is solved for
   */
  NewtonFit(SoftmaxObjective objective, double penalty, double[] start, double loosest) {
    int size = objective.size();
    this.objective = objective;
    this.penalty = penalty;
    this.loosest = loosest;
    this.gradient = new double[size];
    this.step = new double[size];
    this.residual = new double[size];
    this.direction = new double[size];
    this.product = new double[size];
    this.point = start.clone();
    this.trial = new double[size];
    this.value = objective.value(point, penalty);
  }

  /** The point of now: a view. */
  double[] point() {
    return point;
  }

  /** The objective at the point. */
  double value() {
    return value;
  }

  /**
   * Makes one iteration.
   *
   * @return Newton's decrement before it, {@code -gradient . step}: about twice what the objective
   *     was above its minimum. 0 if nothing could be gained
   */
  double iterate() {
    objective.gradient(point, penalty, gradient);
    double norm = Math.sqrt(dot(gradient, gradient));
    if (firstNorm == 0) {
      firstNorm = norm;
    }
    if (!(norm > 0)) {
      return 0;
    }
    solve(norm, Math.min(loosest, Math.sqrt(norm / firstNorm)));
    double decrement = -dot(gradient, step);
    return search(decrement) ? decrement : 0;
  }

  /** Conjugate gradients for {@code curvature * step = -gradient}. */
  private void solve(double norm, double part) {
    Arrays.fill(step, 0);
    for (int i = 0; i < step.length; i++) {
      residual[i] = -gradient[i];
      direction[i] = residual[i];
    }
    double square = norm * norm;
    double enough = part * part * square;
    for (int products = 0; products < MOST_PRODUCTS && square > enough; products++) {
      objective.curvature(direction, penalty, product);
      double bend = dot(direction, product);
      if (!(bend > 0)) {
        return;
      }
      double length = square / bend;
      for (int i = 0; i < step.length; i++) {
        step[i] += length * direction[i];
        residual[i] -= length * product[i];
      }
      double next = dot(residual, residual);
      double keep = next / square;
      for (int i = 0; i < step.length; i++) {
        direction[i] = residual[i] + keep * direction[i];
      }
      square = next;
    }
  }

  private boolean search(double decrement) {
    double length = 1;
    for (int halvings = 0; halvings < MOST_HALVINGS; halvings++) {
      for (int i = 0; i < step.length; i++) {
        trial[i] = point[i] + length * step[i];
      }
      double tried = objective.value(trial, penalty);
      if (tried <= value - 1e-4 * length * decrement + ROUNDING * Math.abs(value)) {
        double[] old = point;
        point = trial;
        trial = old;
        value = tried;
        return true;
      }
      length /= 2;
    }
    value = objective.value(point, penalty);
    return false;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}

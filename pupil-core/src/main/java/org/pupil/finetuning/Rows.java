package org.pupil.finetuning;

/**
 * The inner loops over the channels of a place. Each reads few arrays, all from index 0 on: only so
 * does the JIT compiler turn them into vector instructions.
 */
final class Rows {
  /** Turns every number above the least that occurs into one above 1. */
  private static final float STEEP = 1e30f;

  private Rows() {}

  static void add(float[] sum, float[] x) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += x[j];
    }
  }

  static void sum(float[] sum, float[] x, float[] y) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] = x[j] + y[j];
    }
  }

  static void multiply(float[] x, float[] factors) {
    for (int j = 0; j < x.length; j++) {
      x[j] *= factors[j];
    }
  }

  static void addProduct(float[] sum, float[] x, float[] w) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += x[j] * w[j];
    }
  }

  static void addProducts(float[] sum, float[] x0, float[] x1, float[] w0, float[] w1) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += x0[j] * w0[j] + x1[j] * w1[j];
    }
  }

  static void addProducts(
      float[] sum, float[] x0, float[] x1, float[] x2, float[] w0, float[] w1, float[] w2) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += x0[j] * w0[j] + x1[j] * w1[j] + x2[j] * w2[j];
    }
  }

  static void addMultiple(float[] sum, float[] x, float factor) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * x[j];
    }
  }

  /** {@code x = min(max(x, 0), most)}. */
  static void clip(float[] x, float most) {
    for (int j = 0; j < x.length; j++) {
      x[j] = Math.min(Math.max(x[j], 0f), most);
    }
  }

  /**
   * Sets gradients to zero where a clipped value is at one of its limits.
   *
   * @param clipped values of 0 to {@code most}
   */
  static void keepInside(float[] gradients, float[] clipped, float most) {
    for (int j = 0; j < gradients.length; j++) {
      // As a comparison it would not become vector instructions.
      float above = Math.min(clipped[j] * STEEP, 1f);
      float below = Math.min((most - clipped[j]) * STEEP, 1f);
      gradients[j] *= above * below;
    }
  }
}

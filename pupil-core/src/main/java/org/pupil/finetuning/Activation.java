package org.pupil.finetuning;

/** What a layer does with each number at its end. */
enum Activation {
  /** Nothing. */
  NONE(Float.POSITIVE_INFINITY),
  /** {@code max(x, 0)}. */
  RELU(Float.MAX_VALUE),
  /** {@code min(max(x, 0), 6)}. */
  RELU6(6);

  private final float most;

  Activation(float most) {
    this.most = most;
  }

  void forward(float[] row) {
    if (this != NONE) {
      Rows.clip(row, most);
    }
  }

  /**
   * Turns the gradient with respect to what it gave into that with respect to what it got.
   *
   * @param result what it gave
   */
  void backward(float[] gradient, float[] result) {
    if (this != NONE) {
      Rows.keepInside(gradient, result, most);
    }
  }
}

package org.pupil.training;

/**
 * How parameters follow their gradient. A rule remembers what it needs (moments) for the arrays of
 * one layer: {@code array} names them, 0 to k - 1 for the weights of each label and k for the
 * biases.
 */
sealed interface UpdateRule {
  /** Called once before the arrays of each step. */
  default void nextStep() {}

  /** Writes the parameters after the update to {@code next}; all arrays have one length. */
  void update(int array, float[] parameters, float[] gradient, float[] next);

  /** The rule of a stepwise optimizer. */
  static UpdateRule of(Optimizer optimizer, double learningRate, int labels, int dimension) {
    float rate = (float) learningRate;
    return switch (optimizer) {
      case GRADIENT_DESCENT -> new GradientDescent(rate);
      case MOMENTUM -> new Momentum(rate, zeros(labels, dimension));
      case ADAM -> new Adam(rate, zeros(labels, dimension), zeros(labels, dimension));
      case AUTO -> throw new IllegalArgumentException("auto does not go in steps of batches");
    };
  }

  private static float[][] zeros(int labels, int dimension) {
    float[][] zeros = new float[labels + 1][dimension];
    zeros[labels] = new float[labels];
    return zeros;
  }

  /** {@code w - rate * g}. */
  record GradientDescent(float rate) implements UpdateRule {
    @Override
    public void update(int array, float[] parameters, float[] gradient, float[] next) {
      for (int j = 0; j < next.length; j++) {
        next[j] = parameters[j] - rate * gradient[j];
      }
    }
  }

  /** {@code m = 0.9 m + g; w - rate * m}. */
  final class Momentum implements UpdateRule {
    private static final float MOMENTUM = 0.9f;

    private final float rate;
    private final float[][] moments;

    private Momentum(float rate, float[][] moments) {
      this.rate = rate;
      this.moments = moments;
    }

    @Override
    public void update(int array, float[] parameters, float[] gradient, float[] next) {
      float[] moment = moments[array];
      for (int j = 0; j < next.length; j++) {
        moment[j] = MOMENTUM * moment[j] + gradient[j];
        next[j] = parameters[j] - rate * moment[j];
      }
    }
  }

  /** {@code w - rate_t * m / (sqrt(v) + 1e-8)}, rate_t being corrected for the moments' start. */
  final class Adam implements UpdateRule {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final float rate;
    private final float[][] firstMoments;
    private final float[][] secondMoments;
    private float beta1Power = 1;
    private float beta2Power = 1;

    private Adam(float rate, float[][] firstMoments, float[][] secondMoments) {
      this.rate = rate;
      this.firstMoments = firstMoments;
      this.secondMoments = secondMoments;
    }

    @Override
    public void nextStep() {
      beta1Power *= BETA1;
      beta2Power *= BETA2;
    }

    @Override
    public void update(int array, float[] parameters, float[] gradient, float[] next) {
      float corrected = rate * (float) Math.sqrt(1 - beta2Power) / (1 - beta1Power);
      float[] m = firstMoments[array];
      float[] v = secondMoments[array];
      for (int j = 0; j < next.length; j++) {
        float g = gradient[j];
        m[j] = BETA1 * m[j] + (1 - BETA1) * g;
        v[j] = BETA2 * v[j] + (1 - BETA2) * g * g;
        next[j] = parameters[j] - corrected * m[j] / ((float) Math.sqrt(v[j]) + EPSILON);
      }
    }
  }
}

package org.pupil.finetuning;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Adam (Kingma and Ba, 2015) on all parameters, and the moving average of these. */
final class AdamUpdate {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-7f;

  private final List<Parameter> parameters;
  private final List<float[]> m = new ArrayList<>();
  private final List<float[]> v = new ArrayList<>();
  private final List<float[]> averages = new ArrayList<>();
  private int steps;

  AdamUpdate(List<Parameter> parameters) {
    this.parameters = parameters;
    for (Parameter parameter : parameters) {
      m.add(new float[parameter.size()]);
      v.add(new float[parameter.size()]);
      averages.add(parameter.values().clone());
    }
  }

  void step(List<List<float[]>> gradients, double rate, double averaging, ExecutorService threads) {
    steps++;
    float corrected =
        (float) (rate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps)));
    float keep = (float) Math.min(averaging, steps / (steps + 9.0));
    List<Future<?>> done = new ArrayList<>();
    for (int p = 0; p < parameters.size(); p++) {
      int number = p;
      done.add(threads.submit(() -> update(number, gradients, corrected, keep)));
    }
    for (Future<?> each : done) {
      try {
        each.get();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void update(int p, List<List<float[]>> gradients, float rate, float keep) {
    float[] gradient = gradients.get(0).get(p);
    for (int slice = 1; slice < gradients.size(); slice++) {
      Rows.add(gradient, gradients.get(slice).get(p));
    }
    Parameter parameter = parameters.get(p);
    adam(parameter.values(), gradient, m.get(p), v.get(p), rate);
    average(averages.get(p), parameter.values(), keep);
    parameter.publish();
  }

  private static void adam(float[] values, float[] gradient, float[] m, float[] v, float rate) {
    for (int j = 0; j < values.length; j++) {
      m[j] = BETA1 * m[j] + (1 - BETA1) * gradient[j];
      v[j] = BETA2 * v[j] + (1 - BETA2) * gradient[j] * gradient[j];
      values[j] -= rate * m[j] / ((float) Math.sqrt(v[j]) + EPSILON);
    }
  }

  private static void average(float[] average, float[] values, float keep) {
    for (int j = 0; j < values.length; j++) {
      average[j] = keep * average[j] + (1 - keep) * values[j];
    }
  }

  /** Puts the averages in the place of the parameters. */
  void useAverages() {
    for (int p = 0; p < parameters.size(); p++) {
      System.arraycopy(averages.get(p), 0, parameters.get(p).values(), 0, averages.get(p).length);
      parameters.get(p).publish();
    }
  }
}

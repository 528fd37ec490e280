package org.pupil.finetuning;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Adam (Kingma and Ba, 2015) on all parameters, and a moving average of these, which generalises
 * better than the parameters of any one step (Polyak and Juditsky, 1992).
 */
final class AdamUpdate {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-7f;

  /** At first, an average over so many steps less one would be of the beginning only. */
  private static final double HEAD_START = 9;

  private final List<Parameter> parameters;
  private final List<float[]> firstMoments = new ArrayList<>();
  private final List<float[]> secondMoments = new ArrayList<>();
  private final List<float[]> averages = new ArrayList<>();
  private long steps;

  AdamUpdate(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
    for (Parameter parameter : parameters) {
      firstMoments.add(new float[parameter.size()]);
      secondMoments.add(new float[parameter.size()]);
      averages.add(parameter.values().clone());
    }
  }

  /**
   * Moves all parameters.
   *
   * @param averaging the part that the average keeps
   * @param workers does the work
   */
  void step(List<float[]> gradients, double rate, double averaging, TrainingStep workers) {
    steps++;
    double made = steps;
    double correction = Math.sqrt(1 - Math.pow(BETA2, made)) / (1 - Math.pow(BETA1, made));
    float corrected = (float) (rate * correction);
    float keep = (float) Math.min(averaging, made / (made + HEAD_START));
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int p = 0; p < parameters.size(); p++) {
      int number = p;
      tasks.add(() -> update(number, gradients.get(number), corrected, keep));
    }
    workers.inThreads(tasks);
  }

  private boolean update(int p, float[] gradient, float rate, float keep) {
    Parameter parameter = parameters.get(p);
    adam(parameter.values(), gradient, firstMoments.get(p), secondMoments.get(p), rate);
    average(averages.get(p), parameter.values(), keep);
    parameter.publish();
    return true;
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

  /** Swaps parameters and averages; twice, and all is as it was. */
  void swapAverages() {
    for (int p = 0; p < parameters.size(); p++) {
      float[] values = parameters.get(p).values();
      float[] average = averages.get(p);
      for (int j = 0; j < values.length; j++) {
        float value = values[j];
        values[j] = average[j];
        average[j] = value;
      }
      parameters.get(p).publish();
    }
  }

  long steps() {
    return steps;
  }

  void setSteps(long value) {
    steps = value;
  }

  /** Everything that the next step depends on, in an order: the arrays themselves. */
  List<float[]> state() {
    List<float[]> state = new ArrayList<>();
    parameters.forEach(parameter -> state.add(parameter.values()));
    state.addAll(firstMoments);
    state.addAll(secondMoments);
    state.addAll(averages);
    return state;
  }

  /** Says that the numbers of {@link #state} were changed. */
  void publish() {
    parameters.forEach(Parameter::publish);
  }
}

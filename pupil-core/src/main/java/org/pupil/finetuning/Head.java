package org.pupil.finetuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pupil.training.FinalLayer;

/** The final layer while it is trained together with the layers below: a row of weights a label. */
final class Head {
  private final List<Parameter> weights = new ArrayList<>();
  private final Parameter biases;

  Head(FinalLayer start) {
    int k = start.labelCount();
    float[] all = start.weights();
    for (int label = 0; label < k; label++) {
      float[] row = new float[start.dimension()];
      for (int j = 0; j < row.length; j++) {
        row[j] = all[j * k + label];
      }
      weights.add(new Parameter("final layer", row));
    }
    biases = new Parameter("final layer", start.biases());
  }

  /** What is trained: the weights of each label, then the biases. */
  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(weights);
    all.add(biases);
    return all;
  }

  int labels() {
    return weights.size();
  }

  /** The logits of a bottleneck. */
  float[] logits(float[] bottleneck) {
    float[] logits = biases.values().clone();
    for (int label = 0; label < logits.length; label++) {
      float[] row = weights.get(label).values();
      float sum = 0;
      for (int j = 0; j < row.length; j++) {
        sum += bottleneck[j] * row[j];
      }
      logits[label] += sum;
    }
    return logits;
  }

  /**
   * Adds what the gradient of the loss with respect to logits means.
   *
   * @param sums of the gradients of {@link #parameters}
   * @param bottleneckGradient set to the gradient with respect to the bottleneck
   */
  void backward(
      float[] logitGradient, float[] bottleneck, List<float[]> sums, float[] bottleneckGradient) {
    Arrays.fill(bottleneckGradient, 0);
    for (int label = 0; label < logitGradient.length; label++) {
      Rows.addMultiple(sums.get(label), bottleneck, logitGradient[label]);
      Rows.addMultiple(bottleneckGradient, weights.get(label).values(), logitGradient[label]);
    }
    Rows.add(sums.get(logitGradient.length), logitGradient);
  }

  /** The label of the greatest logit; of equal ones the first. */
  static int mostLikely(float[] logits) {
    int most = 0;
    for (int label = 1; label < logits.length; label++) {
      if (logits[label] > logits[most]) {
        most = label;
      }
    }
    return most;
  }

  /** The layer as it is now. */
  FinalLayer layer() {
    int k = labels();
    int d = weights.get(0).size();
    float[] all = new float[d * k];
    for (int label = 0; label < k; label++) {
      for (int j = 0; j < d; j++) {
        all[j * k + label] = weights.get(label).values()[j];
      }
    }
    return new FinalLayer(d, all, biases.values());
  }
}

package org.pupil.finetuning;

/**
 * Cross entropy against smoothed labels (Szegedy et al., 2016): the label of a photo is wanted with
 * probability {@code 1 - s + s / k}, each other with {@code s / k}.
 *
 * @param smoothing s, 0 to below 1
 */
record SmoothedLoss(double smoothing) {
  /**
   * The loss of one photo in nats.
   *
   * @param gradient receives the gradient with respect to the logits, times {@code weight}
   */
  double of(float[] logits, int label, double weight, float[] gradient) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    double logSum = Math.log(sum) + max;
    double loss = 0;
    for (int c = 0; c < logits.length; c++) {
      double wanted = smoothing / logits.length + (c == label ? 1 - smoothing : 0);
      loss -= wanted * (logits[c] - logSum);
      gradient[c] = (float) ((Math.exp(logits[c] - logSum) - wanted) * weight);
    }
    return loss;
  }
}

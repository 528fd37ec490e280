package org.pupil.finetuning;

import java.util.List;

/** One layer at work in one thread: forward, then backward for the same photos. */
interface LayerPass {
  /** Fills the output from the inputs. */
  void forward(int photos);

  /**
   * Adds to the gradients of the inputs what the gradient of the output means for them, and gives
   * the gradients of the parameters. The gradient of the output is changed.
   *
   * @param wantsInputs whether the gradients of the inputs are wanted
   * @return one array for each parameter, in the layer's order, valid until the next call
   */
  List<float[]> backward(int photos, boolean wantsInputs);
}

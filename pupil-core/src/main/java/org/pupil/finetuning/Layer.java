package org.pupil.finetuning;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.pupil.engine.MatrixProducts;

/**
 * A layer that maps or a map go through, with what it has learnt. Immutable but for its numbers.
 */
sealed interface Layer permits Convolution, DepthwiseConvolution, Addition {
  /** The layers (or -1 for what the whole part of the network gets) whose maps it takes. */
  List<Integer> inputs();

  /** What it does with each number at its end. */
  Activation activation();

  /** The same with an activation at its end. */
  Layer with(Activation activation);

  /** The same with what it takes named by other numbers. */
  Layer renumbered(IntUnaryOperator newNumber);

  /** What it makes of maps of these shapes. */
  MapShape output(List<MapShape> inputs);

  /** What is trained in it: weights and biases, or nothing. */
  List<Parameter> parameters();

  /**
   * Makes room for computing it in one thread.
   *
   * @param inputs the maps that it reads, and to whose gradients it adds
   * @param output the maps that it fills
   */
  LayerPass pass(List<Maps> inputs, Maps output, MatrixProducts products);
}

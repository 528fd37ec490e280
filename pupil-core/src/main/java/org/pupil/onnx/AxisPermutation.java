package org.pupil.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Puts the axes of a tensor into another order. The numbers go through small arrays, from and to
 * buffers that may be outside of Java's heap: a copy of all would be as large as the weights, and
 * single numbers are slow to reach in a buffer.
 */
final class AxisPermutation {
  /** Numbers of a block: 256 KiB, which stay in the processor's cache. */
  private static final int BLOCK = 1 << 16;

  /** Lengths of the axes in their new order. Those of length 1 move nothing and are left out. */
  private final int[] counts;

  /** How far apart neighbours along these axes were. */
  private final int[] steps;

  /**
   * The way from one order to another.
   *
   * @param shape the lengths of the axes before; all are known
   * @param order axis {@code order[i]} becomes the i-th; each axis occurs once
   */
  AxisPermutation(Shape shape, int... order) {
    int[] axes = Arrays.stream(order).filter(axis -> shape.length(axis) != 1).toArray();
    counts = Arrays.stream(axes).map(axis -> (int) shape.length(axis)).toArray();
    steps = Arrays.stream(axes).map(axis -> step(shape, axis)).toArray();
  }

  private static int step(Shape shape, int axis) {
    int step = 1;
    for (int behind = axis + 1; behind < shape.rank(); behind++) {
      step *= (int) shape.length(behind);
    }
    return step;
  }

  /**
   * Copies the numbers, row-major, to the beginning of another buffer.
   *
   * @param from all numbers of the tensor, from the beginning of the buffer
   * @param to has room for as many
   */
  void copy(FloatBuffer from, FloatBuffer to) {
    if (counts.length == 0) {
      to.put(0, from, 0, 1);
      return;
    }
    int outermost = outermost();
    int rows = counts[outermost];
    int rowSize = steps[outermost];
    // Rows that are larger than a block come all at once: a few at a time leave little together.
    int most = rowSize > BLOCK ? rows : Math.min(rows, BLOCK / Math.max(1, rowSize));
    int[] before = offsets(0, outermost);
    int[] behind = offsets(outermost + 1, counts.length);
    float[] block = new float[most * rowSize];
    float[] run = new float[most * behind.length];
    for (int first = 0; first < rows; first += most) {
      int count = Math.min(most, rows - first);
      from.get(first * rowSize, block, 0, count * rowSize);
      for (int i = 0; i < before.length; i++) {
        gather(block, before[i], count, rowSize, behind, run);
        to.put((i * rows + first) * behind.length, run, 0, count * behind.length);
      }
    }
  }

  /** The axis whose rows lie one behind the other in the tensor. */
  private int outermost() {
    int outermost = 0;
    for (int axis = 1; axis < steps.length; axis++) {
      outermost = steps[axis] > steps[outermost] ? axis : outermost;
    }
    return outermost;
  }

  /** Where the numbers along some axes are, in the new order. */
  private int[] offsets(int fromAxis, int toAxis) {
    int[] offsets = {0};
    for (int axis = fromAxis; axis < toAxis; axis++) {
      int[] longer = new int[offsets.length * counts[axis]];
      for (int i = 0; i < longer.length; i++) {
        longer[i] = offsets[i / counts[axis]] + i % counts[axis] * steps[axis];
      }
      offsets = longer;
    }
    return offsets;
  }

  /** Collects what will lie together: of each row the numbers at some offsets. */
  private static void gather(
      float[] block, int start, int rows, int rowSize, int[] offsets, float[] run) {
    int next = 0;
    for (int row = 0; row < rows; row++) {
      int at = start + row * rowSize;
      for (int offset : offsets) {
        run[next++] = block[at + offset];
      }
    }
  }
}

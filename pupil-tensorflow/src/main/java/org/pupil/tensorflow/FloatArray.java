package org.pupil.tensorflow;

import java.util.ArrayList;
import java.util.List;

/** Floats with a shape, copied out of TensorFlow. Row-major: the last axis is the fastest. */
public final class FloatArray {
  private final long[] shape;
  private final float[] values;

  FloatArray(long[] shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * Several arrays as one, one after the other: [a,d] and [b,d] become [a+b,d].
   *
   * @param parts at least one; their shapes differ in the first axis at most
   */
  public static FloatArray joined(List<FloatArray> parts) {
    int length = 0;
    long first = 0;
    for (FloatArray part : parts) {
      length = Math.addExact(length, part.values.length);
      first += part.shape[0];
    }
    float[] all = new float[length];
    int at = 0;
    for (FloatArray part : parts) {
      System.arraycopy(part.values, 0, all, at, part.values.length);
      at += part.values.length;
    }
    long[] shape = parts.get(0).shape.clone();
    shape[0] = first;
    return new FloatArray(shape, all);
  }

  /** Lengths of all axes. */
  public List<Integer> shape() {
    List<Integer> lengths = new ArrayList<>(shape.length);
    for (long length : shape) {
      lengths.add(Math.toIntExact(length));
    }
    return lengths;
  }

  /** Length of one axis; negative axes count from the last. */
  public int axis(int index) {
    return Math.toIntExact(shape[index < 0 ? shape.length + index : index]);
  }

  public int rank() {
    return shape.length;
  }

  /** The values themselves, not a copy: this object is theirs only. */
  public float[] values() {
    return values;
  }
}

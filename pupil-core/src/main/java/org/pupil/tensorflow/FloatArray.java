package org.pupil.tensorflow;

/** Floats with a shape, copied out of TensorFlow. Row-major: the last axis is the fastest. */
public final class FloatArray {
  private final long[] shape;
  private final float[] values;

  FloatArray(long[] shape, float[] values) {
    this.shape = shape;
    this.values = values;
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

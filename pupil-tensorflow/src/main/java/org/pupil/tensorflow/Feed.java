package org.pupil.tensorflow;

import java.util.function.Supplier;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * A value for one input of a graph. It is copied into native memory for the length of one run.
 *
 * <p>Arrays are row-major, the last axis fastest, and are not changed. A feed keeps the array it
 * was given: do not write to it before the run is over.
 */
public final class Feed {
  private final String node;
  private final Supplier<? extends Tensor> copy;

  private Feed(String node, Supplier<? extends Tensor> copy) {
    this.node = node;
    this.copy = copy;
  }

  /**
   * A float32 tensor.
   *
   * @param node name of the node that is fed, such as {@code input}
   * @param values at least as many as the shape has; the rest is not looked at
   * @param shape the lengths of the axes; none makes a scalar
   */
  public static Feed floats(String node, float[] values, long... shape) {
    Shape lengths = checkedShape(values.length, shape);
    return new Feed(
        node,
        () -> {
          TFloat32 tensor = TFloat32.tensorOf(lengths);
          tensor.asRawTensor().data().asFloats().write(values, 0, (int) lengths.size());
          return tensor;
        });
  }

  /** A uint8 tensor; as {@link #floats}. */
  public static Feed uint8s(String node, byte[] values, long... shape) {
    Shape lengths = checkedShape(values.length, shape);
    return new Feed(
        node,
        () -> {
          TUint8 tensor = TUint8.tensorOf(lengths);
          tensor.asRawTensor().data().write(values, 0, (int) lengths.size());
          return tensor;
        });
  }

  /** An int32 vector, which may be empty. */
  public static Feed ints(String node, int... values) {
    return new Feed(node, () -> TInt32.vectorOf(values));
  }

  /** A string scalar, which TensorFlow uses for any bytes. */
  public static Feed bytes(String node, byte[] value) {
    return new Feed(node, () -> TString.tensorOfBytes(NdArrays.scalarOfObject(value)));
  }

  private static Shape checkedShape(int values, long... lengths) {
    Shape shape = Shape.of(lengths);
    if (shape.size() > values) {
      throw new IllegalArgumentException(
          "the shape " + shape + " needs more than " + values + " values");
    }
    return shape;
  }

  String node() {
    return node;
  }

  /** Makes the native tensor; whoever calls this closes it. */
  Tensor tensor() {
    return copy.get();
  }
}

package org.pupil.tensorflow;

import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
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
public sealed interface Feed {
  /** Name of the node that is fed, such as {@code input}. */
  String node();

  /** Makes the native tensor; whoever calls this closes it. */
  Tensor tensor();

  /** A float32 tensor of the given shape; the array holds at least as many values. */
  static Feed floats(String node, float[] values, long... shape) {
    return new Floats(node, values, Shape.of(shape));
  }

  /** A uint8 tensor of the given shape; the array holds exactly as many values. */
  static Feed uint8s(String node, byte[] values, long... shape) {
    return new Uint8s(node, values, Shape.of(shape));
  }

  /** An int32 vector, which may be empty. */
  static Feed ints(String node, int... values) {
    return new Ints(node, values);
  }

  /** A string scalar, which TensorFlow uses for any bytes. */
  static Feed bytes(String node, byte[] value) {
    return new Bytes(node, value);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared: an argument with a name
  record Floats(String node, float[] values, Shape shape) implements Feed {
    @Override
    public Tensor tensor() {
      TFloat32 tensor = TFloat32.tensorOf(shape);
      tensor.asRawTensor().data().asFloats().write(values, 0, Math.toIntExact(shape.size()));
      return tensor;
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Uint8s(String node, byte[] values, Shape shape) implements Feed {
    @Override
    public Tensor tensor() {
      return TUint8.tensorOf(shape, DataBuffers.of(values, true, false));
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Ints(String node, int[] values) implements Feed {
    @Override
    public Tensor tensor() {
      return TInt32.vectorOf(values);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(String node, byte[] value) implements Feed {
    @Override
    public Tensor tensor() {
      return TString.tensorOfBytes(NdArrays.scalarOfObject(value));
    }
  }
}

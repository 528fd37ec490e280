package org.pupil.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pupil.onnx.proto.TensorProto.DataType;

/**
 * What is known of a tensor of an ONNX graph before the graph runs: its type, its shape for one
 * photo, and its numbers where they do not depend on the photo and are few, as those that say sizes
 * are.
 */
final class SizedTensor {
  /** A list of sizes has a number for each axis; a table of positions has some more. */
  private static final int MOST_VALUES = 4096;

  /** Quotients of whole numbers up to here, computed as float64, are rounded to the right one. */
  private static final double LARGEST_EXACT = 1L << 48;

  private final DataType type;
  private final Shape shape;
  private final double @Nullable [] values;

  private SizedTensor(DataType type, Shape shape, double @Nullable [] values) {
    this.type = type;
    this.shape = shape;
    this.values = values;
  }

  /** A tensor whose numbers are not known. */
  static SizedTensor of(DataType type, Shape shape) {
    return new SizedTensor(type, shape, null);
  }

  /** A tensor whose numbers are known, row-major; too many are forgotten. */
  static SizedTensor of(DataType type, Shape shape, double... values) {
    if (values.length != shape.elements()) {
      throw new ConversionException("it has " + values.length + " numbers for the shape " + shape);
    }
    return new SizedTensor(type, shape, values.length > MOST_VALUES ? null : values);
  }

  /**
   * A tensor whose numbers were computed here. They are forgotten where ONNX Runtime, which
   * computes in the tensor's own type, might get others: a size that is 1 here and 0 there ends the
   * process.
   */
  static SizedTensor computed(DataType type, Shape shape, double... values) {
    double[] rounded = values.clone();
    for (int i = 0; i < rounded.length; i++) {
      if (type == DataType.FLOAT) {
        rounded[i] = (float) rounded[i];
      }
      if (!isExact(type, rounded[i])) {
        return of(type, shape);
      }
    }
    return of(type, shape, rounded);
  }

  private static boolean isExact(DataType type, double value) {
    return switch (type) {
      case INT32 -> value == (int) value;
      case INT64 -> value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT;
      default -> Double.isFinite(value);
    };
  }

  /** Whether all numbers are known, and it is the same here and elsewhere what is made of them. */
  boolean isExact() {
    return values != null && Arrays.stream(values).allMatch(value -> isExact(type, value));
  }

  /** Whether so many numbers are worth knowing. */
  static boolean areFew(Shape shape) {
    return shape.elements() <= MOST_VALUES;
  }

  /** A list of whole numbers. */
  static SizedTensor list(long... values) {
    return of(
        DataType.INT64, new Shape(values.length), Arrays.stream(values).asDoubleStream().toArray());
  }

  DataType type() {
    return type;
  }

  Shape shape() {
    return shape;
  }

  boolean isKnown() {
    return values != null;
  }

  boolean isWhole() {
    return type == DataType.INT64 || type == DataType.INT32;
  }

  /**
   * The numbers.
   *
   * @throws ConversionException when they depend on the photo
   */
  double[] values() {
    if (values == null) {
      throw new ConversionException(
          "a size depends on what is on the photo, or on a size that the file leaves open");
    }
    return values.clone();
  }

  /**
   * The numbers as whole ones; those beyond a long become the largest or the smallest.
   *
   * @throws ConversionException when they depend on the photo
   */
  long[] longs() {
    return Arrays.stream(values()).mapToLong(value -> (long) value).toArray();
  }

  /** The same numbers in another shape of as many elements. */
  SizedTensor reshaped(Shape other) {
    if (other.elements() != shape.elements()) {
      throw new ConversionException("it makes " + other + " of " + shape);
    }
    return new SizedTensor(type, other, values);
  }
}

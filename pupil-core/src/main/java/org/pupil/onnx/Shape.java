package org.pupil.onnx;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The lengths of a tensor's axes. All are known but the number of images, which may be left open.
 */
final class Shape {
  /** As a length: the number of images in a batch, which is not known before the network runs. */
  static final long IMAGES = -1;

  /** Elements of one tensor: one gigabyte of float32. No network for photos comes near it. */
  private static final long MOST_ELEMENTS = 1L << 28;

  /** More than any network has. Time is spent on each, of every tensor. */
  private static final int MOST_AXES = 32;

  private final long[] lengths;

  /**
   * A shape; without lengths that of a single number.
   *
   * @param lengths each at least 0, or {@link #IMAGES}
   * @throws ConversionException when there are too many axes or elements, or a length cannot be
   */
  Shape(long... lengths) {
    if (lengths.length > MOST_AXES) {
      throw new ConversionException(
          "its result has %d axes; %d are the most".formatted(lengths.length, MOST_AXES));
    }
    this.lengths = lengths.clone();
    long elements = 1;
    for (long length : lengths) {
      if (length < IMAGES) {
        throw new ConversionException("an axis of its result has length " + length);
      }
      elements = length <= 0 ? elements : elements * length;
      if (length > MOST_ELEMENTS || elements > MOST_ELEMENTS) {
        throw new ConversionException(
            "its result %s has more than %d million elements"
                .formatted(text(lengths), MOST_ELEMENTS >> 20));
      }
    }
  }

  /** The lengths of all axes. */
  long[] lengths() {
    return lengths.clone();
  }

  /** How many axes there are. */
  int rank() {
    return lengths.length;
  }

  /** The length of an axis; negative axes count from the end. */
  long length(int axis) {
    return lengths[axis < 0 ? axis + lengths.length : axis];
  }

  /** The last axis: of an image, its channels. */
  long channels() {
    return length(-1);
  }

  /** The product of all lengths, with a batch of one image. */
  int elements() {
    return (int)
        LongStream.of(lengths)
            .map(length -> length == IMAGES ? 1 : length)
            .reduce(1, (a, b) -> a * b);
  }

  /** The same with another length for one axis. */
  Shape with(int axis, long length) {
    long[] changed = lengths.clone();
    changed[axis < 0 ? axis + changed.length : axis] = length;
    return new Shape(changed);
  }

  /** The same axes in another order: axis {@code order[i]} becomes the i-th. */
  Shape permuted(int... order) {
    return new Shape(Arrays.stream(order).mapToLong(axis -> lengths[axis]).toArray());
  }

  /**
   * The shape of two tensors' elementwise result, by the usual rule of broadcasting: axes are
   * matched from the last, and an axis of length 1 is repeated.
   */
  static Shape broadcast(Shape a, Shape b) {
    long[] lengths = new long[Math.max(a.rank(), b.rank())];
    for (int i = 1; i <= lengths.length; i++) {
      long left = i <= a.rank() ? a.length(-i) : 1;
      long right = i <= b.rank() ? b.length(-i) : 1;
      if (left != right && left != 1 && right != 1) {
        throw new ConversionException(
            "it takes values of " + a + " and " + b + ", which do not fit");
      }
      lengths[lengths.length - i] = left == 1 ? right : left;
    }
    return new Shape(lengths);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(lengths, shape.lengths);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lengths);
  }

  /** As {@code [n,224,224,3]}. */
  @Override
  public String toString() {
    return text(lengths);
  }

  private static String text(long[] lengths) {
    return LongStream.of(lengths)
        .mapToObj(length -> length == IMAGES ? "n" : Long.toString(length))
        .collect(Collectors.joining(",", "[", "]"));
  }
}

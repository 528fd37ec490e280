package org.pupil.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/**
 * Numbers that are known when a graph is converted: weights as float32, and shapes, axes and the
 * like as whole numbers. Row-major. Not changed by anybody.
 */
final class Literal {
  private final Shape shape;

  /** Makes the array when it is asked for: weights are large, and most are looked at once. */
  private final @Nullable Supplier<float[]> floats;

  private final long @Nullable [] longs;

  private Literal(Shape shape, @Nullable Supplier<float[]> floats, long @Nullable [] longs) {
    this.shape = shape;
    this.floats = floats;
    this.longs = longs;
  }

  private static void check(Shape shape, int given) {
    if (given != shape.elements()) {
      throw new ConversionException("it has " + given + " numbers for the shape " + shape);
    }
  }

  static Literal of(Shape shape, float... values) {
    check(shape, values.length);
    return new Literal(shape, () -> values, null);
  }

  static Literal of(Shape shape, long... values) {
    check(shape, values.length);
    return new Literal(shape, null, values);
  }

  /**
   * The value of a {@code Const} node.
   *
   * @throws ConversionException when it is not of float32, int32, int64 or bool, or damaged
   */
  static Literal of(TensorProto tensor) {
    Shape shape =
        new Shape(
            tensor.getTensorShape().getDimList().stream()
                .mapToLong(TensorShapeProto.Dim::getSize)
                .toArray());
    if (tensor.getTensorShape().getUnknownRank()
        || Arrays.stream(shape.lengths()).anyMatch(length -> length < 0)) {
      throw new ConversionException("its shape is not known");
    }
    return switch (tensor.getDtype()) {
      case DT_FLOAT -> {
        content(tensor, Float.BYTES, shape.elements()); // checks it now
        yield new Literal(shape, () -> floats(tensor, shape.elements()), null);
      }
      case DT_INT32, DT_INT64, DT_BOOL -> of(shape, longs(tensor, shape.elements()));
      default -> throw new ConversionException("it is of type " + typeName(tensor.getDtype()));
    };
  }

  /** As {@code int8} for {@code DT_INT8}. */
  static String typeName(DataType type) {
    return type.name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
  }

  private static float[] floats(TensorProto tensor, int elements) {
    float[] values = new float[elements];
    ByteBuffer bytes = content(tensor, Float.BYTES, elements);
    if (bytes.hasRemaining()) {
      bytes.asFloatBuffer().get(values);
      return values;
    }
    List<Float> listed = tensor.getFloatValList();
    for (int i = 0; i < elements; i++) {
      values[i] = listed.isEmpty() ? 0 : listed.get(Math.min(i, listed.size() - 1));
    }
    return values;
  }

  private static long[] longs(TensorProto tensor, int elements) {
    long[] values = new long[elements];
    boolean wide = tensor.getDtype() == DataType.DT_INT64;
    boolean bool = tensor.getDtype() == DataType.DT_BOOL;
    ByteBuffer bytes = content(tensor, wide ? Long.BYTES : bool ? 1 : Integer.BYTES, elements);
    if (bytes.hasRemaining()) {
      for (int i = 0; i < elements; i++) {
        values[i] = wide ? bytes.getLong() : bool ? bytes.get() : bytes.getInt();
      }
      return values;
    }
    List<? extends Object> listed =
        wide ? tensor.getInt64ValList() : bool ? tensor.getBoolValList() : tensor.getIntValList();
    for (int i = 0; i < elements && !listed.isEmpty(); i++) {
      Object value = listed.get(Math.min(i, listed.size() - 1));
      values[i] = value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).longValue();
    }
    return values;
  }

  private static ByteBuffer content(TensorProto tensor, int size, int elements) {
    ByteBuffer bytes =
        tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.hasRemaining() && bytes.remaining() != (long) size * elements) {
      throw new ConversionException(
          "it has %d bytes for %d numbers".formatted(bytes.remaining(), elements));
    }
    return bytes;
  }

  Shape shape() {
    return shape;
  }

  boolean isFloat() {
    return floats != null;
  }

  /**
   * The numbers.
   *
   * @throws ConversionException when they are whole ones
   */
  float[] floats() {
    if (floats == null) {
      throw new ConversionException("it takes whole numbers where float32 is needed");
    }
    return floats.get();
  }

  /**
   * The whole numbers.
   *
   * @throws ConversionException when they are none
   */
  long[] longs() {
    if (longs == null) {
      throw new ConversionException("it takes float32 where whole numbers are needed");
    }
    return longs;
  }

  static Literal scalar(float value) {
    return of(new Shape(), value);
  }

  /** The same numbers, row-major, in another shape of as many elements. */
  Literal reshaped(Shape other) {
    check(other, shape.elements());
    return new Literal(other, floats, longs);
  }

  /**
   * The same numbers with the axes in another order: axis {@code order[i]} becomes the i-th.
   *
   * @throws ConversionException when they are whole ones
   */
  Literal permuted(int... order) {
    if (floats == null) {
      throw new ConversionException("it takes whole numbers where float32 is needed");
    }
    return new Literal(shape.permuted(order), () -> inOrder(order), null);
  }

  private float[] inOrder(int... order) {
    // Axes of length 1 move nothing. Without them the kernels of most convolutions are matrices.
    int[] axes = Arrays.stream(order).filter(axis -> shape.length(axis) != 1).toArray();
    int[] counts = Arrays.stream(axes).map(axis -> (int) shape.length(axis)).toArray();
    int[] steps = Arrays.stream(axes).map(this::step).toArray();
    float[] from = floats();
    float[] to = new float[from.length];
    if (axes.length == 0) {
      System.arraycopy(from, 0, to, 0, to.length);
    } else if (to.length > 0) {
      copy(from, 0, to, 0, counts, steps, 0);
    }
    return to;
  }

  /** How far apart two neighbours along an axis are. */
  private int step(int axis) {
    long step = 1;
    for (int behind = axis + 1; behind < shape.rank(); behind++) {
      step *= shape.length(behind);
    }
    return (int) step;
  }

  /** Copies along one axis and those behind it; returns where in {@code to} it ended. */
  private static int copy(
      float[] from, int start, float[] to, int end, int[] counts, int[] steps, int axis) {
    int at = start;
    int next = end;
    if (axis == counts.length - 1) {
      for (int i = 0; i < counts[axis]; i++, at += steps[axis]) {
        to[next++] = from[at];
      }
      return next;
    }
    for (int i = 0; i < counts[axis]; i++, at += steps[axis]) {
      next = copy(from, at, to, next, counts, steps, axis + 1);
    }
    return next;
  }

  @Override
  public String toString() {
    return floats != null ? shape + " of float32" : Arrays.toString(longs);
  }
}

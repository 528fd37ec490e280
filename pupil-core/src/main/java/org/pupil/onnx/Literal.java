package org.pupil.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

  private final @Nullable Floats floats;

  private final long @Nullable [] longs;

  /**
   * Where numbers of float32 come from. They are made when they are asked for, and where they are
   * needed: weights are large, and most are looked at once.
   */
  private interface Floats {
    /** Writes them to the beginning of a buffer. */
    void copyTo(FloatBuffer to);

    /** The numbers as they are, or else a copy. Not to be written to. */
    default FloatBuffer view(int elements) {
      FloatBuffer copy = FloatBuffer.allocate(elements);
      copyTo(copy);
      return copy;
    }
  }

  /** Numbers that are there. */
  private record Stored(FloatBuffer numbers) implements Floats {
    @Override
    public void copyTo(FloatBuffer to) {
      to.put(0, numbers, 0, numbers.capacity());
    }

    @Override
    public FloatBuffer view(int elements) {
      return numbers;
    }
  }

  private Literal(Shape shape, @Nullable Floats floats, long @Nullable [] longs) {
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
    return new Literal(shape, new Stored(FloatBuffer.wrap(values)), null);
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
      case DT_FLOAT -> new Literal(shape, floats(tensor, shape.elements()), null);
      case DT_INT32, DT_INT64, DT_BOOL -> of(shape, longs(tensor, shape.elements()));
      default -> throw new ConversionException("it is of type " + typeName(tensor.getDtype()));
    };
  }

  /** As {@code int8} for {@code DT_INT8}. */
  static String typeName(DataType type) {
    return type.name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
  }

  private static Floats floats(TensorProto tensor, int elements) {
    ByteBuffer bytes = content(tensor, Float.BYTES, elements);
    return bytes.hasRemaining()
        ? new Stored(bytes.asFloatBuffer())
        : to -> copyListed(tensor.getFloatValList(), elements, to);
  }

  /** The last number that is listed stands for those that are missing. */
  private static void copyListed(List<Float> listed, int elements, FloatBuffer to) {
    for (int i = 0; i < elements; i++) {
      to.put(i, listed.isEmpty() ? 0 : listed.get(Math.min(i, listed.size() - 1)));
    }
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
   * The numbers, in an array of the caller's own.
   *
   * @throws ConversionException when they are whole ones
   */
  float[] floats() {
    float[] values = new float[shape.elements()];
    copyTo(FloatBuffer.wrap(values));
    return values;
  }

  /**
   * Writes the numbers to the beginning of a buffer.
   *
   * @throws ConversionException when they are whole ones
   */
  void copyTo(FloatBuffer to) {
    known().copyTo(to);
  }

  private Floats known() {
    if (floats == null) {
      throw new ConversionException("it takes whole numbers where float32 is needed");
    }
    return floats;
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
    Floats from = known();
    AxisPermutation permutation = new AxisPermutation(shape, order);
    return new Literal(
        shape.permuted(order), to -> permutation.copy(from.view(shape.elements()), to), null);
  }

  /**
   * The same numbers, each times the factor of its place along the first axis.
   *
   * @param factors [the length of the first axis]
   * @throws ConversionException when they are whole ones
   */
  Literal scaled(float... factors) {
    Floats from = known();
    return new Literal(
        shape,
        to -> {
          from.copyTo(to);
          scale(to, shape.elements(), factors);
        },
        null);
  }

  private static void scale(FloatBuffer numbers, int elements, float[] factors) {
    float[] part = new float[elements / factors.length];
    for (int i = 0; i < factors.length; i++) {
      numbers.get(i * part.length, part);
      for (int j = 0; j < part.length; j++) {
        part[j] *= factors[i];
      }
      numbers.put(i * part.length, part);
    }
  }

  @Override
  public String toString() {
    return floats != null ? shape + " of float32" : Arrays.toString(longs);
  }
}

package org.pupil.board.answers;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/** A matrix of numbers out of a log, row by row. */
public final class NumberTensor {
  /** A small message may claim that one number fills a tensor; larger ones than this may not. */
  private static final int MOST_REPEATED = 1 << 20;

  private final int rows;
  private final int columns;
  private final double[] values;

  private NumberTensor(int rows, int columns, double[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * Reads a matrix of floats, doubles or whole numbers.
   *
   * @return empty if the tensor is of another type or rank, or has not the values that it says
   */
  public static Optional<NumberTensor> matrix(TensorProto tensor) {
    TensorShapeProto shape = tensor.getTensorShape();
    if (shape.getUnknownRank() || shape.getDimCount() != 2) {
      return Optional.empty();
    }
    long rows = shape.getDim(0).getSize();
    long columns = shape.getDim(1).getSize();
    if (rows < 0 || columns < 0 || rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    return values(tensor, rows * columns)
        .map(values -> new NumberTensor((int) rows, (int) columns, values));
  }

  private static Optional<double[]> values(TensorProto tensor, long count) {
    return switch (tensor.getDtype()) {
      case DT_FLOAT ->
          tensor.getTensorContent().isEmpty()
              ? listed(tensor.getFloatValList(), count)
              : packed(tensor.getTensorContent(), Float.BYTES, count);
      case DT_DOUBLE ->
          tensor.getTensorContent().isEmpty()
              ? listed(tensor.getDoubleValList(), count)
              : packed(tensor.getTensorContent(), Double.BYTES, count);
      case DT_INT32 ->
          tensor.getTensorContent().isEmpty()
              ? listed(tensor.getIntValList(), count)
              : Optional.empty();
      case DT_INT64 ->
          tensor.getTensorContent().isEmpty()
              ? listed(tensor.getInt64ValList(), count)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<double[]> packed(ByteString content, int bytes, long count) {
    if (content.size() % bytes != 0 || content.size() / bytes != count) {
      return Optional.empty();
    }
    ByteBuffer buffer = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[content.size() / bytes];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes == Float.BYTES ? buffer.getFloat() : buffer.getDouble();
    }
    return Optional.of(values);
  }

  /** The last of the listed ones stands for all that follow. */
  private static Optional<double[]> listed(List<? extends Number> listed, long count) {
    boolean isTooLong = count > Math.max(listed.size(), MOST_REPEATED);
    if (isTooLong || listed.size() > count || (listed.isEmpty() && count > 0)) {
      return Optional.empty();
    }
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = listed.get(Math.min(i, listed.size() - 1)).doubleValue();
    }
    return Optional.of(values);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public double get(int row, int column) {
    return values[row * columns + column];
  }
}

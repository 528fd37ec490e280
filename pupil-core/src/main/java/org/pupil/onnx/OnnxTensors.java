package org.pupil.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.TensorProto.DataType;

/** Constants of an ONNX graph. */
final class OnnxTensors {
  private OnnxTensors() {}

  /**
   * What is known of a constant: of few whole or floating numbers, the numbers too.
   *
   * @throws ConversionException when it is of a type that is not computed in, or damaged
   */
  static SizedTensor sized(TensorProto tensor) {
    DataType type = DataType.forNumber(tensor.getDataType());
    DataType known = type == null ? DataType.UNDEFINED : type;
    OnnxForm.checkType(known);
    for (long length : tensor.getDimsList()) {
      if (length < 0) {
        throw new ConversionException("a constant has an axis of length " + length);
      }
    }
    Shape shape = new Shape(tensor.getDimsList().stream().mapToLong(Long::longValue).toArray());
    checkContent(tensor, known, shape);
    return SizedTensor.areFew(shape)
        ? SizedTensor.of(known, shape, values(tensor, known, shape.elements()))
        : SizedTensor.of(known, shape);
  }

  private static void checkContent(TensorProto tensor, DataType type, Shape shape) {
    int raw = tensor.getRawData().size();
    long numbers = raw > 0 ? raw / bytes(type) : listed(tensor, type);
    if (numbers != shape.elements() || raw % bytes(type) != 0) {
      throw new ConversionException(
          "a constant has " + numbers + " numbers for the shape " + shape);
    }
  }

  private static int bytes(DataType type) {
    return switch (type) {
      case BOOL -> 1;
      case FLOAT, INT32 -> Integer.BYTES;
      default -> Long.BYTES;
    };
  }

  private static int listed(TensorProto tensor, DataType type) {
    return switch (type) {
      case FLOAT -> tensor.getFloatDataCount();
      case DOUBLE -> tensor.getDoubleDataCount();
      case INT64 -> tensor.getInt64DataCount();
      default -> tensor.getInt32DataCount();
    };
  }

  private static double[] values(TensorProto tensor, DataType type, int count) {
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    boolean isRaw = raw.hasRemaining();
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (type) {
            case FLOAT -> isRaw ? raw.getFloat() : tensor.getFloatData(i);
            case DOUBLE -> isRaw ? raw.getDouble() : tensor.getDoubleData(i);
            case INT64 -> isRaw ? raw.getLong() : tensor.getInt64Data(i);
            case INT32 -> isRaw ? raw.getInt() : tensor.getInt32Data(i);
            default -> isRaw ? raw.get() : tensor.getInt32Data(i);
          };
      if (type == DataType.BOOL && values[i] != 0 && values[i] != 1) {
        throw new ConversionException("a constant of bools has the number " + (long) values[i]);
      }
    }
    return values;
  }
}

package org.pupil.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/** A shape that is written in a graph as a constant vector of int32 or int64. */
final class ShapeConst {
  private static final int MOST_DIMENSIONS = 8;

  private ShapeConst() {}

  /** The sizes; empty for anything that is not such a vector. */
  static List<Long> read(TensorProto value) {
    boolean small = value.getDtype() == DataType.DT_INT32;
    if (!(small || value.getDtype() == DataType.DT_INT64)
        || value.getTensorShape().getDimCount() != 1) {
      return List.of();
    }
    long count = value.getTensorShape().getDim(0).getSize();
    if (count < 1 || count > MOST_DIMENSIONS) {
      return List.of();
    }
    List<Long> sizes = new ArrayList<>();
    if (!value.getTensorContent().isEmpty()) {
      ByteBuffer bytes =
          value.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      while (bytes.remaining() >= (small ? Integer.BYTES : Long.BYTES)) {
        sizes.add(small ? bytes.getInt() : bytes.getLong());
      }
    } else if (small) {
      value.getIntValList().forEach(size -> sizes.add((long) size));
    } else {
      sizes.addAll(value.getInt64ValList());
    }
    // TensorFlow repeats the last value of a list that is too short.
    while (!sizes.isEmpty() && sizes.size() < count) {
      sizes.add(sizes.get(sizes.size() - 1));
    }
    return sizes.size() == count ? sizes : List.of();
  }

  static TensorProto withFirst(long first, List<Long> sizes, DataType type) {
    TensorProto.Builder value =
        TensorProto.newBuilder()
            .setDtype(type)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(sizes.size())));
    for (int i = 0; i < sizes.size(); i++) {
      long size = i == 0 ? first : sizes.get(i);
      if (type == DataType.DT_INT32) {
        value.addIntVal((int) size);
      } else {
        value.addInt64Val(size);
      }
    }
    return value.build();
  }
}

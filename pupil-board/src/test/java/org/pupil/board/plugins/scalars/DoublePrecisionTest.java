package org.pupil.board.plugins.scalars;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.board.LogBuilder;
import org.pupil.board.LogValues;
import org.pupil.board.TestBoard;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TensorProto;

class DoublePrecisionTest {
  private static final double TIME = 1700000000.123;
  private static final String ROUTE = "/data/plugin/scalars/scalars";

  @TempDir Path folder;

  private static Summary.Value.Builder written(TensorProto.Builder tensor) {
    return LogValues.tensor("t", "scalars", "", tensor.setDtype(DataType.DT_DOUBLE));
  }

  /** As a list of numbers, and as bytes: both forms of a tensor. */
  @Test
  void aScalarIsAnsweredAsItWasWritten() {
    byte[] bytes =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(TIME + 1).array();
    new LogBuilder(folder.resolve("r"))
        .write(0, LogValues.scalar("t", "", 0.1f))
        .write(1, written(TensorProto.newBuilder().addDoubleVal(TIME)))
        .write(2, written(TensorProto.newBuilder().setTensorContent(ByteString.copyFrom(bytes))))
        .write(3, written(TensorProto.newBuilder().addDoubleVal(Double.NaN)))
        .close();
    try (TestBoard board = TestBoard.open(folder)) {
      assertThat(board.json(ROUTE, "run", "r", "tag", "t").toString())
          .contains(",0,0.10000000149011612]", ",1,1.700000000123E9]", ",2,1.700000001123E9]");
      assertThat(
              TestBoard.text(board.get(ROUTE, "run", "r", "tag", "t", "format", "csv")).split("\n"))
          .contains("1700000000.5,1,1700000000.123\r");
      byte[] compact = board.get("/data/plugin/pupil/points", "run", "r", "tag", "t").body();
      ByteBuffer points = ByteBuffer.wrap(compact).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(points.getInt(4)).isEqualTo(8);
      assertThat(points.getDouble(16 + 64 + 8)).isEqualTo(TIME);
    }
  }
}

package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pupil.errors.PupilException;
import org.pupil.graph.Checkpoint.Entry;
import org.pupil.log.proto.BundleEntryProto;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.log.proto.TensorSliceProto;

class TensorSlicesTest {
  private static final byte[] TWO_NUMBERS = {1, 2, 3, 4, 5, 6, 7, 8};

  private static TensorSliceProto two(long start) {
    return TensorSliceProto.newBuilder()
        .addExtent(TensorSliceProto.Extent.newBuilder().setStart(start).setLength(2))
        .build();
  }

  private static byte[] joined(long length, TensorSliceProto... parts) {
    BundleEntryProto.Builder found =
        BundleEntryProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(length)));
    for (TensorSliceProto part : parts) {
      found.addSlices(part);
    }
    return TensorSlices.of(new Entry("w", ""), found.build(), PupilException::badModel)
        .joined(key -> TWO_NUMBERS);
  }

  @Test
  void partsMakeUpTheWhole() {
    assertThat(joined(4, two(0), two(2)))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  /** What no part has would be zeros that nobody taught. */
  @Test
  void partsThatDoNotAreRefused() {
    assertThatThrownBy(() -> joined(4, two(0)))
        .isInstanceOf(PupilException.class)
        .hasMessage("the parts of w have 8 bytes, not 16");
    assertThatThrownBy(() -> joined(100_000_000, two(0)))
        .isInstanceOf(PupilException.class)
        .hasMessage("the parts of w have 8 bytes, not 400000000");
  }
}

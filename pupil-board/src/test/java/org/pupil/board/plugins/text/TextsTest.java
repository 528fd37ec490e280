package org.pupil.board.plugins.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

class TextsTest {
  @Test
  void aTextWithoutDimensionsIsADocument() {
    assertThat(Texts.html(text(new long[0], "*a* <script>b</script>"), true))
        .contains("<p><em>a</em> </p>\n");
  }

  @Test
  void withoutMarkdownItIsOnlyMadeSafe() {
    assertThat(Texts.html(text(new long[0], "*a* <em>b</em> <script>c</script>"), false))
        .contains("*a* <em>b</em> ");
  }

  @Test
  void oneDimensionIsAColumn() {
    assertThat(Texts.html(text(new long[] {2}, "*a*", "b"), true).orElseThrow())
        .isEqualToIgnoringWhitespace(
            "<table><tbody><tr><td><p><em>a</em></p></td></tr><tr><td><p>b</p></td></tr>"
                + "</tbody></table>");
  }

  @Test
  void twoDimensionsAreRowsOfColumns() {
    String[] cells = {"a", "b", "c", "d", "e", "f"};
    assertThat(Texts.html(text(new long[] {2, 3}, cells), false).orElseThrow())
        .isEqualToIgnoringWhitespace(
            "<table><tbody><tr><td>a</td><td>b</td><td>c</td></tr>"
                + "<tr><td>d</td><td>e</td><td>f</td></tr></tbody></table>");
  }

  @Test
  void ofMoreDimensionsTheFirstSliceIsShownWithAWarning() {
    String[] cells = {"a", "b", "c", "d", "e", "f", "g", "h"};
    assertThat(Texts.html(text(new long[] {2, 2, 2}, cells), true).orElseThrow())
        .startsWith("<p><strong>Warning:</strong> This text summary contained data of")
        .contains("dimensionality 3")
        .contains(">d<")
        .doesNotContain(">e<");
  }

  @Test
  void anEmptyTableIsEmpty() {
    assertThat(Texts.html(text(new long[] {0}), true).orElseThrow())
        .isEqualToIgnoringWhitespace("<table><tbody></tbody></table>");
    assertThat(Texts.html(text(new long[] {3, 0}), true)).isPresent();
  }

  @Test
  void aTableThatClaimsMoreThanItHasIsNone() {
    assertThat(Texts.html(text(new long[] {1L << 40, 1L << 40}, "a"), true)).isEmpty();
    assertThat(Texts.html(text(new long[] {1 << 20}, "a"), true)).isEmpty();
    assertThat(Texts.html(text(new long[] {-1}, "a"), true)).isEmpty();
    assertThat(Texts.html(text(new long[] {2, 2}), true)).isEmpty();
    assertThat(Texts.html(text(new long[0]), true)).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreShownAsSuch() {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_STRING);
    tensor.getTensorShapeBuilder();
    tensor.addStringVal(ByteString.copyFrom(new byte[] {'a', (byte) 0xff, 'b'}));
    Summary.Value value = Summary.Value.newBuilder().setTensor(tensor).build();
    assertThat(Texts.html(value, true)).contains("<p>a&#xfffd;b</p>\n");
  }

  @Test
  void numbersAreNoText() {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT);
    Summary.Value value = Summary.Value.newBuilder().setTensor(tensor.addFloatVal(1)).build();
    assertThat(Texts.html(value, true)).isEmpty();
  }

  private static Summary.Value text(long[] sizes, String... strings) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_STRING).setTensorShape(shape);
    for (String string : strings) {
      tensor.addStringVal(ByteString.copyFromUtf8(string));
    }
    return Summary.Value.newBuilder().setTag("t").setTensor(tensor).build();
  }
}

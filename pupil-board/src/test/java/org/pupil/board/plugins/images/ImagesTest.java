package org.pupil.board.plugins.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TensorProto;

class ImagesTest {
  @ParameterizedTest
  @CsvSource({
    "89504e470d0a1a0a00, image/png",
    "ffd8ffe000104a464946, image/jpeg",
    "ffd8ffdb, image/jpeg",
    "474946383961, image/gif",
    "474946383761, image/gif",
    "424d36, image/bmp"
  })
  void picturesAreKnownByTheirBeginning(String hex, String type) {
    assertThat(Images.contentType(ByteString.fromHex(hex))).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "B",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "<?xml version='1.0'?><svg/>",
        "<html><script>alert(1)</script>",
        "GIF88a",
        "RIFF    WEBP"
      })
  void everythingElseIsOnlyBytes(String content) {
    assertThat(Images.contentType(ByteString.copyFromUtf8(content)))
        .isEqualTo("application/octet-stream");
  }

  @Test
  void bothFormsHaveWidthHeightAndPicture() {
    Summary.Value old =
        Summary.Value.newBuilder()
            .setImage(
                Summary.Image.newBuilder()
                    .setWidth(4)
                    .setHeight(3)
                    .setEncodedImageString(ByteString.copyFromUtf8("picture")))
            .build();
    Summary.Value now =
        Summary.Value.newBuilder()
            .setTensor(
                TensorProto.newBuilder()
                    .setDtype(DataType.DT_STRING)
                    .addStringVal(ByteString.copyFromUtf8("4"))
                    .addStringVal(ByteString.copyFromUtf8("3"))
                    .addStringVal(ByteString.copyFromUtf8("picture")))
            .build();
    for (long index = -1; index < 5; index++) {
      assertThat(Images.blob(old, index)).isEqualTo(Images.blob(now, index));
    }
    assertThat(Images.blob(old, Images.FIRST)).contains(ByteString.copyFromUtf8("picture"));
    assertThat(Images.blob(old, 1)).contains(ByteString.copyFromUtf8("3"));
    assertThat(Images.blob(now, Long.MAX_VALUE)).isEmpty();
  }
}

package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pupil.errors.PupilException;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.OperatorSetIdProto;
import org.pupil.onnx.proto.StringStringEntryProto;
import org.pupil.onnx.proto.TensorProto;

class OnnxMetadataTest {
  private static final ModelProto MODEL =
      ModelProto.newBuilder()
          .setIrVersion(8)
          .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
          .setGraph(
              GraphProto.newBuilder()
                  .setName("tiny")
                  .addInitializer(
                      TensorProto.newBuilder()
                          .setName("w")
                          .setDataType(TensorProto.DataType.FLOAT_VALUE)
                          .addDims(2)
                          .setRawData(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))))
          .addMetadataProps(entry("author", "somebody"))
          .build();

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static Map<String, String> metadata(ModelProto model) {
    return model.getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws InvalidProtocolBufferException {
    ModelProto described = OnnxMetadata.describe(MODEL, TinyModel.description(), Optional.empty());
    ModelProto read = ModelProto.parseFrom(described.toByteArray());

    assertThat(OnnxMetadata.read(read, "m.onnx")).contains(TinyModel.description());
    assertThat(metadata(read))
        .containsEntry("labels", "[\"ant\",\"bee\",\"wasp 2\"]")
        .containsEntry("Image.NominalPixelRange", "Normalized_0_1")
        .containsEntry("author", "somebody");
  }

  @Test
  void aModelThatIsDescribedAgainHasOneDescription() {
    ModelProto once = OnnxMetadata.describe(MODEL, TinyModel.description(), Optional.empty());

    assertThat(OnnxMetadata.describe(once, TinyModel.description(), Optional.empty()))
        .isEqualTo(once);
  }

  @Test
  void aModelOfOthersHasNone() {
    assertThat(OnnxMetadata.read(MODEL, "m.onnx")).isEmpty();
  }

  @Test
  void everyChangedByteOfTheModelIsNoticed() {
    ModelProto described = OnnxMetadata.describe(MODEL, TinyModel.description(), Optional.empty());
    ModelProto.Builder otherWeights = described.toBuilder();
    otherWeights
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .setRawData(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 9}));
    ModelProto otherOperators =
        described.toBuilder()
            .setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(18))
            .build();

    for (ModelProto changed : new ModelProto[] {otherWeights.build(), otherOperators}) {
      assertThatThrownBy(() -> OnnxMetadata.read(changed, "m.onnx"))
          .isInstanceOf(PupilException.class)
          .hasMessageStartingWith("m.onnx is damaged: ");
    }
  }

  @Test
  void metadataThatOthersAddDoNoHarm() {
    ModelProto more =
        OnnxMetadata.describe(MODEL, TinyModel.description(), Optional.empty()).toBuilder()
            .addMetadataProps(entry("licence", "mine"))
            .build();

    assertThat(OnnxMetadata.read(more, "m.onnx")).contains(TinyModel.description());
  }

  @Test
  void aDescriptionThatIsNoJsonIsDamage() {
    ModelProto damaged =
        MODEL.toBuilder()
            .addMetadataProps(entry(OnnxMetadata.DESCRIPTION, "{\"format\":1"))
            .build();

    assertThatThrownBy(() -> OnnxMetadata.read(damaged, "m.onnx"))
        .hasMessage("m.onnx has a damaged description of itself: train it again");
  }
}

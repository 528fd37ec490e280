package org.pupil.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.dataset.Labels;
import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;
import org.pupil.images.PerChannel;
import org.pupil.model.Model;
import org.pupil.model.TinyOnnx;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;

/** {@code .onnx} files that Pupil did not make. */
class OnnxLabellingTest {
  private static final Overrides THREE =
      Overrides.NONE.withLabels(new Labels(List.of("red", "green", "blue")));

  @TempDir Path folder;

  private LabellingGraph changed(Consumer<GraphProto.Builder> change) throws IOException {
    ModelProto.Builder model = TinyOnnx.backboneModel().toBuilder();
    change.accept(model.getGraphBuilder());
    Path file = Files.write(folder.resolve("some.onnx"), model.build().toByteArray());
    return LabellingGraph.of(Model.read(file), THREE);
  }

  @Test
  void imagesThatNoPhotoIsStretchedToAreRefused() {
    assertThatThrownBy(
            () ->
                changed(
                    graph ->
                        graph
                            .getInputBuilder(0)
                            .getTypeBuilder()
                            .getTensorTypeBuilder()
                            .getShapeBuilder()
                            .getDimBuilder(2)
                            .setDimValue(5000)))
        .isInstanceOf(PupilException.class)
        .hasMessage(
            folder.resolve("some.onnx")
                + ": its input photos takes images with a side of 5000 pixels; the largest possible"
                + " is 4096");
  }

  private LabellingGraph noted(Overrides overrides, String... keysAndValues) throws IOException {
    ModelProto.Builder model = TinyOnnx.backboneModel().toBuilder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      model.addMetadataPropsBuilder().setKey(keysAndValues[i]).setValue(keysAndValues[i + 1]);
    }
    Path file = Files.write(folder.resolve("some.onnx"), model.build().toByteArray());
    return LabellingGraph.of(Model.read(file), overrides);
  }

  @Test
  void theScalingIsThatOfTheMetadata() throws IOException {
    InputSpec unit = noted(THREE, "Image.NominalPixelRange", "Normalized_0_1").input();
    assertThat(unit).isEqualTo(new InputSpec(224, 224, 0, 255));
    InputSpec numbers =
        noted(
                THREE,
                "input_mean",
                "10,20,30",
                "input_std",
                "2",
                "Image.NominalPixelRange",
                "Normalized_0_1")
            .input();
    assertThat(numbers)
        .isEqualTo(new InputSpec(224, 224, new PerChannel(10, 20, 30), PerChannel.of(2)));
    assertThat(noted(THREE).input()).isEqualTo(new InputSpec(224, 224, 128, 128));
    assertThatThrownBy(() -> noted(THREE, "input_std", "0"))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("some.onnx: its metadata are damaged: ");
  }

  @Test
  void theLabelsAreThoseOfTheMetadataIfTheyAreLabels() throws IOException {
    String three = "[\"ant\",\"bee\",\"wasp 2\"]";
    assertThat(noted(Overrides.NONE, "labels", three).labels().names())
        .containsExactly("ant", "bee", "wasp 2");
    assertThat(noted(THREE, "labels", three).labels()).isEqualTo(THREE.labels().get());
    for (String other :
        List.of("ant, bee", "[]", "null", "[\"a\",\"a\"]", "[\"a\",null]", "[[1]]")) {
      assertThatThrownBy(() -> noted(Overrides.NONE, "labels", other))
          .as(other)
          .isInstanceOf(PupilException.class)
          .hasMessageEndingWith(
              "some.onnx was not made by Pupil and carries no labels: give labels");
    }
  }

  @Test
  void aFileWithoutInputsIsRefused() {
    assertThatThrownBy(() -> changed(GraphProto.Builder::clearInput))
        .isInstanceOf(PupilException.class)
        .hasMessage(folder.resolve("some.onnx") + " declares no input: export the network anew");
  }
}

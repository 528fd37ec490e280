package org.pupil.labelling;

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

  @Test
  void aFileWithoutInputsIsRefused() {
    assertThatThrownBy(() -> changed(GraphProto.Builder::clearInput))
        .isInstanceOf(PupilException.class)
        .hasMessage(folder.resolve("some.onnx") + " declares no input: export the network anew");
  }
}

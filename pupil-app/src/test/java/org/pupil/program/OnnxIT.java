package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Teaching on an {@code .onnx} file that another program exported. */
class OnnxIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;

  /** Gives a map; leaves the images' size open. */
  private static final Path NETWORK =
      Checkout.folder()
          .resolve("pupil-core/src/test/resources/org/pupil/onnx/networks/convolutional_21.onnx");

  @TempDir Path folder;

  private Object[] retrain(String... more) {
    Object[] start = {
      "retrain",
      "--image_dir=" + TAUGHT.photos(),
      "--architecture=" + NETWORK,
      "--input_height=64",
      "--input_width=48",
      "--input_mean=123.675,116.28,103.53",
      "--input_std=58.395,57.12,57.375"
    };
    Object[] all = java.util.Arrays.copyOf(start, start.length + more.length);
    System.arraycopy(more, 0, all, start.length, more.length);
    return all;
  }

  @Test
  void aModelIsTrainedOnItAndLabelsPhotosWithoutBeingNamed() {
    PupilProgram pupil = PupilProgram.in(folder);

    pupil
        .run(retrain())
        .succeeded()
        .errContains("64 x 48 pixels in, 12 numbers (the bottleneck) out")
        .outContains(
            "Model: pupil-model/graph.onnx (labels in pupil-model/labels.txt)",
            "label_image --image ");
    assertThat(folder.resolve("pupil-model/graph.pb")).doesNotExist();
    String byDefault =
        pupil.run("label_image", Photos.duck()).succeeded().outContains("bird").out();
    pupil
        .run("label_image", "--graph=pupil-model/runs/run-1/graph.onnx", Photos.duck())
        .succeeded()
        .outIs(byDefault);
  }

  @Test
  void whatCannotBeIsSaidBeforeAnyWork() {
    PupilProgram pupil = PupilProgram.in(folder);

    pupil
        .run(retrain("--output_graph=model.pb"))
        .failedWith(2, "--output_graph must end with .onnx", "was model.pb")
        .inOneLine();
    pupil
        .run(retrain("--saved_model_dir=saved"))
        .failedWith(2, "--saved_model_dir is for a backbone that is a TensorFlow graph")
        .inOneLine();
    pupil
        .run("retrain", "--image_dir=" + TAUGHT.photos(), Photos.QUICK, "--output_graph=model.onnx")
        .failedWith(2, "--output_graph must end with .pb", "was model.onnx")
        .inOneLine();
    pupil
        .run(retrain("--input_mean=1,2"))
        .failedWith(2, "--input_mean must be a number, or three for red, green and blue, was 1,2")
        .inOneLine();
    pupil
        .run("retrain", "--image_dir=" + TAUGHT.photos(), "--architecture=none.onnx")
        .failedWith(3, "--architecture none.onnx does not exist")
        .inOneLine();
    assertThat(folder.resolve("pupil-model")).doesNotExist();
  }

  @Test
  void aFileThatIsNoModelIsRefusedInOneLine() throws java.io.IOException {
    PupilProgram pupil = PupilProgram.in(folder);
    Files.writeString(folder.resolve("page.onnx"), "<html>404</html>");

    for (String graph : new String[] {"page.onnx", NETWORK.toString()}) {
      pupil.run("label_image", "--graph=" + graph, Photos.duck()).exitedWith(4).inOneLine();
    }
  }
}

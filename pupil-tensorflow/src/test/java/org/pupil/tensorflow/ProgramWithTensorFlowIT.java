package org.pupil.tensorflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.SharedFolder;
import org.pupil.graph.Nodes;
import org.pupil.graph.TinyGraph;
import org.pupil.log.proto.GraphDef;

/** The packaged program where TensorFlow is there. */
class ProgramWithTensorFlowIT {
  private static final Path CHECKOUT = SharedFolder.checkout();

  @TempDir Path folder;

  private record Outcome(int status, String out, String err) {}

  @BeforeEach
  void theProgramIsPackaged() {
    assumeTrue(
        Files.exists(CHECKOUT.resolve("pupil-app/target/pupil/built")),
        "pupil-app is not packaged");
  }

  private Outcome pupil(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", CHECKOUT.resolve("pupil").toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PUPIL_BUILD", "never");
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    int status = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Outcome(status, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  private static Map<String, Double> scores(Outcome labelled) {
    assertThat(labelled.status()).as(labelled.err()).isZero();
    Map<String, Double> scores = new TreeMap<>();
    for (String line : labelled.out().lines().toList()) {
      int gap = line.lastIndexOf(' ');
      scores.put(line.substring(0, gap), Double.parseDouble(line.substring(gap + 1)));
    }
    return scores;
  }

  private Outcome retrain(Object... more) throws IOException, InterruptedException {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "retrain",
                "--image_dir=" + CHECKOUT.resolve("examples/photos"),
                "--architecture=mobilenet_0.25_128"));
    arguments.addAll(List.of(more));
    return pupil(arguments.toArray());
  }

  @Test
  void bothEnginesTrainAndLabelAndTheCacheKeepsThemApart() throws Exception {
    Path duck = CHECKOUT.resolve("examples/photos/bird/duck.jpg");

    assertThat(retrain("--engine=onnx").err()).contains("148 computed now, 0 from the cache");
    Map<String, Double> onnx = scores(pupil("label_image", duck, "--engine", "onnx"));
    Map<String, Double> other = scores(pupil("label_image", duck, "--engine", "tensorflow"));
    assertThat(retrain().err()).contains("0 computed now, 148 from the cache");
    assertThat(retrain("--engine=tensorflow").err()).contains("148 computed now, 0 from the cache");
    Map<String, Double> taught = scores(pupil("label_image", duck, "--engine", "tensorflow"));

    assertThat(onnx).hasSize(4);
    onnx.forEach(
        (label, probability) -> {
          assertThat(other.get(label)).as(label).isCloseTo(probability, within(1e-4));
          assertThat(taught.get(label)).as(label).isCloseTo(probability, within(1e-3));
        });
  }

  @Test
  void bfloat16IsComputedByTensorFlow() throws Exception {
    Outcome outcome = retrain("--precision=bfloat16");

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(retrain("--precision=bfloat16", "--engine=onnx").err())
        .isEqualTo(
            "error: --precision bfloat16 is for TensorFlow: leave it out, or give --engine"
                + " tensorflow\n");
  }

  @Test
  void autoRunsWhatCannotBeConvertedAndOnnxNamesIt() throws Exception {
    GraphDef odd =
        new TinyGraph()
            .images("input", -1, 8, 8)
            .add(Nodes.operation("odd", "Rint", "input"))
            .ints("axes", 1, 2)
            .mean("final_result", "odd", "axes", false)
            .build();
    Path graph = Files.write(folder.resolve("odd.pb"), odd.toByteArray());
    Path labels = Files.writeString(folder.resolve("labels.txt"), "red\ngreen\nblue\n");
    Object[] label = {
      "label_image",
      CHECKOUT.resolve("examples/photos/bird/duck.jpg"),
      "--graph=" + graph,
      "--labels=" + labels,
      "--engine=auto"
    };

    assertThat(scores(pupil(label))).containsOnlyKeys("red", "green", "blue");
    label[4] = "--engine=onnx";
    Outcome refused = pupil(label);
    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.err())
        .isEqualTo(
            "error: odd (Rint) cannot be converted to ONNX: this operation is not among those that"
                + " are converted; TensorFlow may run it: --engine tensorflow (a download of about"
                + " 160 MB, once; 650 MB unpacked)\n");
  }
}

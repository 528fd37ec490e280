package org.pupil.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupil.backbone.BackboneRequest;
import org.pupil.images.Distortions;
import org.pupil.training.Optimizer;

/** Equal photos, flags and seeds give equal files, whatever else is different. */
class SameRunTest {
  @TempDir Path folder;

  private TestRun testRun(String name) throws IOException {
    TestRun testRun = new TestRun(Files.createDirectories(folder.resolve(name)));
    // A real network: its sums are long enough to show another order of adding.
    testRun.backbone =
        BackboneRequest.architecture("mobilenet_0.25_128", testRun.folder).withSize(32, 32);
    return testRun;
  }

  private static byte[] graph(TestRun testRun) throws IOException {
    return Files.readAllBytes(testRun.graph);
  }

  private static byte[] layer(RunResult report) {
    float[] weights = report.result().layer().weights();
    float[] biases = report.result().layer().biases();
    int[] bits = new int[weights.length + biases.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] =
          Float.floatToRawIntBits(i < weights.length ? weights[i] : biases[i - weights.length]);
    }
    return Arrays.toString(bits).getBytes(UTF_8);
  }

  @ParameterizedTest
  @EnumSource(
      value = Optimizer.class,
      names = {"AUTO", "GRADIENT_DESCENT", "ADAM"})
  void oneThreadAndTwoAndASecondTimeGiveTheSameBytes(Optimizer optimizer) throws IOException {
    TestRun one = testRun("one").training(optimizer, 0.01, 40, 0);
    one.threads = 1;
    TestRun two = testRun("two").training(optimizer, 0.01, 40, 0);
    two.threads = 3;
    RunResult first = one.run();
    RunResult second = two.run();
    byte[] graph = graph(one);
    byte[] evaluation = Files.readAllBytes(one.out.resolve("evaluation.json"));

    assertThat(layer(first)).isEqualTo(layer(second));
    assertThat(graph(two)).isEqualTo(graph);
    assertThat(two.out.resolve("evaluation.json")).hasBinaryContent(evaluation);
    // Once more, now with the bottlenecks from the cache.
    assertThat(layer(one.run())).isEqualTo(layer(first));
    assertThat(graph(one)).isEqualTo(graph);
    assertThat(eventFile(one, "train")).isEqualTo(eventFile(two, "train"));
    assertThat(eventFile(one, "validation")).isEqualTo(eventFile(two, "validation"));
  }

  private static byte[] eventFile(TestRun testRun, String run) throws IOException {
    try (Stream<Path> files = Files.list(testRun.summaries.resolve(run))) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return Files.readAllBytes(all.get(0));
    }
  }

  @Test
  void distortionsAreTheSameWithAnyNumberOfThreads() throws IOException {
    TestRun one = testRun("one").inSteps(4);
    one.threads = 1;
    TestRun two = testRun("two").inSteps(4);
    two.threads = 3;
    TestRun plain = testRun("plain").inSteps(4);
    one.distortions = new Distortions(true, 20, 10, 15);
    two.distortions = one.distortions;

    byte[] layer = layer(one.run());
    assertThat(layer(two.run())).isEqualTo(layer).isNotEqualTo(layer(plain.run()));
    assertThat(graph(two)).isEqualTo(graph(one));
  }

  @Test
  void variantsAreTheSameWithAnyNumberOfThreads() throws IOException {
    TestRun one = testRun("one");
    one.threads = 1;
    TestRun two = testRun("two");
    two.threads = 3;
    TestRun plain = testRun("plain");
    one.distortions = new Distortions(true, 20, 10, 15, 20, 30, 20, 11);
    two.distortions = one.distortions;

    byte[] layer = layer(one.run());
    assertThat(layer(two.run())).isEqualTo(layer).isNotEqualTo(layer(plain.run()));
    // Once more, now with the variants from the cache.
    assertThat(layer(two.run())).isEqualTo(layer);
    assertThat(graph(two)).isEqualTo(graph(one));
    byte[] inSteps = layer(one.inSteps(4).run());
    assertThat(layer(two.inSteps(4).run())).isEqualTo(inSteps);
  }

  @Test
  void anotherSeedGivesAnotherLayer() throws IOException {
    RunResult first = testRun("one").inSteps(20).seed(1).run();
    RunResult second = testRun("two").inSteps(20).seed(2).run();
    assertThat(layer(first)).isNotEqualTo(layer(second));
  }
}

package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.pupil.log.proto.GraphDef;

/**
 * Writes one of everything into target/eventlog-sample, laid out as a teaching does. The script
 * src/test/reference/eventlog_read_with_tensorboard.py reads it with real TensorBoard and knows the
 * numbers that stand here.
 */
class SampleLogTest {
  private static final Instant START = Instant.ofEpochSecond(1795480719L);
  private static final Clock FIRST = Clock.fixed(START, ZoneOffset.UTC);
  private static final Clock SECOND = Clock.offset(FIRST, Duration.ofMinutes(1));
  private static final Path SAMPLE = Path.of("target", "eventlog-sample");
  private static final Map<String, Object> SETTINGS =
      new TreeMap<>(
          Map.of("architecture", "mobilenet_0.25_224", "learning_rate", 0.01f, "strict", true));

  @Test
  void aTeachingThatTookTheFirstOnesPlace() throws IOException {
    Path logs = SAMPLE.resolve("replaced");
    removeFiles(logs);
    writeSteps(logs.resolve("train"), FIRST, 60, -1f);
    Path train = writeSteps(logs.resolve("train"), SECOND, 40, 1f);
    OwnEventFiles.remove(logs.resolve("train"), List.of(train));
    writeSteps(logs.resolve("validation"), SECOND, 40, 0.5f);
    writeRoot(logs);
    assertThat(filesIn(logs.resolve("train"))).containsExactly(train);
    assertThat(Records.eventsOf(train)).as("version, start, graph, steps, stop").hasSize(44);
  }

  @Test
  void aTeachingThatWasKilledBeforeItRemovedTheFirstOnesFiles() throws IOException {
    Path logs = SAMPLE.resolve("killed");
    removeFiles(logs);
    Path before = writeSteps(logs.resolve("train"), FIRST, 60, -1f);
    Path after = writeSteps(logs.resolve("train"), SECOND, 40, 1f);
    assertThat(filesIn(logs.resolve("train"))).containsExactly(before, after);
  }

  private static Path writeSteps(Path run, Clock clock, int steps, float factor)
      throws IOException {
    try (EventWriter writer = EventWriter.open(run, clock, "0.1.0")) {
      writer.graph(graph());
      SummaryValues values = new SummaryValues();
      for (int step = 0; step < steps; step++) {
        values.clear();
        values.scalar("final_retrain_ops/weights/summaries/mean", factor * step / 1000);
        values.scalar("cross_entropy_1", factor / (1 + step));
        values.scalar("accuracy_1", factor * step / 64);
        values.histogram("activations", new float[] {0.1f * factor, 0.9f, 0.9f, step, 0});
        values.histogram("not finite", new float[] {Float.NaN});
        writer.write(step, values);
      }
      return writer.file();
    }
  }

  private static void writeRoot(Path logs) throws IOException {
    try (EventWriter writer = EventWriter.open(logs, SECOND, "0.1.0")) {
      List<HParams.Metric> metrics =
          List.of(
              new HParams.Metric("", "pupil/f1_macro", "F1"),
              new HParams.Metric("validation", "accuracy_1", "validation accuracy"));
      SummaryValues values = new SummaryValues();
      values.hparams(HParams.experiment(SETTINGS, metrics, START));
      values.hparams(HParams.sessionStart(SETTINGS, "", START));
      values.text("pupil/config", "| setting | value |\n|---|---|\n| learning_rate | 0.01 |");
      writer.write(0, values);

      values.clear();
      values.images(
          "pupil/misclassified", 3, 2, List.of(png(0xFF0000), png(0x00FF00)), "red, green");
      values.prCurve("cat/pr_curves", new int[] {40, 31, 20, 9, 0}, new int[] {60, 12, 5, 1, 0});
      values.scalar("pupil/f1_macro", 0.5f);
      values.hparams(HParams.sessionEnd(HParams.Outcome.SUCCESS, START.plusSeconds(90)));
      writer.write(39, values);
    }
  }

  private static GraphDef graph() {
    GraphDef.Builder graph = GraphDef.newBuilder();
    graph.addNodeBuilder().setName("input/BottleneckInputPlaceholder").setOp("Placeholder");
    graph
        .addNodeBuilder()
        .setName("final_result")
        .setOp("Softmax")
        .addInput("input/BottleneckInputPlaceholder");
    return graph.build();
  }

  private static byte[] png(int colour) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(2, 1, colour);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  /** Removes what an earlier run of this test wrote: event files only. */
  private static void removeFiles(Path logs) {
    for (Path run : List.of(logs, logs.resolve("train"), logs.resolve("validation"))) {
      OwnEventFiles.remove(run, List.of());
    }
  }

  private static List<Path> filesIn(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.sorted().toList();
    }
  }
}

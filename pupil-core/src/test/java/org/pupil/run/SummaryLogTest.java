package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.SharedFolder;
import org.pupil.log.EventReader;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.SessionLog;
import org.pupil.log.proto.Summary;
import org.pupil.training.FinalLayer;
import org.pupil.training.Optimizer;

/** The event files of a training run, read back. */
class SummaryLogTest {
  /** What both original scripts write; {@code final_retrain_ops} is the Hub script's name. */
  private static final List<String> TAGS =
      List.of(
          "accuracy_1",
          "activations",
          "cross_entropy_1",
          "final_retrain_ops/Wx_plus_b/pre_activations",
          "final_retrain_ops/biases/summaries/histogram",
          "final_retrain_ops/biases/summaries/max",
          "final_retrain_ops/biases/summaries/mean",
          "final_retrain_ops/biases/summaries/min",
          "final_retrain_ops/biases/summaries/stddev_1",
          "final_retrain_ops/weights/summaries/histogram",
          "final_retrain_ops/weights/summaries/max",
          "final_retrain_ops/weights/summaries/mean",
          "final_retrain_ops/weights/summaries/min",
          "final_retrain_ops/weights/summaries/stddev_1");

  @TempDir Path folder;
  private TestRun testRun;

  @BeforeEach
  void paint() {
    testRun = new TestRun(folder);
  }

  private static List<Path> eventFiles(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.filter(file -> file.toString().contains("tfevents")).sorted().toList();
    }
  }

  private List<Event> events(String run) throws IOException {
    Path only = eventFiles(testRun.summaries.resolve(run)).get(0);
    List<Event> events = new ArrayList<>();
    try (EventReader reader = EventReader.of(only)) {
      while (reader.next()) {
        events.add(reader.event().orElseThrow());
      }
      assertThat(reader.status().kind()).isEqualTo(EventReader.Kind.AT_END);
    }
    return events;
  }

  /** The steps of each tag. */
  private static Map<String, List<Long>> steps(List<Event> events) {
    Map<String, List<Long>> steps = new TreeMap<>();
    for (Event event : events) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        steps.computeIfAbsent(value.getTag(), tag -> new ArrayList<>()).add(event.getStep());
      }
    }
    return steps;
  }

  private static float scalar(List<Event> events, long step, String tag) {
    for (Event event : events) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (event.getStep() == step && value.getTag().equals(tag)) {
          assertThat(value.hasSimpleValue()).isTrue();
          return value.getSimpleValue();
        }
      }
    }
    throw new AssertionError("no " + tag + " at step " + step);
  }

  @Test
  void bothRunsHaveTheOriginalsTagsAndNoOthers() throws IOException {
    testRun.inSteps(25).run();
    Map<String, List<Long>> train = steps(events("train"));
    Map<String, List<Long>> validation = steps(events("validation"));

    assertThat(train.keySet()).containsExactlyElementsOf(TAGS);
    assertThat(validation.keySet()).containsExactlyElementsOf(TAGS);
    assertThat(train.values())
        .allMatch(steps -> steps.equals(IntStream.range(0, 25).mapToObj(i -> (long) i).toList()));
    assertThat(validation.values()).allMatch(steps -> steps.equals(List.of(0L, 10L, 20L, 24L)));
  }

  /** Tags of a real run of the original, whose variant P says final_training_ops. */
  @Test
  void theTagsAreThoseOfARealRunOfTheOriginal() throws IOException {
    JsonNode original =
        new JsonMapper().readTree(SharedFolder.get("data/retrain-run/scalars.json").toFile());
    TreeSet<String> tags = new TreeSet<>();
    for (JsonNode kinds : original.path("train").path("tags")) {
      for (JsonNode tag : kinds) {
        // Later versions of TensorFlow 1 also made mean_1, max_1 and min_1 of these.
        tags.add(
            tag.asText()
                .replace("final_training_ops", "final_retrain_ops")
                .replaceAll("/(mean|max|min)_1$", "/$1"));
      }
    }
    tags.removeIf(tag -> !tag.contains("/") && !TAGS.contains(tag));
    assertThat(tags).containsExactlyElementsOf(TAGS);
  }

  @Test
  void theNumbersAreThoseOfTheLayerAndTheStep() throws IOException {
    RunResult report = testRun.inSteps(11).run();
    List<Event> validation = events("validation");
    var last = testRun.heard.evaluations.get(1);
    FinalLayer layer = report.result().layer();
    String weights = "final_retrain_ops/weights/summaries/";
    String biases = "final_retrain_ops/biases/summaries/";

    assertThat(last.step()).isEqualTo(10);
    // The validation batch of the last step is seen by the layer that is kept.
    assertThat(scalar(validation, 10, weights + "mean"))
        .isCloseTo(mean(layer.weights()), within(1e-6f));
    assertThat(scalar(validation, 10, weights + "stddev_1"))
        .isCloseTo(deviation(layer.weights()), within(1e-6f));
    assertThat(scalar(validation, 10, weights + "max")).isEqualTo(greatest(layer.weights()));
    assertThat(scalar(validation, 10, biases + "max")).isEqualTo(greatest(layer.biases()));
    assertThat(scalar(validation, 10, biases + "stddev_1"))
        .isCloseTo(deviation(layer.biases()), within(1e-6f));
    // The first training batch is seen by the untaught layer: about ln 3, biases all 0.
    List<Event> train = events("train");
    assertThat(scalar(train, 0, "cross_entropy_1")).isCloseTo((float) Math.log(3), within(0.01f));
    assertThat(scalar(train, 0, biases + "max")).isZero();
    assertThat(scalar(train, 0, weights + "stddev_1")).isBetween(0.0001f, 0.002f);
  }

  private static float mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) (sum / values.length);
  }

  private static float deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += Math.pow(value - (double) mean(values), 2);
    }
    return (float) Math.sqrt(squares / values.length);
  }

  private static float greatest(float[] values) {
    float greatest = values[0];
    for (float value : values) {
      greatest = Math.max(greatest, value);
    }
    return greatest;
  }

  @Test
  void histogramsCountAllWeightsLogitsAndProbabilities() throws IOException {
    testRun.inSteps(3).run();
    Map<String, Double> counts = new TreeMap<>();
    for (Event event : events("train")) {
      if (event.getStep() == 2) {
        for (Summary.Value value : event.getSummary().getValueList()) {
          if (value.hasHisto()) {
            counts.put(value.getTag(), value.getHisto().getNum());
          }
        }
      }
    }
    assertThat(counts)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "activations", 30.0,
                "final_retrain_ops/Wx_plus_b/pre_activations", 30.0,
                "final_retrain_ops/biases/summaries/histogram", 3.0,
                "final_retrain_ops/weights/summaries/histogram", 9.0));
  }

  @Test
  void theGraphIsInTheRunTrainAndIsSmall() throws Exception {
    testRun.run();
    List<Event> graphs =
        events("train").stream().filter(event -> !event.getGraphDef().isEmpty()).toList();

    assertThat(graphs).hasSize(1);
    GraphDef graph = GraphDef.parseFrom(graphs.get(0).getGraphDef());
    assertThat(graph.getNodeList())
        .extracting(NodeDef::getName)
        .startsWith("pupil/model", "Placeholder")
        .endsWith("final_result");
    assertThat(events("validation")).allMatch(event -> event.getGraphDef().isEmpty());
    assertThat(events("")).allMatch(event -> event.getGraphDef().isEmpty());
  }

  @Test
  void whatOnlyPupilWritesIsInTheFolderAbove() throws IOException {
    testRun.options = Map.of("image_dir", "a|b\nc");
    RunResult report = testRun.run();
    List<Event> session = events("");

    assertThat(steps(session).keySet())
        .containsExactlyInAnyOrder(
            "_hparams_/experiment",
            "_hparams_/session_start_info",
            "_hparams_/session_end_info",
            "pupil/config",
            "pupil/confusion_matrix",
            "pupil/evaluation",
            "pupil/summary",
            "pupil/teaching",
            "pupil/test_accuracy",
            "pupil/test_cross_entropy",
            "apple/pr_curves",
            "leaf/pr_curves",
            "sky/pr_curves");
    assertThat(scalar(session, 0, "pupil/test_accuracy"))
        .isEqualTo((float) report.test().accuracy());
    assertThat(scalar(session, 0, "pupil/test_cross_entropy"))
        .isEqualTo((float) report.test().logLoss());
    assertThat(text(session, "pupil/config"))
        .isEqualTo(
            """
            | setting | value |
            |---|---|
            | optimizer | auto |
            | architecture | %s |
            | seed | 0 |
            | image_dir | a\\|b c |
            """
                .formatted(folder.resolve("tiny.pb")));
  }

  private static String text(List<Event> events, String tag) {
    return events.stream()
        .flatMap(event -> event.getSummary().getValueList().stream())
        .filter(value -> value.getTag().equals(tag))
        .findFirst()
        .orElseThrow()
        .getTensor()
        .getStringVal(0)
        .toStringUtf8();
  }

  @Test
  void everyFileBeginsAndEndsASession() throws IOException {
    testRun.run();
    for (String run : List.of("", "train", "validation")) {
      List<Event> events = events(run);
      assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
      assertThat(events.get(0).getSourceMetadata().getWriter())
          .isEqualTo("pupil.summary.writer 0.1.0");
      assertThat(events.get(1).getSessionLog().getStatus())
          .isEqualTo(SessionLog.SessionStatus.START);
      assertThat(events.get(events.size() - 1).getSessionLog().getStatus())
          .isEqualTo(SessionLog.SessionStatus.STOP);
      assertThat(events).allMatch(event -> event.getWallTime() == 1795523415.25);
    }
  }

  /** hparams' session_end_info: field 1 is the outcome, 1 success and 2 failure. */
  private int outcome() throws IOException {
    for (Event event : events("")) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals("_hparams_/session_end_info")) {
          byte[] content = value.getMetadata().getPluginData().getContent().toByteArray();
          assertThat(content[0]).isEqualTo((byte) (4 << 3 | 2));
          assertThat(content[2]).isEqualTo((byte) (1 << 3));
          return content[3];
        }
      }
    }
    throw new AssertionError("no end");
  }

  @Test
  void theEndSaysWhetherItWentWell() throws IOException {
    testRun.run();
    assertThat(outcome()).isEqualTo(1);
  }

  @Test
  void aTeachingThatFailsEndsItsFilesToo() throws IOException {
    testRun.heard.thrownAtEvaluation = new IllegalStateException("in the middle");
    assertThatThrownBy(testRun::run).hasMessage("in the middle");
    assertThat(outcome()).isEqualTo(2);
    for (String run : List.of("", "train", "validation")) {
      List<Event> events = events(run);
      assertThat(events.get(events.size() - 1).getSessionLog().getStatus())
          .isEqualTo(SessionLog.SessionStatus.STOP);
    }
  }

  @Test
  void anEarlierTeachingsFilesAreReplacedAndAllOthersStay() throws IOException {
    Path notes = Files.createDirectories(testRun.summaries.resolve("train")).resolve("notes.txt");
    Files.writeString(notes, "precious");
    Path foreign = testRun.summaries.resolve("train/events.out.tfevents.1234567890.laptop");
    Files.writeString(foreign, "of another program");
    Path other = Files.createDirectories(testRun.summaries.resolve("other run")).resolve("x");
    Files.writeString(other, "precious too");
    testRun.inSteps(30).run();
    List<Path> first = eventFiles(testRun.summaries.resolve("train"));
    new TestRun(folder).inSteps(2).run();
    List<Path> second = eventFiles(testRun.summaries.resolve("train"));

    assertThat(first).hasSize(2).contains(foreign);
    assertThat(second).hasSize(2).contains(foreign).isNotEqualTo(first);
    assertThat(notes).hasContent("precious");
    assertThat(foreign).hasContent("of another program");
    assertThat(other).hasContent("precious too");
    Files.delete(foreign);
    assertThat(steps(events("train")).get("accuracy_1")).containsExactly(0L, 1L);
  }

  @Test
  void autoWritesItsIterationsAsSteps() throws IOException {
    RunResult report = testRun.training(Optimizer.AUTO, 0.01, 4000, 0).run();
    List<Long> steps = steps(events("train")).get("cross_entropy_1");
    assertThat(steps).hasSize(report.result().stepsDone());
    List<Event> train = events("train");
    assertThat(scalar(train, steps.size() - 1L, "cross_entropy_1"))
        .isLessThan(scalar(train, 0, "cross_entropy_1"));
  }
}

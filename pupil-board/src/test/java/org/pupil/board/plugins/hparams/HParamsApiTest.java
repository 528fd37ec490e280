package org.pupil.board.plugins.hparams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.board.LogBuilder;
import org.pupil.board.TestBoard;
import org.pupil.log.HParams;

/** The answers are those of TensorBoard 2.18, kept by {@code hparams_answers.py}. */
class HParamsApiTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path KEPT = Path.of("src/test/resources/org/pupil/board/hparams");
  private static final String ROUTES = "/data/plugin/hparams/";
  private static final String ALL =
      "\"allowedStatuses\":[\"STATUS_UNKNOWN\",\"STATUS_SUCCESS\",\"STATUS_FAILURE\","
          + "\"STATUS_RUNNING\"]";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"derived", "written"})
  void answersAreThoseOfTensorBoard(String log) throws IOException {
    JsonNode kept = JSON.readTree(KEPT.resolve(log + ".json").toFile());
    assertThat(kept).hasSizeGreaterThan(50);
    List<String> wrong = new ArrayList<>();
    try (TestBoard board = TestBoard.open(KEPT.resolve(log))) {
      for (JsonNode one : kept) {
        HttpResponse<byte[]> answer = ask(board, one);
        String difference = difference(one.get("answer"), answer);
        if (!difference.isEmpty()) {
          wrong.add(one.get("route") + " " + one.get("request") + ": " + difference);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static HttpResponse<byte[]> ask(TestBoard board, JsonNode one) {
    String parameters = one.get("parameters").asText();
    String request = one.get("request").asText();
    String path = ROUTES + one.get("route").asText();
    if (one.get("post").asBoolean()) {
      String query = parameters.isEmpty() ? "" : "?" + parameters;
      return board.postBody(path + query, "application/json", request);
    }
    String query = "?request=" + URLEncoder.encode(request, StandardCharsets.UTF_8);
    return board.send("GET", path + query + (parameters.isEmpty() ? "" : "&" + parameters));
  }

  private static String difference(JsonNode wanted, HttpResponse<byte[]> answer)
      throws IOException {
    String text = TestBoard.text(answer);
    if (answer.statusCode() != wanted.get("status").asInt()) {
      return answer.statusCode() + " " + text;
    }
    if (answer.statusCode() != 200) {
      return "";
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.replace(" ", "").equals(wanted.get("type").asText().replace(" ", ""))) {
      return type;
    }
    boolean equal =
        type.startsWith("application/json")
            ? canonical(JSON.readTree(text)).equals(canonical(wanted.get("body")))
            : text.equals(wanted.get("body").asText());
    return equal ? "" : text + " instead of " + wanted.get("body");
  }

  /** Discrete domains are sets, and 1 and 1.0 the same number. */
  private static Object canonical(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> fields = new TreeMap<>();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        fields.put(
            field.getKey(),
            field.getKey().equals("domainDiscrete")
                ? sorted((ArrayNode) field.getValue())
                : canonical(field.getValue()));
      }
      return fields;
    }
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(canonical(item)));
      return items;
    }
    return node.isNumber() ? (Object) node.asDouble() : node.toString();
  }

  private static List<Object> sorted(ArrayNode node) {
    List<Object> items = new ArrayList<>();
    node.forEach(item -> items.add(canonical(item)));
    items.sort(Comparator.comparing(Object::toString));
    return items;
  }

  private void writeSession(String run, Map<String, ?> settings, String validationTag) {
    Path session = run.isEmpty() ? folder : folder.resolve(run);
    try (LogBuilder log = new LogBuilder(session)) {
      HParams start = HParams.sessionStart(settings, "", Instant.ofEpochSecond(5));
      log.write(0, values -> values.hparams(start));
    }
    new LogBuilder(session.resolve("validation"))
        .write(3, values -> values.scalar(validationTag, 0.5f))
        .close();
  }

  @Test
  void aLogDirectoryThatHoldsOneTeachingShowsTheMetricsOfItsRuns() {
    writeSession("", Map.of("learning_rate", 0.01), "accuracy_1");
    try (TestBoard board = TestBoard.open(folder)) {
      JsonNode experiment = board.json(ROUTES + "experiment", "request", "{}");
      assertThat(experiment.get("metricInfos").findValuesAsText("group"))
          .containsExactly("validation");
      JsonNode groups =
          board.json(ROUTES + "session_groups", "request", "{" + ALL + ",\"sliceSize\":5}");
      assertThat(groups.at("/sessionGroups/0/metricValues/0/value").asDouble()).isEqualTo(0.5);
      assertThat(groups.at("/sessionGroups/0/metricValues/0/trainingStep").asInt()).isEqualTo(3);
      JsonNode evals =
          board.json(
              ROUTES + "metric_evals",
              "request",
              "{\"sessionName\":\".\",\"metricName\":{\"group\":\"validation\",\"tag\":\"accuracy_1\"}}");
      assertThat(evals.get(0).get(1).asInt()).isEqualTo(3);
    }
  }

  /** As PyTorch's add_hparams does it: an experiment with each trial. */
  private void writeTrial(String session, Map<String, Object> settings, String metric) {
    try (LogBuilder log = new LogBuilder(folder.resolve(session))) {
      log.write(
          0,
          values -> {
            values.hparams(
                HParams.experiment(
                    settings, List.of(new HParams.Metric("", metric, "")), Instant.EPOCH));
            values.hparams(HParams.sessionStart(settings, "", Instant.EPOCH));
          });
      log.write(1, values -> values.scalar(metric, 0.25f));
    }
  }

  @Test
  void nothingOfASecondExperimentIsHidden() {
    writeTrial("a", Map.of("rate", 0.1, "seed", 7.0), "loss");
    writeTrial("b", Map.of("rate", 0.2, "seed", 7.0), "loss");
    writeTrial("c", Map.of("depth", "two", "seed", 7.0), "accuracy");
    try (TestBoard board = TestBoard.open(folder)) {
      JsonNode experiment = board.json(ROUTES + "experiment", "request", "{}");
      assertThat(experiment.get("hparamInfos").findValuesAsText("name"))
          .containsExactly("depth", "rate", "seed");
      assertThat(experiment.get("hparamInfos").findValuesAsText("differs"))
          .containsExactly("true", "true", "false");
      assertThat(experiment.get("metricInfos").findValuesAsText("tag"))
          .containsExactlyInAnyOrder("loss", "accuracy");
      JsonNode groups =
          board.json(ROUTES + "session_groups", "request", "{" + ALL + ",\"sliceSize\":5}");
      assertThat(groups.get("sessionGroups").findValuesAsText("value"))
          .as("of three groups and of their sessions")
          .hasSize(6)
          .containsOnly("0.25");
    }
  }

  @Test
  void aSecondExperimentInTheSameRunIsNotHiddenWithoutAWord() {
    writeTrial("a", Map.of("rate", 0.1), "loss");
    writeTrial("b", Map.of("rate", 0.1), "loss");
    writeTrial("b", Map.of("depth", 2.0), "accuracy");
    try (TestBoard board = TestBoard.open(folder)) {
      JsonNode notes = board.json("/data/plugin/pupil/state").get("notes");
      assertThat(notes.toString())
          .containsOnlyOnce(
              "2 more records of hyperparameters in the same run: only the first is shown")
          .doesNotContain("\"a, ");
    }
  }

  @Test
  void aRegularExpressionThatIsTooMuchIsRefused() {
    writeSession("s", Map.of("text", "a".repeat(2000) + "!"), "x");
    try (TestBoard board = TestBoard.open(folder)) {
      assertThat(filtered(board, "(a+)+$").statusCode()).isEqualTo(200);
      assertThat(filtered(board, "a{1001}").statusCode()).isEqualTo(400);
      assertThat(filtered(board, "(x+x+)+y".repeat(200)).statusCode()).isEqualTo(400);
      assertThat(filtered(board, "(?=a)").statusCode()).isEqualTo(400);
      assertThat(filtered(board, "(a)\\\\1").statusCode()).isEqualTo(400);
    }
  }

  private static HttpResponse<byte[]> filtered(TestBoard board, String regexp) {
    String column = "{\"hparam\":\"text\",\"filterRegexp\":\"" + regexp + "\"}";
    return board.get(
        ROUTES + "session_groups",
        "request",
        "{" + ALL + ",\"sliceSize\":5,\"colParams\":[" + column + "]}");
  }

  @Test
  void anErrorSaysWhereTheRequestIsWrongAndNotHowTheProgramIsMade() {
    try (TestBoard board = TestBoard.open(folder)) {
      HttpResponse<byte[]> answer =
          board.get(
              ROUTES + "session_groups", "request", "{\"colParams\":[{\"order\":\"UPWARDS\"}]}");
      assertThat(TestBoard.text(answer))
          .isEqualTo("not the JSON that is wanted, at colParams[0].order");
    }
  }
}

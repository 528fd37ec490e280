package org.pupil.board.plugins.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.board.plugins.images.BlobKey;
import org.pupil.log.HParams;
import org.pupil.record.RunStatus;

class OverviewTest {
  private static final Map<String, Object> SETTINGS =
      Map.of("learning_rate", 0.01, "seed", 7, "image_dir", "a|b", "strict", true);

  @TempDir Path folder;
  private SessionFolder logs;

  @BeforeEach
  void open() {
    logs = new SessionFolder(folder);
  }

  @AfterEach
  void close() {
    logs.close();
  }

  private void begin(String session, String steps) {
    logs.write(
        session,
        0,
        0,
        values -> {
          values.hparams(HParams.sessionStart(SETTINGS, "", Instant.EPOCH));
          values.text(
              "pupil/teaching",
              """
              ```json
              {"optimizer":"gradient_descent","steps":%s,"backbone":"tiny","labels":["cat","dog"],"photos":{"training":[30,40],"validation":[3,4],"testing":[2,2]}}
              ```
              """
                  .formatted(steps));
        });
  }

  /** Two steps a second, looked at every tenth. */
  private void steps(String session, int steps) {
    String prefix = session.equals(".") ? "" : session + "/";
    for (int step = 0; step < steps; step++) {
      float loss = (float) Math.exp(-step / 50.0);
      double second = 10 + step / 2.0;
      logs.scalar(prefix + "train", second, 2L * step, "accuracy_1", 1 - loss / 2);
      logs.scalar(prefix + "train", second, 2L * step + 1, "cross_entropy_1", loss);
      if (step % 10 == 0) {
        logs.scalar(prefix + "validation", second, 2L * step, "accuracy_1", 1 - loss);
        logs.scalar(prefix + "validation", second, 2L * step + 1, "cross_entropy_1", 2 * loss);
      }
    }
  }

  private void evaluate(String session, String json) {
    logs.write(
        session, 500, 0, values -> values.text("pupil/evaluation", "```json\n" + json + "\n```\n"));
  }

  private void end(String session, HParams.Outcome outcome) {
    logs.write(
        session, 501, 0, values -> values.hparams(HParams.sessionEnd(outcome, Instant.EPOCH)));
  }

  private JsonNode overview(String session, double second) {
    Session found =
        Session.all(logs.readAt(second)).stream()
            .filter(one -> one.name().equals(session))
            .findFirst()
            .orElseThrow();
    return new JsonMapper().valueToTree(Overview.of(found, SessionFolder.BEGIN + second));
  }

  @Test
  void sessionsAreFoundWhoeverWroteThem() {
    begin("mine", "10");
    logs.scalar("old/train", 1, 0, "accuracy", 0.5f);
    logs.scalar("old/train", 1, 1, "cross_entropy", 0.5f);
    logs.scalar("elsewhere/train", 1, 0, "epoch_accuracy", 0.5f);
    logs.scalar("elsewhere", 1, 0, "loss", 0.5f);
    logs.scalar("train", 2, 0, "accuracy_1", 0.5f);
    logs.scalar("train", 2, 1, "cross_entropy_1", 0.5f);
    assertThat(Session.all(logs.read()))
        .extracting(Session::name)
        .containsExactly(".", "old", "mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", ".", "x/y"})
  void whileItRunsThereIsProgressAndTimeLeft(String session) {
    begin(session, "400");
    steps(session, 100);
    JsonNode overview = overview(session, 60);

    assertThat(overview.path("state").asText()).isEqualTo("running");
    // Every second event of train has the cross entropy, whose last step is 199.
    assertThat(overview.path("steps").path("done").asInt()).isEqualTo(200);
    assertThat(overview.path("steps").path("part").asDouble()).isEqualTo(0.5);
    assertThat(overview.path("steps").path("perSecond").asDouble()).isCloseTo(4, within(1e-6));
    assertThat(overview.path("steps").path("secondsLeft").asDouble()).isCloseTo(50, within(1e-3));
    assertThat(overview.path("photos").path("training").asInt()).isEqualTo(70);
    assertThat(overview.path("settings").path("learning_rate").asText()).isEqualTo("0.01");
    assertThat(overview.path("settings").path("seed").asText()).isEqualTo("7");
    assertThat(overview.path("settings").path("image_dir").asText()).isEqualTo("a|b");
    assertThat(overview.path("settings").path("strict").asText()).isEqualTo("true");
    assertThat(overview.path("curves").path("validation").path("accuracy").path("tag").asText())
        .isEqualTo("accuracy_1");
    assertThat(overview.path("learning").path("kind").asText()).isEqualTo("improving");
    assertThat(overview.has("test")).isFalse();
  }

  @Test
  void photosThatWatchAreThereBeforeTheyAreLookedAt() {
    begin("s", "200");
    logs.scalar("s/train", 10, 0, "accuracy_1", 0.5f);
    logs.scalar("s/train", 10, 1, "cross_entropy_1", 0.7f);
    JsonNode learning = overview("s", 11).path("learning");
    assertThat(learning.path("kind").asText()).isEqualTo("too_early");
    assertThat(learning.path("sentence").asText()).startsWith("It has only just begun");
  }

  @Test
  void statesOneAfterTheOther() {
    begin("s", "200");
    assertThat(overview("s", 5).path("state").asText()).isEqualTo("running");
    steps("s", 100);
    assertThat(overview("s", 62).path("state").asText()).isEqualTo("finishing");
    assertThat(overview("s", 95).path("state").asText()).isEqualTo("silent");
    end("s", HParams.Outcome.SUCCESS);
    assertThat(overview("s", 10_000).path("state").asText()).isEqualTo("finished");
  }

  @Test
  void aTeachingThatFailedSaysSo() {
    begin("s", "200");
    end("s", HParams.Outcome.FAILURE);
    assertThat(overview("s", 600).path("state").asText()).isEqualTo("failed");
  }

  @Test
  void theEndHasScoresConfusionAndMistakes() {
    begin("s", "null");
    logs.write(
        "s",
        499,
        0,
        values ->
            values.images(
                "pupil/misclassified", 2, 2, List.of(new byte[] {1}, new byte[] {2}), ""));
    evaluate(
        "s",
        """
        {"photos":4,"accuracy":0.75,"accuracy_95_percent_interval":[0.3,0.95],"cross_entropy":0.5,
         "labels":[{"label":"cat","photos":2,"precision":1.0,"recall":0.5},
                   {"label":"dog","photos":2,"precision":null,"recall":1.0}],
         "confusion":[[1,1],[0,2]],
         "mistakes":[{"photo":"cat/a.jpg","label":"cat","predicted":"dog","probability":0.9,"image":1},
                     {"photo":"cat/b.jpg","label":"cat","predicted":"dog","probability":0.8,"image":null}]}
        """);
    end("s", HParams.Outcome.SUCCESS);
    JsonNode overview = overview("s", 600);

    assertThat(overview.path("steps").has("total")).isFalse();
    assertThat(overview.path("test").path("low").asDouble()).isEqualTo(0.3);
    assertThat(overview.path("confusion").toString()).isEqualTo("[[1,1],[0,2]]");
    assertThat(overview.path("labels").path(1).path("precision").isNull()).isTrue();
    JsonNode mistakes = overview.path("mistakes");
    assertThat(BlobKey.decode(mistakes.path(0).path("blob_key").asText()))
        .contains(new BlobKey("s", "pupil/misclassified", 0, 3));
    assertThat(mistakes.path(1).has("blob_key")).isFalse();
    assertThat((float) mistakes.path(1).path("probability").asDouble()).isEqualTo(0.8f);
  }

  /** A log may say anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"photos\":\"x\",\"accuracy\":\"NaN\",\"labels\":7,\"confusion\":{},\"mistakes\":\"m\"}",
        "{\"accuracy\":1,\"labels\":[1,2],\"confusion\":[[1],[2]],\"mistakes\":[1,{\"image\":-5},{}]}",
        "{\"labels\":[{}],\"confusion\":[[1e400]],\"mistakes\":[{\"image\":2147483647}]}",
        "{\"broken\":"
      })
  void anEvaluationOfAnotherFormDoesNoHarm(String json) {
    begin("s", "\"many\"");
    logs.write(
        "s", 1, 0, values -> values.images("pupil/misclassified", 1, 1, List.of(new byte[1]), ""));
    evaluate("s", json);
    JsonNode overview = overview("s", 600);
    assertThat(overview.path("session").asText()).isEqualTo("s");
    assertThat(overview.path("confusion").size()).isLessThan(2);
  }

  @Test
  void crossValidationIsToldWithTheTest() {
    begin("s", "null");
    evaluate(
        "s",
        """
        {"photos":8,"accuracy":0.625,"accuracy_95_percent_interval":[0.3,0.9],"cross_validation":\
        {"folds":5,"photos":40,"right":37,"accuracy":0.925,"accuracy_95_percent_interval":[0.8,0.97]}}\
        """);
    JsonNode figure = overview("s", 600).path("test").path("crossValidation");
    assertThat(figure.path("right").asInt()).isEqualTo(37);
    assertThat(figure.path("photos").asInt()).isEqualTo(40);
    assertThat(figure.path("accuracy").asDouble()).isEqualTo(0.925);
    assertThat(figure.path("low").asDouble()).isEqualTo(0.8);
    assertThat(figure.path("high").asDouble()).isEqualTo(0.97);
  }

  @ParameterizedTest
  @ValueSource(floats = {1, 0.9f})
  void whatIsRightOnAllPhotosIsNotSaidToBecomeBetter(float onOthers) {
    begin("s", "200");
    for (int step = 0; step < 200; step++) {
      float loss = 2 - step / 110f;
      logs.scalar("s/train", step, 2L * step, "accuracy_1", 1);
      logs.scalar("s/train", step, 2L * step + 1, "cross_entropy_1", loss);
      logs.scalar("s/validation", step, 2L * step, "accuracy_1", onOthers);
      logs.scalar("s/validation", step, 2L * step + 1, "cross_entropy_1", loss);
    }
    end("s", HParams.Outcome.SUCCESS);
    assertThat(overview("s", 600).path("learning").path("kind").asText())
        .isEqualTo(onOthers == 1 ? "all_right" : "improving");
  }

  @Test
  void aWideGapIsSaid() {
    begin("s", "200");
    for (int step = 0; step < 20; step++) {
      logs.scalar("s/train", step, 2L * step, "accuracy", 1);
      logs.scalar("s/train", step, 2L * step + 1, "cross_entropy", 0.1f);
      logs.scalar("s/validation", step, 2L * step, "accuracy", 0.6f);
      logs.scalar("s/validation", step, 2L * step + 1, "cross_entropy", 1);
    }
    assertThat(overview("s", 25).path("gap").asText()).contains("100%", "60%");
  }

  @Test
  void aNewTeachingInTheSameFolderIsANewSession() {
    begin("s", "200");
    end("s", HParams.Outcome.SUCCESS);
    assertThat(overview("s", 600).path("state").asText()).isEqualTo("finished");
    try (SessionFolder second = new SessionFolder(folder)) {
      second.write(
          "s", 700, 0, values -> values.text("pupil/teaching", "```json\n{\"steps\":9}\n```\n"));
      JsonNode overview = overview("s", 701);
      assertThat(overview.path("state").asText()).isEqualTo("running");
      assertThat(overview.path("steps").path("total").asInt()).isEqualTo(9);
    }
  }

  // --- what a teaching says of itself before there are events, and when it ends

  private void status(
      RunStatus.State state,
      RunStatus.Doing doing,
      double started,
      double updated,
      String message) {
    new RunStatus(
            state,
            doing,
            SessionFolder.BEGIN + started,
            SessionFolder.BEGIN + updated,
            80,
            OptionalLong.of(180),
            OptionalDouble.of(12),
            message)
        .write(folder.resolve("run-2"));
  }

  @Test
  void aTeachingIsSeenWhileItsPhotosAreLookedAt() {
    begin("run-1", "400");
    steps("run-1", 100);
    status(RunStatus.State.RUNNING, RunStatus.Doing.LOOKING, 600, 610, "");

    assertThat(Session.all(logs.readAt(611)))
        .extracting(Session::name)
        .containsExactly("run-2", "run-1");
    JsonNode overview = overview("run-2", 611);
    assertThat(overview.path("state").asText()).isEqualTo("looking");
    assertThat(overview.path("looking").path("done").asInt()).isEqualTo(80);
    assertThat(overview.path("looking").path("total").asInt()).isEqualTo(180);
    assertThat(overview.path("looking").path("secondsLeft").asDouble()).isEqualTo(12);
    assertThat(overview.has("learning")).isFalse();
  }

  @Test
  void anEarlierTeachingInTheSameFolderIsNotShownAsThisOne() {
    begin("run-2", "100");
    steps("run-2", 100);
    evaluate("run-2", "{\"photos\":1,\"accuracy\":1.0}");
    end("run-2", HParams.Outcome.SUCCESS);
    status(RunStatus.State.RUNNING, RunStatus.Doing.LOOKING, 600, 610, "");

    JsonNode overview = overview("run-2", 611);
    assertThat(overview.path("state").asText()).isEqualTo("looking");
    assertThat(overview.path("curves")).isEmpty();
    assertThat(overview.has("test")).isFalse();
    assertThat(overview.path("settings")).isEmpty();
  }

  @Test
  void aTeachingThatIsNotHeardOfAnyMoreHasEndedWithoutFinishing() {
    status(RunStatus.State.RUNNING, RunStatus.Doing.LOOKING, 600, 610, "");
    assertThat(overview("run-2", 617).path("state").asText()).isEqualTo("looking");
    JsonNode later = overview("run-2", 640);
    assertThat(later.path("state").asText()).isEqualTo("lost");
    assertThat(later.path("lastEvent").asDouble()).isEqualTo(SessionFolder.BEGIN + 610);
  }

  @ParameterizedTest
  @ValueSource(ints = {-3600, 3600})
  void whereTheClockOfTheMachineThatTrainsIsWrongItsSignsOfLifeCount(int wrong) {
    status(RunStatus.State.RUNNING, RunStatus.Doing.LOOKING, 600 + wrong, 610 + wrong, "");
    overview("run-2", 610);
    status(RunStatus.State.RUNNING, RunStatus.Doing.LOOKING, 600 + wrong, 610.5 + wrong, "again");
    assertThat(overview("run-2", 611).path("state").asText()).isEqualTo("looking");
    assertThat(overview("run-2", 618).path("state").asText()).isEqualTo("looking");
    assertThat(overview("run-2", 620).path("state").asText()).isEqualTo("lost");
  }

  @ParameterizedTest
  @EnumSource(names = {"STOPPED", "FAILED", "FINISHED"})
  void howItEndedIsSaidForEver(RunStatus.State state) {
    status(state, RunStatus.Doing.LEARNING, 600, 610, "What is kept.");
    JsonNode overview = overview("run-2", 1e6);
    assertThat(overview.path("state").asText()).isEqualTo(state.name().toLowerCase(Locale.ROOT));
    assertThat(overview.path("message").asText()).isEqualTo("What is kept.");
    assertThat(overview.has("looking")).isFalse();
  }

  @Test
  void theTimeLeftIsThatOfTheTeachingItself() {
    begin("run-2", "400");
    steps("run-2", 100);
    status(RunStatus.State.RUNNING, RunStatus.Doing.LEARNING, 0, 60, "");
    assertThat(overview("run-2", 60).path("steps").path("secondsLeft").asDouble()).isEqualTo(12);
  }

  /** Its first training points come before the first of those that watch. */
  @Test
  void photosThatWatchAreNotDeniedBeforeTheyWereAskedTheFirstTime() {
    begin("early", "400");
    for (int step = 0; step < 20; step++) {
      logs.scalar("early/train", step, step, "cross_entropy_1", 1);
      logs.scalar("unsaid/train", step, step, "cross_entropy_1", 1);
      logs.scalar("unsaid/train", step, step, "accuracy_1", 1);
    }
    for (String session : List.of("early", "unsaid")) {
      assertThat(overview(session, 20).path("learning").path("sentence").asText())
          .startsWith("It has only just begun");
    }
    assertThat(overview("unsaid", 1e6).path("learning").path("sentence").asText())
        .startsWith("No validation photos were held back");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"format\":1}",
        "{\"format\":2,\"state\":\"running\",\"doing\":\"looking\",\"started\":1,\"updated\":1,\"done\":1}",
        "{\"format\":1,\"state\":\"gone\",\"doing\":\"looking\",\"started\":1,\"updated\":1,\"done\":1}",
        "{\"format\":1,\"state\":\"running\",\"doing\":\"looking\",\"started\":1,\"updated\":1,\"done\":-1}",
        "{\"format\":1,\"state\":\"running\",\"doing\":\"looking\",\"started\":\"x\",\"updated\":1,\"done\":1}"
      })
  void aStatusThatIsNoneIsPassedOver(String text) throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("run-2")).resolve(RunStatus.FILE), text);
    begin("run-1", "400");
    assertThat(Session.all(logs.read())).extracting(Session::name).containsExactly("run-1");
  }
}

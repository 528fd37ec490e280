package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pupil tune}: a search, its end, and how it goes on after a kill. */
class TuneIT {
  private static final String AGAIN = "The same again: ";

  @TempDir private Path folder;

  @BeforeEach
  void photos() {
    Photos.birdsAndFruit(folder.resolve("photos"), 24, 24);
  }

  private static Object[] tune(Object... flags) {
    List<Object> all = new ArrayList<>(List.of("tune", "--image_dir=photos", Photos.QUICK));
    all.addAll(List.of(flags));
    return all.toArray();
  }

  /** Without how long it took, and what is called otherwise the second time. */
  private static List<String> told(PupilRun run) {
    return run.outLines().stream()
        .map(line -> line.replaceAll("(\\d\\.\\d{4}) +\\d+\\.\\d  ", "$1  "))
        .map(line -> line.replaceAll(" --(run_name|resume) \\S+", ""))
        .toList();
  }

  private static String again(PupilRun run) {
    String line =
        run.outLines().stream().filter(one -> one.startsWith(AGAIN)).findFirst().orElseThrow();
    return line.substring(line.indexOf("retrain "));
  }

  @Test
  void theLineAtTheEndTrainsTheWinnerAgain() throws IOException {
    PupilRun run =
        PupilProgram.in(folder)
            .run(tune("--trials=6", "--folds=3", "--repeats=1", "--seed=3", "--explain"))
            .succeeded();

    run.outContains(
        "Tried 6 settings", "retrain without flags", "The winner on the test photos", "l2_penalty");
    assertThat(Files.exists(folder.resolve("pupil-model/graph.pb"))).isTrue();
    List<String> words = new ArrayList<>(List.of(again(run).split(" ")));
    words.add("--run_name=again");
    PupilProgram.in(folder).run(words.toArray()).succeeded();
    assertThat(Files.readString(folder.resolve("pupil-model/runs/again/evaluation.json")))
        .isEqualTo(Files.readString(folder.resolve("pupil-model/runs/tune-best/evaluation.json")));

    PupilRun asJson =
        PupilProgram.in(folder)
            .run(tune("--trials=6", "--folds=3", "--repeats=1", "--seed=3", "--resume", "--json"))
            .succeeded();
    checkJson(new JsonMapper().readTree(asJson.out()), run);
  }

  /** The same as was told in words. */
  private static void checkJson(JsonNode json, PupilRun told) {
    assertThat(json.get("trials")).hasSize(6);
    assertThat(json.get("trials").get(0).get("settings")).isEmpty();
    assertThat(json.get("trials").get(0).get("status").asText()).isEqualTo("completed");
    assertThat(json.get("trials").get(0).get("folds").asInt()).isEqualTo(3);
    assertThat(json.get("time_was_over").asBoolean()).isFalse();
    assertThat(json.get("folds").asInt()).isEqualTo(3);
    JsonNode best = json.get("ranking").get(0);
    assertThat(best.get("more_cross_entropy").get("value").asDouble()).isZero();
    assertThat(best.get("is_worse").asBoolean()).isFalse();
    String row =
        told.outLines().stream()
            .filter(line -> line.startsWith("trial "))
            .findFirst()
            .orElseThrow();
    assertThat(told.outLines().get(told.outLines().indexOf(row) + 1).strip())
        .startsWith(best.get("trial").asText() + " ");
    assertThat(json.get("importances"))
        .extracting(one -> one.get("setting").asText())
        .contains("l2_penalty", "learning_rate");
    assertThat(json.get("test").get("photos").asInt()).isPositive();
    assertThat(json.get("model").asText()).isEqualTo("pupil-model/graph.pb");
    assertThat(json.get("command").asText()).endsWith(again(told));
  }

  @Test
  void aSearchThatWasKilledGoesOnToTheSameEnd() throws IOException {
    Object[] flags = tune("--trials=24", "--folds=3", "--repeats=2", "--parallel=1");
    PupilRun whole = PupilProgram.in(folder).run(flags).succeeded();
    List<Object> named = new ArrayList<>(List.of(flags));
    named.add("--run_name=killed");
    Path journal = folder.resolve("pupil-model/runs/killed/pupil-tuning.jsonl");

    PupilProgram.in(folder)
        .start(named.toArray())
        .await("some folds are judged", () -> lines(journal) > 12)
        .kill()
        .end();
    int before = lines(journal);
    named.add("--resume");
    PupilRun resumed = PupilProgram.in(folder).run(named.toArray()).succeeded();

    assertThat(before)
        .isLessThan(lines(folder.resolve("pupil-model/runs/tune/pupil-tuning.jsonl")));
    assertThat(told(resumed)).isEqualTo(told(whole));
    assertThat(Files.readString(folder.resolve("pupil-model/runs/killed-best/evaluation.json")))
        .isEqualTo(Files.readString(folder.resolve("pupil-model/runs/tune-best/evaluation.json")));

    PupilProgram.in(folder)
        .run(tune("--trials=24", "--folds=4", "--repeats=2", "--run_name=killed", "--resume"))
        .failedWith(3, "was begun with folds 3, not 4");
  }

  private static int lines(Path journal) {
    try {
      return Files.exists(journal) ? Files.readAllLines(journal).size() : 0;
    } catch (IOException e) {
      return 0; // it is being written
    }
  }

  @Test
  void whatCannotBeSearchedIsToldBeforeAPhotoIsLookedAt() {
    PupilProgram.in(folder)
        .run(tune("--space=learning_rate=log:1..x"))
        .failedWith(2, "--space: learning_rate must be a number above 0, was x")
        .errContains("  learning_rate=log:1..x\n                       ^\n");
    PupilProgram.in(folder)
        .run(tune("--resume"))
        .failedWith(3, "there is no search to go on with in pupil-model/runs: begin one");
    PupilProgram.in(folder)
        .run(tune("--space=input_size=64..96"))
        .failedWith(2, "each input_size takes a pass over all photos: give a few");
  }
}

package org.pupil.board.plugins.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.board.log.ScalarPoints;
import org.pupil.board.plugins.overview.Learning.Kind;

/** Curves that one knows what to say of. */
class LearningTest {
  private static final int STEPS = 400;

  @TempDir Path folder;

  private Learning judged(int interval, IntToDoubleFunction train, IntToDoubleFunction validation) {
    return judged(STEPS, interval, train, validation, false, false);
  }

  private Learning judged(
      int steps,
      int interval,
      IntToDoubleFunction train,
      IntToDoubleFunction validation,
      boolean over,
      boolean converges) {
    return Learning.of(
        points("train", steps, 1, train),
        Optional.of(points("validation", steps, interval, validation)),
        true,
        over,
        converges);
  }

  private ScalarPoints points(String run, int steps, int interval, IntToDoubleFunction value) {
    try (SessionFolder logs = new SessionFolder(folder.resolve(run + steps))) {
      for (int step = 0; step < steps; step += interval) {
        logs.scalar("x", step, step, "cross_entropy_1", (float) value.applyAsDouble(step));
      }
      return logs.read().run("x").orElseThrow().scalars("cross_entropy_1").orElseThrow();
    }
  }

  /** Noise of single batches, always the same. */
  private static double noise(int step, double size) {
    return size * (new Random(step * 7919L).nextDouble() - 0.5);
  }

  /** What falls like a cross entropy does: from 1.4 towards a rest. */
  private static double falling(int step, double rest) {
    return rest + (1.4 - rest) / (1 + step / 20.0);
  }

  @ParameterizedTest
  @CsvSource({
    // The rest that stays, how fast it falls (steps), noise: still falling at the end.
    "0.0, 400, 0.0, IMPROVING",
    "0.2, 300, 0.1, IMPROVING",
    "0.2, 10, 0.0, STOPPED",
    "0.2, 10, 0.1, STOPPED",
    "1.3, 1, 0.05, STOPPED"
  })
  void whetherItStillImproves(double rest, double pace, double noise, Kind kind) {
    Learning learning =
        judged(
            10,
            step -> falling(step, 0.01),
            step -> rest + (1.4 - rest) * Math.exp(-step / pace) + noise(step, noise));
    assertThat(learning.kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 0.1})
  void thatItOverfitsAndSinceWhen(double noise) {
    Learning learning =
        judged(
            10,
            step -> falling(step, 0),
            step ->
                0.4
                    + Math.exp(-step / 20.0)
                    + Math.max(0, step - 130) / 500.0
                    + noise(step, noise));
    assertThat(learning.kind()).isEqualTo(Kind.OVERFITS);
    String step = learning.sentence().replaceAll(".*since about step (\\d+) .*", "$1");
    assertThat(Integer.parseInt(step)).isBetween(80, 170);
    assertThat(learning.sentence()).contains("--how_many_training_steps ");
  }

  /** Both get worse: that is not to learn by heart. */
  @Test
  void whatGetsWorseOnTrainingPhotosTooDoesNotOverfit() {
    Learning learning = judged(10, step -> 0.5 + step / 500.0, step -> 0.5 + step / 500.0);
    assertThat(learning.kind()).isEqualTo(Kind.STOPPED);
  }

  @Test
  void aFewUnluckyBatchesAreNotOverfitting() {
    // Seen in a real teaching: eleven looks, the last but two unlucky.
    double[] looks = {1.3, 0.8, 0.58, 0.53, 0.44, 0.45, 0.39, 0.36, 0.51, 0.33, 0.30, 0.40};
    Learning learning =
        judged(120, 10, step -> falling(step, 0), step -> looks[step / 10], false, false);
    assertThat(learning.kind()).isNotEqualTo(Kind.OVERFITS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e9", "60"})
  void thatItRanAway(String end) {
    double wild = Double.parseDouble(end);
    Learning learning =
        judged(10, step -> step < 300 ? 1.4 : wild, step -> step < 300 ? 1.4 : wild);
    assertThat(learning.kind()).isEqualTo(Kind.DIVERGED);
    assertThat(learning.sentence()).contains("--learning_rate");
  }

  @Test
  void oneWildBatchIsNotTheEnd() {
    Learning learning =
        judged(10, step -> step == 200 ? Double.NaN : falling(step, 0), step -> falling(step, 0.2));
    assertThat(learning.kind()).isNotEqualTo(Kind.DIVERGED);
  }

  @Test
  void tooEarlyAndNeverWatched() {
    assertThat(judged(40, 10, step -> 1, step -> 1, false, false).kind()).isEqualTo(Kind.TOO_EARLY);
    Learning unwatched =
        Learning.of(points("train", 100, 1, step -> 1), Optional.empty(), false, false, false);
    assertThat(unwatched.kind()).isEqualTo(Kind.TOO_EARLY);
    assertThat(unwatched.sentence()).contains("--validation_percentage");
  }

  @Test
  void whatConvergesHasDoneSoWhenItIsOver() {
    List<Kind> kinds =
        List.of(
            judged(12, 10, step -> 1, step -> 1, true, true).kind(),
            judged(12, 10, step -> 1, step -> 1, false, true).kind());
    assertThat(kinds).containsExactly(Kind.CONVERGED, Kind.TOO_EARLY);
  }

  @Test
  void afterTheEndItSpeaksOfThePast() {
    Learning learning =
        judged(
            STEPS,
            10,
            step -> falling(step, 0),
            step -> 1.4 * Math.exp(-step / 400.0),
            true,
            false);
    assertThat(learning.sentence()).startsWith("It was still getting better when it ended");
  }
}

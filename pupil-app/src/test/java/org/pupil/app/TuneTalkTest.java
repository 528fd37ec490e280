package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pupil.finetuning.SharedMaps;
import org.pupil.tuning.Configuration;
import org.pupil.tuning.Hyperparameter;
import org.pupil.tuning.Trial;
import org.pupil.tuning.TuningListener;

class TuneTalkTest {
  private static final Configuration ADAM =
      new Configuration(
          Map.of(Hyperparameter.OPTIMIZER, "adam", Hyperparameter.LEARNING_RATE, "0.01"));
  private static final TuningListener.Plan PLAN =
      new TuningListener.Plan(Path.of("runs/tune"), 120, List.of(5, 25), 50);

  private static Trial trial(int number, Trial.Status status) {
    return new Trial(number, ADAM, List.of(), status);
  }

  @Test
  void whereNobodyWatchesEachTrialThatIsOverHasALine() {
    TestTerminal terminal = TestTerminal.redirected();
    try (TuneTalk talk = new TuneTalk(terminal.terminal(), new HandClock(), "pupil tune")) {
      talk.onSearch(PLAN);
      talk.onTrial(trial(1, Trial.Status.RUNNING));
      talk.onTrial(trial(1, Trial.Status.RUNNING));
      talk.onTrial(trial(1, Trial.Status.STOPPED));
      talk.onTrial(trial(1, Trial.Status.STOPPED));
      talk.onTrial(trial(2, Trial.Status.RUNNING));
    }
    assertThat(terminal.err().lines())
        .containsExactly(
            "Up to 50 trials, judged by 120 photos in 25 folds; in runs/tune (pupil board shows"
                + " them)",
            "Trial 1: not judged (adam, rate 0.01)");
  }

  @Test
  void whereAPersonWatchesATableIsDrawnAnewInItsPlace() {
    TestTerminal terminal = TestTerminal.watched(false);
    HandClock clock = new HandClock();
    try (TuneTalk talk = new TuneTalk(terminal.terminal(), clock, "pupil tune")) {
      talk.onSearch(PLAN);
      talk.onTrial(trial(1, Trial.Status.STOPPED));
      clock.advance(Duration.ofSeconds(1));
      talk.onTrial(trial(2, Trial.Status.RUNNING));
      clock.advance(Duration.ofMillis(10));
      talk.onFold(2, 1);
    }
    String[] drawings = terminal.err().split("\r\u001b\\[1A\u001b\\[J", -1);
    assertThat(drawings).hasSize(2);
    assertThat(drawings[0]).endsWith(TrialTable.HEADER + "\n1 of 50 trials done, 0 folds, 0 s");
    assertThat(drawings[1]).isEqualTo(TrialTable.HEADER + "\n1 of 50 trials done, 0 folds, 1 s\n");
  }

  @Test
  void whatFineTuningTakesIsSaidBeforehand() {
    TestTerminal terminal = TestTerminal.redirected();
    try (TuneTalk talk = new TuneTalk(terminal.terminal(), new HandClock(), "pupil tune")) {
      talk.onFineTuning(
          new SharedMaps.Cost(
              120, 1, 240, 10_560_001, Duration.ofSeconds(9), Duration.ofMillis(700)));
      talk.onFineTuning(new SharedMaps.Cost(120, 1, 0, 0, Duration.ZERO, Duration.ofMinutes(5)));
    }
    assertThat(terminal.err())
        .contains(
            "what the layers below give of 120 photos: computed once for all trials, in about 9 s"
                + " and 11 MB of disk\n",
            "all of them once takes about 1 s; fine-tuning does that up to 8 times",
            "computed once for all trials, and there already\n",
            "takes about 5 minutes;");
  }

  @Test
  void whoEndsItHearsHowToGoOn() {
    TestTerminal terminal = TestTerminal.redirected();
    try (TuneTalk talk =
        new TuneTalk(terminal.terminal(), new HandClock(), "pupil tune --seed 2")) {
      talk.stopped();
      assertThat(terminal.err()).isEmpty();
      talk.onSearch(PLAN);
      talk.onTrial(trial(1, Trial.Status.RUNNING));
      talk.stopped();
    }
    assertThat(terminal.err()).endsWith("Stopped. To go on: pupil tune --seed 2 --resume\n");
  }

  @Test
  void settingsAreShownInFewWords() {
    assertThat(TrialTable.settings(Configuration.NONE)).isEqualTo("retrain without flags");
    assertThat(
            TrialTable.settings(
                new Configuration(
                    Map.of(
                        Hyperparameter.ARCHITECTURE, "a\u001bb",
                        Hyperparameter.INPUT_SIZE, "64",
                        Hyperparameter.L2_PENALTY, "0.1",
                        Hyperparameter.RANDOM_CROP, "10",
                        Hyperparameter.FINE_TUNE, "last",
                        Hyperparameter.FINE_TUNE_EPOCHS, "4"))))
        .isEqualTo("a\\u001bb, 64 pixels, penalty 0.1, random_crop 10, fine-tuned: last, 4 epochs");
  }
}

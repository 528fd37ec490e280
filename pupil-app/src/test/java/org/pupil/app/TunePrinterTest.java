package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pupil.evaluation.Score;
import org.pupil.tuning.Configuration;
import org.pupil.tuning.Hyperparameter;
import org.pupil.tuning.Ranking;
import org.pupil.tuning.Ranking.Ranked;
import org.pupil.tuning.Trial;

class TunePrinterTest {
  private static Ranked ranked(int number, Map<Hyperparameter, String> settings) {
    Trial trial = new Trial(number, new Configuration(settings), List.of(), Trial.Status.COMPLETED);
    return new Ranked(trial, new Score(0.98, 0.94, 1), new Score(0, 0, 0));
  }

  private static Ranking ranking() {
    Ranked best =
        ranked(
            7,
            Map.of(
                Hyperparameter.OPTIMIZER, "gradient_descent",
                Hyperparameter.ARCHITECTURE, "/photos of the school/backbone.pb",
                Hyperparameter.LEARNING_RATE, "0.000676",
                Hyperparameter.HOW_MANY_TRAINING_STEPS, "2877",
                Hyperparameter.TRAIN_BATCH_SIZE, "18",
                Hyperparameter.L2_PENALTY, "0.0414"));
    return new Ranking(List.of(best, ranked(1, Map.of())), 25, best);
  }

  @Test
  void onATerminalOf80ColumnsTheSettingsStandBelowTheNumbers() {
    List<String> lines = TunePrinter.lines(ranking(), true);
    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(lines.get(0)).doesNotContain("settings");
    assertThat(lines.get(1)).startsWith("    7    98.0% (94.0% to 100.0%) ");
    assertThat(lines.get(2)).startsWith("       /photos of the school/backbone.pb, gradient_desc");
    assertThat(lines.get(lines.size() - 1)).isEqualTo("       retrain without flags");
  }

  @Test
  void elsewhereEachTrialIsALine() {
    List<String> lines = TunePrinter.lines(ranking(), false);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).endsWith("seconds  settings");
    assertThat(lines.get(1)).endsWith("rate 0.000676, 2877 steps, batch 18, penalty 0.0414");
    assertThat(lines.get(2).indexOf("retrain")).isEqualTo(lines.get(0).indexOf("settings"));
  }
}

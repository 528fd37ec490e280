package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several teachings, one after the other, as somebody types them who compares. */
class RunsIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;

  @TempDir private Path folder;

  private PupilRun teach(Object... flags) {
    Object[] all = new Object[flags.length + 4];
    all[0] = "retrain";
    all[1] = "--image_dir=" + TAUGHT.photos();
    all[2] = "--bottleneck_dir=" + TAUGHT.bottlenecks();
    all[3] = Photos.QUICK;
    System.arraycopy(flags, 0, all, 4, flags.length);
    return PupilProgram.in(folder).run(all);
  }

  @Test
  void learningRatesAreComparedOnTheBoardByTheNamesOfTheirRuns() {
    teach("--learning_rate=0.001", "--how_many_training_steps=20", "--run_name=slow").succeeded();
    teach("--learning_rate=0.1", "--how_many_training_steps=20", "--run_name", "fast").succeeded();
    teach("--learning_rate=0.01", "--how_many_training_steps=20", "--run_name=fast")
        .succeeded()
        .errContains(
            "There is a run fast already, so this one is called fast-2\n",
            "Saved in pupil-model/runs/fast-2 (previous run: fast); to name a run, use --run_name\n");

    try (BoardServer board = BoardServer.start(PupilProgram.in(folder)).loaded()) {
      assertThat(board.request("data/plugin/pupil/sessions").body())
          .isEqualTo("[\"fast-2\",\"fast\",\"slow\"]");
      assertThat(board.request("data/runs").body()).contains("\"slow/train\"", "\"fast-2/train\"");
      assertThat(board.request("data/plugin/pupil/overview").body())
          .contains("\"session\":\"fast-2\"", "\"learning_rate\":\"0.01\"");
    }
    PupilProgram.in(folder)
        .run("label_image", "--graph=pupil-model/runs/slow/graph.pb", Photos.duck())
        .succeeded();
  }

  @Test
  void aNameThatIsNoneIsRefusedBeforeAnythingIsMade() {
    teach("--run_name=../elsewhere").failedWith(2, "--run_name", "../elsewhere").inOneLine();
    assertThat(TestFiles.below(folder)).isEmpty();
  }
}

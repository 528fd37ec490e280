package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.errors.PupilException;
import org.pupil.record.RunStatus;
import org.pupil.record.RunStatus.Doing;
import org.pupil.record.RunStatus.State;
import org.pupil.training.Optimizer;
import org.pupil.training.TrainingListener.StepEvaluation;

/** What a training run says of itself in its folder, from its first moment to its end. */
class RunProgressTest {
  @TempDir Path folder;
  private TestRun testRun;
  private Path file;

  @BeforeEach
  void paint() {
    testRun = new TestRun(folder);
    testRun.inSteps(30);
    file = testRun.summaries.resolve(RunStatus.FILE);
  }

  private RunStatus status() {
    return RunStatus.read(file).orElseThrow();
  }

  /** Calls something at each stop. */
  private TrainingRun run(Watch watch) {
    return new TrainingRun(
        testRun.settings(),
        Clock.systemUTC(),
        Map.of(),
        new RunListener() {
          @Override
          public void backbone(Backbone backbone) {
            watch.at(Doing.PREPARING);
          }

          @Override
          public BottleneckComputer.Listener bottlenecks() {
            return new BottleneckComputer.Listener() {
              @Override
              public void started(int photos, int cached) {
                watch.at(Doing.LOOKING);
              }

              @Override
              public void advanced(int done) {}

              @Override
              public void finished() {}
            };
          }

          @Override
          public void evaluated(StepEvaluation evaluation) {
            watch.at(Doing.LEARNING);
          }
        });
  }

  private interface Watch {
    void at(Doing doing);
  }

  @Test
  void everyStopIsSaidBeforeThereIsAnEvent() {
    List<String> said = new ArrayList<>();
    run(doing -> {
          if (doing != Doing.LEARNING || said.size() < 3) {
            assertThat(status().state()).isEqualTo(State.RUNNING);
            said.add(status().doing() + " " + status().total());
          }
        })
        .run();
    assertThat(said)
        .containsExactly(
            "PREPARING OptionalLong.empty",
            "LOOKING OptionalLong[52]",
            "LEARNING OptionalLong[30]");
    assertThat(status().state()).isEqualTo(State.FINISHED);
    assertThat(status().message()).isEmpty();
  }

  @Test
  void itIsWrittenTwiceASecondWhateverHappens() {
    run(doing -> {
          if (doing == Doing.LOOKING) {
            double before = status().updated();
            long patience = System.nanoTime() + 20_000_000_000L;
            while (status().updated() == before && System.nanoTime() < patience) {
              Thread.onSpinWait();
            }
            assertThat(status().updated()).isGreaterThan(before);
          }
        })
        .run();
  }

  @Test
  void aTeachingThatIsStoppedSaysWhatIsKept() {
    List<TrainingRun> running = new ArrayList<>();
    List<List<String>> sentences = new ArrayList<>();
    running.add(
        run(
            doing -> {
              if (doing == Doing.LOOKING) {
                sentences.add(running.get(0).stopped());
                sentences.add(running.get(0).stopped());
                assertThat(status().state()).isEqualTo(State.STOPPED);
                assertThat(status().message()).isEqualTo(String.join(" ", sentences.get(0)));
              }
            }));
    assertThat(running.get(0).stopped()).isEmpty();
    running.get(0).run();
    assertThat(sentences)
        .containsExactly(
            List.of(
                "Stopped before the first photo was done.",
                "There is no model yet: " + testRun.graph + " was not written."),
            List.of());
    assertThat(status().state()).isEqualTo(State.STOPPED);
  }

  @Test
  void anOldModelIsStillThere() {
    testRun.run();
    List<TrainingRun> running = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    running.add(
        run(
            doing -> {
              if (doing == Doing.LEARNING && sentences.isEmpty()) {
                sentences.addAll(running.get(0).stopped());
              }
            }));
    running.get(0).run();
    assertThat(sentences)
        .containsExactly(
            "Stopped after step 1 of 30.",
            "The bottlenecks of all photos are kept.",
            "The model is still the old one: " + testRun.graph);
  }

  @Test
  void aFailureIsSaid() {
    testRun.heard.thrownAtEvaluation = PupilException.unavailable("the disk is gone");
    assertThatThrownBy(testRun::run).hasMessage("the disk is gone");
    assertThat(status().state()).isEqualTo(State.FAILED);
    assertThat(status().message())
        .isEqualTo(
            "the disk is gone. There is no model yet: " + testRun.graph + " was not written.");
  }

  @Test
  void aTeachingThatRanAwaySaysThatTheNewestModelIsAnother() {
    Path kept = folder.resolve("pupil-model");
    testRun.ownFolder = Optional.of(OutputRequest.below(kept));
    testRun.run();
    testRun.training(Optimizer.GRADIENT_DESCENT, 1e300, 40, 0).run();
    file = kept.resolve("runs/run-2").resolve(RunStatus.FILE);
    assertThat(status().state()).isEqualTo(State.FAILED);
    assertThat(status().message())
        .contains(
            "diverged at step", "The model is still the old one: " + kept.resolve("graph.pb"));
  }

  @Test
  void aTeachingThatCannotBeginLeavesNoWord() {
    testRun.backbone = testRun.backbone.withLayers(Optional.of("photos"), Optional.of("missing"));
    assertThatThrownBy(testRun::run).isInstanceOf(PupilException.class);
    assertThat(Files.exists(file)).isFalse();
  }
}

package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.training.TrainingResult;

class RunStopsTest {
  private static final Clock CLOCK = Clock.fixed(TestRun.NOW, ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void usedOneByOneTheyGiveTheLayerOfTheRunAndWriteNothingButTheCache() {
    TestRun testRun = new TestRun(folder).inSteps(7);
    RunSettings settings = testRun.settings();
    RunStops stops = new RunStops(settings, CLOCK, Map.of(), testRun.heard);
    Split planned = stops.split(stops.find());
    Backbone backbone = stops.backbone();
    PhotoBottlenecks bottlenecks =
        stops.bottlenecks(backbone, planned.all().photos(), testRun.heard.bottlenecks());
    TrainingSets sets = new TrainingSets(stops.splitOfUsable(planned, bottlenecks), bottlenecks);
    TrainingResult result = stops.train(backbone, sets, List.of());

    assertThat(result.stepsDone()).isEqualTo(7);
    assertThat(sets.data(SplitSet.TRAINING).size()).isEqualTo(planned.count(SplitSet.TRAINING));
    assertThat(testRun.out).doesNotExist();
    assertThat(Files.exists(settings.bottleneckDir().resolve("bottlenecks.db"))).isTrue();
    TrainingResult whole = new QuietRun(settings, CLOCK, Map.of(), testRun.heard).run().result();
    assertThat(result.layer().weights()).isEqualTo(whole.layer().weights());
    assertThat(result.layer().biases()).isEqualTo(whole.layer().biases());
  }
}

package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.pupil.dataset.Photo;
import org.pupil.dataset.Problem;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSet;
import org.pupil.dataset.SplitSettings;
import org.pupil.files.FolderTree;
import org.pupil.labelling.Pictures;
import org.pupil.similarity.NearDuplicates;
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

  /** One of 36 colours, darker in a corner: the tiny backbone's input has few pixels. */
  private static byte[] picture(int number, int brighter) {
    int colour = (20 + 36 * (number % 6)) << 16 | (20 + 36 * (number / 6)) << 8 | 100;
    return Pictures.png(64, 64, (x, y) -> colour + 0x010101 * (x / 2 + y / 3 + brighter));
  }

  /** Photos of two labels; of each second one there is a copy that is a little brighter. */
  private static TestRun withCopies(Path folder) throws IOException {
    TestRun testRun = new TestRun(folder);
    FolderTree.delete(testRun.photos);
    for (int i = 0; i < 36; i++) {
      String label = i % 4 < 2 ? "moon" : "sun";
      testRun.file(label + "/" + i + ".png", picture(i, 0));
      if (i % 2 == 0) {
        testRun.file(label + "/copy" + i + ".png", picture(i, 2));
      }
    }
    return testRun;
  }

  /**
   * @param groups photos that are nearly the same
   */
  private record Stopped(Split planned, Split split, List<List<Photo>> groups) {
    /** The groups that a split has in more than one set. */
    List<List<Photo>> divided(Split by) {
      List<String> names = by.all().photos().stream().map(Photo::name).toList();
      return groups.stream()
          .filter(
              group ->
                  group.stream()
                          .map(photo -> by.setOf(names.indexOf(photo.name())))
                          .distinct()
                          .count()
                      > 1)
          .toList();
    }
  }

  private static Stopped stopped(TestRun testRun) {
    RunStops stops = new RunStops(testRun.settings(), CLOCK, Map.of(), testRun.heard);
    Split planned = stops.split(stops.find());
    PhotoBottlenecks bottlenecks =
        stops.bottlenecks(stops.backbone(), planned.all().photos(), testRun.heard.bottlenecks());
    Split split = stops.splitOfUsable(planned, bottlenecks);
    new TrainingSets(split, bottlenecks).data(SplitSet.TRAINING);
    NearDuplicates near = stops.nearDuplicates(bottlenecks);
    return new Stopped(
        planned,
        split,
        near.groups().stream()
            .map(group -> group.stream().map(bottlenecks.photos()::get).toList())
            .toList());
  }

  @Test
  void nearDuplicatesAreInOneSetAndOneGroupUnlessTheyAreNotToBe() throws IOException {
    TestRun testRun = withCopies(folder);
    testRun.split = new SplitSettings(SplitRule.STRATIFIED, 30, 30, 0);

    Stopped together = stopped(testRun);

    assertThat(together.groups())
        .hasSize(18)
        .allMatch(group -> group.size() == 2 && group.get(0).label() == group.get(1).label());
    assertThat(together.divided(together.planned())).isNotEmpty();
    assertThat(together.divided(together.split())).isEmpty();
    List<Photo> photos = together.split().all().photos();
    for (List<Photo> group : together.groups()) {
      int[] numbers =
          group.stream()
              .map(photo -> photos.stream().map(Photo::name).toList().indexOf(photo.name()))
              .mapToInt(together.split()::groupOf)
              .distinct()
              .toArray();
      assertThat(numbers).hasSize(1);
    }

    testRun.split = TestRun.apart(30, 30, 0);
    Stopped apart = stopped(testRun);
    assertThat(apart.split()).isSameAs(apart.planned());
  }

  @Test
  void thePythonScriptsSplitIsLeftAsItIs() throws IOException {
    TestRun testRun = withCopies(folder);
    testRun.split = new SplitSettings(SplitRule.RETRAIN, 30, 30, 0);

    Stopped stopped = stopped(testRun);

    assertThat(stopped.split()).isSameAs(stopped.planned());
  }

  @Test
  void photosThatAreAllNearlyTheSameAreDividedByName() throws IOException {
    TestRun testRun = new TestRun(folder);
    FolderTree.delete(testRun.photos);
    for (int i = 0; i < 30; i++) {
      testRun.file("moon/" + i + ".png", picture(1, i % 3));
      testRun.file("sun/" + i + ".png", picture(2, i % 3));
    }
    testRun.split = SplitSettings.DEFAULT;

    Stopped stopped = stopped(testRun);

    assertThat(stopped.groups()).hasSize(2);
    assertThat(stopped.split().hasSameSetsAs(stopped.planned())).isTrue();
    assertThat(testRun.heard.problems)
        .extracting(Problem::kind)
        .contains(Problem.Kind.NEAR_DUPLICATES_ACROSS_SETS);
  }
}

package org.pupil.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Photo;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSet;
import org.pupil.dataset.SplitSettings;
import org.pupil.engine.EngineName;
import org.pupil.errors.PupilException;
import org.pupil.familiarity.FamiliaritySettings;
import org.pupil.finetuning.FineTuningDepth;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.finetuning.FineTuningSettings;
import org.pupil.finetuning.SharedMaps;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;
import org.pupil.labelling.Pictures;
import org.pupil.run.OutputRequest;
import org.pupil.run.RunListener;
import org.pupil.run.RunSettings;
import org.pupil.run.SymmetricBackbone;
import org.pupil.training.TrainingSettings;

/** Searches over fine-tuning, where the layers of the backbone must change. */
class FineTuningTrialsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-30T09:00:00Z"), ZoneOffset.UTC);
  private static final String SPACE =
      "fine_tune=none|last|low,fine_tune_epochs=20,fine_tune_learning_rate=0.02";

  @TempDir Path folder;
  private Path photos;
  private final List<SharedMaps.Cost> costs = new ArrayList<>();

  @BeforeEach
  void paint() {
    photos = folder.resolve("photos");
    SymmetricBackbone.paint(140, this::write);
  }

  private void write(String name, byte[] content) {
    try {
      Path file = photos.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SplitSettings split() {
    return new SplitSettings(SplitRule.STRATIFIED, 20, 10, 0, false);
  }

  private RunSettings base(String out, long mostBytes) {
    FineTuningSettings quick = new FineTuningSettings(20, 20, 8, 0.02, 0.1, 0, 0, 0.9, 0);
    return new RunSettings(
        new DatasetFolder(photos.toString(), LabelRule.FOLDER),
        false,
        split(),
        SymmetricBackbone.request(folder),
        DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
        Alpha.WHITE,
        Precision.FLOAT32,
        EngineName.AUTO,
        folder.resolve("cache"),
        Distortions.NONE,
        TrainingSettings.DEFAULTS,
        new FineTuningRequest(FineTuningDepth.NONE, quick, mostBytes, Optional.empty(), false),
        FamiliaritySettings.DEFAULTS,
        OutputRequest.below(folder.resolve(out)),
        2,
        "0.1.0",
        Map.of("image_dir", "photos"));
  }

  private TuningResult run(String out, String space, int parallel) {
    return run(base(out, FineTuningRequest.DEFAULT_MOST_BYTES), space, parallel);
  }

  private TuningResult run(RunSettings base, String space, int parallel) {
    TuningSettings tuning =
        new TuningSettings(
            SearchSpace.parse(space),
            SearchMethod.GRID,
            20,
            Optional.<Duration>empty(),
            parallel,
            1,
            2,
            OptionalInt.of(1),
            Optional.empty(),
            false);
    TuningListener listener =
        new TuningListener() {
          @Override
          public void onFineTuning(SharedMaps.Cost cost) {
            costs.add(cost);
          }
        };
    return new TuningRun(
            base, tuning, CLOCK, Map.of(), RunListener.NONE, RunListener.NONE, listener)
        .run();
  }

  private static List<String> shown(TuningResult result) {
    return result.trials().stream()
        .map(
            trial ->
                "%s %s %s".formatted(trial.configuration(), trial.status(), trial.crossEntropy()))
        .toList();
  }

  @Test
  void findsThatFineTuningHelpsAndTeachesTheWinnerSo() throws IOException {
    TuningResult result = run("out", SPACE, 2);

    assertThat(result.trials())
        .extracting(trial -> trial.configuration().toString())
        .containsExactly(
            "",
            "fine_tune=last fine_tune_epochs=20 fine_tune_learning_rate=0.02",
            "fine_tune=low fine_tune_epochs=20 fine_tune_learning_rate=0.02");
    assertThat(result.trials().get(0).accuracy()).isLessThan(0.75);
    assertThat(result.trials().get(1).accuracy()).isGreaterThan(0.9);
    assertThat(result.trials()).noneMatch(Trial::isFineTuningNeverKept);
    // The backbone is cut above low by itself.
    assertThat(result.trials().get(2).crossEntropy())
        .isEqualTo(result.trials().get(1).crossEntropy());
    // The first trial stands for fine_tune=none, which was not tried again.
    assertThat(result.importances())
        .filteredOn(one -> one.hyperparameter() == Hyperparameter.FINE_TUNE)
        .flatExtracting(Importance::values)
        .extracting(Importance.OfValue::value)
        .contains("none");
    assertThat(result.flags())
        .containsEntry("fine_tune", "last")
        .containsEntry("fine_tune_epochs", "20")
        .containsEntry("fine_tune_learning_rate", "0.02");
    assertThat(result.run().fineTuning().orElseThrow().isKept()).isTrue();
    assertThat(result.run().test().accuracy()).isGreaterThan(0.9);
    // One cut, and each photo of the search in two views.
    SharedMaps.Cost cost = costs.get(0);
    assertThat(cost.cuts()).isEqualTo(1);
    assertThat(cost.maps()).isEqualTo(2 * cost.photos());
    assertThat(cost.bytes()).isEqualTo((40L + 2 * 13 * 13 * 8) * cost.maps());
    assertThat(cost.epoch()).isPositive();

    TuningResult again = run("other", SPACE, 1);
    assertThat(shown(again)).isEqualTo(shown(result));
    assertThat(costs.get(1).maps()).isZero();
    assertThat(Files.readAllBytes(again.run().outputs().graph()))
        .isEqualTo(Files.readAllBytes(result.run().outputs().graph()));
  }

  /** Other pictures in the place of the test photos would be another marker in each trial. */
  @Test
  void noTrialSeesATestPhoto() throws IOException {
    List<String> before = shown(run("out", "fine_tune=last,fine_tune_epochs=2", 2));
    List<Photo> test =
        new DatasetFolder(photos.toString(), LabelRule.FOLDER)
            .open()
            .split(split())
            .photos(SplitSet.TESTING);
    assertThat(test).hasSizeGreaterThan(20);
    for (Photo photo : test) {
      write(photo.name(), Pictures.png(25, 25, (x, y) -> 0xf0f0f0));
    }
    assertThat(shown(run("other", "fine_tune=last,fine_tune_epochs=2", 2))).isEqualTo(before);
  }

  @Test
  void mapsThatDoNotFitAreRefusedBeforeTheSearchBegins() {
    assertThatThrownBy(() -> run(base("out", 900_000), "fine_tune=none|last", 1))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith(
            "fine-tuning needs 2 MB for what it keeps of the photos, and may use 1 MB");
    assertThat(folder.resolve("out/runs")).doesNotExist();
    assertThat(costs).isEmpty();
  }

  @Test
  void whatCannotBeFineTunedIsToldBeforeTheSearchBegins() {
    assertThatThrownBy(() -> run("out", "fine_tune=last|lowest", 1))
        .hasMessageContaining("lowest: ")
        .hasMessageContaining("cannot be cut there; it can at low");
    assertThatThrownBy(() -> run("out", "fine_tune=last,random_crop=0..20", 1))
        .hasMessage(
            "each random_crop takes passes over all photos for fine_tune: give a few values, as in"
                + " a|b");
    assertThatThrownBy(() -> run("out", "fine_tune_epochs=2|4", 1))
        .hasMessage(
            "fine_tune_epochs means nothing without fine-tuning: add fine_tune=last or"
                + " fine_tune=none|last");
    assertThat(folder.resolve("out/runs")).doesNotExist();
  }

  @Test
  void tooFewPhotosToDecideAreTold() throws IOException {
    for (int i = 70; i < 140; i++) {
      Files.delete(photos.resolve("above/" + i + ".png"));
      Files.delete(photos.resolve("below/" + i + ".png"));
    }
    assertThatThrownBy(() -> run("out", "fine_tune=last", 1))
        .hasMessageStartingWith(
            "too few photos to search over fine_tune: within a fold, 11 are held back to decide")
        .hasMessageContaining("and that takes 20");
  }

  @Test
  void distortedViewsAreLearntFromTooAndShareAFileHoweverManyTheyAre() {
    TuningResult result =
        run(
            "out",
            "fine_tune=last,fine_tune_epochs=2,random_brightness=50,distortion_variants=1|3",
            2);
    assertThat(costs.get(0).cuts()).isEqualTo(1);
    assertThat(costs.get(0).maps()).isEqualTo(5 * costs.get(0).photos());
    assertThat(result.trials()).allMatch(trial -> trial.status() == Trial.Status.COMPLETED);
  }

  @Test
  void aTrialWhoseFineTuningIsKeptInNoFoldSaysSo() {
    TuningResult result =
        run("out", "fine_tune=last,fine_tune_epochs=1,fine_tune_learning_rate=1e-9", 2);
    assertThat(result.trials().get(0).isFineTuningNeverKept()).isFalse();
    assertThat(result.trials().get(1).isFineTuningNeverKept()).isTrue();
    assertThat(result.trials().get(1).crossEntropy())
        .isEqualTo(result.trials().get(0).crossEntropy());
  }

  @Test
  void aTrialWhoseFineTuningRunsAwayIsRecordedAndTheSearchGoesOn() {
    TuningResult result =
        run("out", "fine_tune=last,fine_tune_epochs=2,fine_tune_learning_rate=0.01|1e9", 2);
    assertThat(result.trials())
        .extracting(Trial::status)
        .containsExactly(Trial.Status.COMPLETED, Trial.Status.COMPLETED, Trial.Status.DIVERGED);
    assertThat(result.trials().get(2).reason().orElseThrow()).startsWith("fine-tuning diverged");
  }
}

package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFile;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSettings;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.Score;
import org.pupil.network.NetworkFormat;
import org.pupil.run.Outputs;
import org.pupil.run.QuickAssessment;
import org.pupil.run.RunResult;
import org.pupil.run.TrainingPhotosJudged;
import org.pupil.training.FinalLayer;
import org.pupil.training.PenaltyChoice;
import org.pupil.training.TemperatureChoice;
import org.pupil.training.TrainingResult;

class RunPrinterTest {
  private static final Labels LABELS = new Labels(List.of("bird", "fruit", "mammal"));
  private static final List<String> PHOTO_FLAGS = List.of("--image_dir photos");
  private static final float[] BIRD = {0.7f, 0.2f, 0.1f};
  private static final float[] FRUIT = {0.2f, 0.75f, 0.05f};
  private static final float[] MAMMAL = {0.1f, 0.1f, 0.8f};

  /** Of five birds three are taken for others; one mammal of two; there is no fruit. */
  private static final Evaluation TEST =
      Evaluation.of(
          LABELS,
          new int[] {0, 0, 0, 0, 0, 2, 2},
          new float[][] {BIRD, FRUIT, MAMMAL, MAMMAL, BIRD, MAMMAL, BIRD});

  private static final List<Photo> PHOTOS =
      List.of("a", "b", "c", "d", "e", "f", "g").stream()
          .map(name -> new Photo(new PhotoFile(Path.of("photos", name + ".jpg"), 1, 1), name, 0))
          .toList();

  private static String printed(boolean misclassified, RunResult report) {
    TestTerminal terminal = TestTerminal.redirected();
    new RunPrinter(
            terminal.terminal(), misclassified, SplitSettings.DEFAULT, Launcher.PLAIN, PHOTO_FLAGS)
        .print(report);
    assertThat(terminal.err()).isEmpty();
    return terminal.out();
  }

  private static TrainingResult result(Optional<PenaltyChoice> choice) {
    FinalLayer layer = new FinalLayer(1, new float[3], new float[3]);
    return new TrainingResult(layer, 10, Optional.empty(), choice);
  }

  private static Outputs outputs(Path graph, Optional<Path> savedModelDir) {
    return new Outputs(
        graph,
        Path.of("labels.txt"),
        Path.of("evaluation.json"),
        savedModelDir,
        Optional.empty(),
        Path.of("logs"),
        "",
        "final_result",
        NetworkFormat.TENSORFLOW);
  }

  @Test
  void whatWasLearnedStandsBeforeWhereItIsAndWhatToTypeNext() {
    assertThat(printed(false, crossValidated(Optional.empty())))
        .isEqualTo(
            """
            Penalty on large weights: 0.250, the best of 3 in 5-fold cross-validation (it keeps the layer from learning photos by heart)
            Final test accuracy = 42.9%% (N=7)
            %s
            Cross-validation tells more: 37 of 40 training photos right = 92.5%%; so on new photos about 75.0%% to 97.4%%
              (each was judged by a layer that had not seen it; slightly too good, because the penalty was chosen on the same photos)
            To be surer, add photos, or hold back more of them for the test: --testing_percentage 30
              bird    2 of 5 right, 2 taken for mammal, 1 taken for fruit
              fruit   no test photos
              mammal  1 of 2 right, 1 taken for bird
            About 2 of the training photos probably have the wrong label
            More about the photos: pupil check --image_dir photos
            More about the accuracy: pupil evaluate --image_dir photos
            Model: pupil-model/graph.pb (labels in labels.txt)
            Next: pupil label_image --image photos/a.jpg
            """
                .formatted(TEST.tooSmallToTell().orElseThrow()));
  }

  private static RunResult crossValidated(Optional<QuickAssessment.AllPhotos> all) {
    PenaltyChoice choice =
        new PenaltyChoice(
            0.25,
            5,
            List.of(new PenaltyChoice.Trial(1, 2), trial(), trial()),
            Optional.of(new PenaltyChoice.HeldOut(40, 37)));
    return new RunResult(
        result(Optional.of(choice)),
        TEST,
        PHOTOS,
        new QuickAssessment(
            Optional.of(new TrainingPhotosJudged(new Score(0.925, 0.75, 0.974), 2.4)), all),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        outputs(DefaultPlaces.GRAPH, Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static PenaltyChoice.Trial trial() {
    return new PenaltyChoice.Trial(0.5, 1);
  }

  @Test
  void crossValidationOfAllPhotosStandsInsteadOfThatOfTheTrainingPhotos() {
    QuickAssessment.AllPhotos all =
        new QuickAssessment.AllPhotos(148, 5, 5, new Score(0.961, 0.93, 0.98));
    assertThat(printed(false, crossValidated(Optional.of(all))))
        .contains(
            """
            Cross-validation over all 148 photos says 96.1%, between 93.0% and 98.0%
              (each was judged by layers that had not seen it)
            """)
        .doesNotContain("Cross-validation tells more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.5 | 40 | 0.375 | 0.25  | Calibrated: log loss of 40 photos it had not seen: 0.3750 before, 0.2500 after (the layer was too sure of itself; its logits are divided by a temperature of 1.50)
          1   | 40 | 0.25  | 0.375 | Calibration left out, since it would not clearly help: log loss of 40 photos it had not seen: 0.2500 without, 0.3750 with
          1   | 12 | 0.25  | 0.25  | Calibration left out: 12 photos that it has not seen are too few to tell whether it helps
          """)
  void calibrationIsToldWhetherItHelpsOrNot(
      double temperature, int photos, double before, double after, String line) {
    TrainingResult calibrated =
        new TrainingResult(
            new FinalLayer(1, new float[3], new float[3]),
            10,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new TemperatureChoice(temperature, photos, before, after)));
    RunResult report =
        new RunResult(
            calibrated,
            TEST,
            PHOTOS,
            Optional.empty(),
            outputs(Path.of("graph.pb"), Optional.empty()),
            Optional.empty());
    assertThat(printed(false, report)).contains(line + "\n");
  }

  @Test
  void misclassifiedPhotosAreListedAsTheOriginalsDidWithMore() {
    RunResult report =
        new RunResult(
            result(Optional.empty()),
            TEST,
            PHOTOS,
            Optional.of(TEST),
            outputs(Path.of("my models/it's.pb"), Optional.of(Path.of("saved"))),
            Optional.empty());
    String path = " ".repeat(70 - "photos/b.jpg".length()) + "photos/";
    assertThat(printed(true, report))
        .contains(
            "(--optimizer=auto, which needs no learning rate and no number of steps, reaches 42.9% on the same photos)\n"
                + "=== MISCLASSIFIED TEST IMAGES ===\n"
                + path
                + "b.jpg  fruit (is bird; probability 0.750)\n"
                + path
                + "c.jpg  mammal (is bird; probability 0.800)\n"
                + path
                + "d.jpg  mammal (is bird; probability 0.800)\n"
                + path
                + "g.jpg  bird (is mammal; probability 0.700)\n"
                + "More about the photos: pupil check --image_dir photos\n"
                + "More about the accuracy: pupil evaluate --image_dir photos\n"
                + "Model: my models/it's.pb (labels in labels.txt)\n"
                + "SavedModel: saved\n"
                + "Next: pupil label_image --graph 'my models/it'\\''s.pb' --image photos/a.jpg\n");
  }

  @Test
  void whatReachesLessThanTheResultIsNotNamed() {
    Evaluation worse = Evaluation.of(LABELS, new int[] {0, 0}, new float[][] {FRUIT, FRUIT});
    RunResult report =
        new RunResult(
            result(Optional.empty()),
            TEST,
            PHOTOS,
            Optional.of(worse),
            outputs(DefaultPlaces.GRAPH, Optional.empty()),
            Optional.empty());
    assertThat(printed(false, report)).doesNotContain("--optimizer=auto");
  }

  @Test
  void withoutTestPhotosNothingIsClaimed() {
    Evaluation none = Evaluation.of(LABELS, new int[0], new float[0][]);
    RunResult report =
        new RunResult(
            result(Optional.of(new PenaltyChoice(1, 0, List.of(), Optional.empty()))),
            none,
            List.of(),
            Optional.of(none),
            outputs(Path.of("graph.pb"), Optional.empty()),
            Optional.empty());
    assertThat(printed(true, report))
        .isEqualTo(
            """
            There are no test photos, so nothing is known about new photos.
            To be surer, add photos, or hold back more of them for the test: --testing_percentage 30
            === MISCLASSIFIED TEST IMAGES ===
            More about the photos: pupil check --image_dir photos
            More about the accuracy: pupil evaluate --image_dir photos
            Model: graph.pb (labels in labels.txt)
            Next: pupil label_image --graph graph.pb --image some.jpg
            """);
  }

  @Test
  void manyTestPhotosGiveAnIntervalInsteadOfADoubt() {
    int n = 2000;
    int[] truth = new int[n];
    float[][] probabilities = new float[n][];
    for (int i = 0; i < n; i++) {
      probabilities[i] = i % 20 == 0 ? FRUIT : BIRD;
    }
    RunResult report =
        new RunResult(
            result(Optional.empty()),
            Evaluation.of(LABELS, truth, probabilities),
            List.of(),
            Optional.empty(),
            outputs(Path.of("graph.pb"), Optional.empty()),
            Optional.empty());
    // Wilson's interval of 1900 in 2000, by hand.
    assertThat(printed(false, report))
        .contains(
            """
            Final test accuracy = 95.0% (N=2000)
            On new photos like these: 94.0% to 95.9%, with 95% confidence
            """);
  }

  private static RunResult small() {
    return new RunResult(
        result(
            Optional.of(
                new PenaltyChoice(
                    0.25, 5, List.of(trial()), Optional.of(new PenaltyChoice.HeldOut(40, 37))))),
        TEST,
        PHOTOS,
        Optional.empty(),
        outputs(Path.of("graph.pb"), Optional.empty()),
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void everyLineFitsTheTerminal(int columns) {
    TestTerminal terminal = TestTerminal.wide(columns);
    new RunPrinter(terminal.terminal(), true, SplitSettings.DEFAULT, Launcher.PLAIN, PHOTO_FLAGS)
        .print(small());
    assertThat(terminal.out().lines()).allMatch(line -> LineWrap.width(line) <= columns);
    assertThat(terminal.out()).contains("  photos/b.jpg\n    fruit (is bird; probability 0.750)\n");
  }

  @Test
  void whoTestsEnoughAlreadyIsToldToAddPhotosOnly() {
    TestTerminal terminal = TestTerminal.redirected();
    new RunPrinter(
            terminal.terminal(),
            false,
            new SplitSettings(SplitRule.STRATIFIED, 30, 10, 0),
            Launcher.PLAIN,
            PHOTO_FLAGS)
        .print(small());
    assertThat(terminal.out()).contains("To be surer, add photos.\n");
  }

  @Test
  void aLongCommandIsBrokenAsAShellUnderstandsIt() {
    TestTerminal terminal = TestTerminal.wide(60);
    Path graph = Path.of("a/folder/whose/name/is/rather/long/graph.pb");
    RunResult report =
        new RunResult(
            result(Optional.empty()),
            TEST,
            PHOTOS,
            Optional.empty(),
            outputs(graph, Optional.empty()),
            Optional.empty());
    new RunPrinter(terminal.terminal(), false, SplitSettings.DEFAULT, Launcher.PLAIN, PHOTO_FLAGS)
        .print(report);
    assertThat(terminal.out())
        .endsWith(
            """
            Next:
              pupil label_image \\
                --graph a/folder/whose/name/is/rather/long/graph.pb \\
                --image photos/a.jpg
            """);
  }
}

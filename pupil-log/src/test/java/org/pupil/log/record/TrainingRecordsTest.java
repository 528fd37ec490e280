package org.pupil.log.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.log.SummaryValues;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.training.Interval;
import org.pupil.log.proto.training.TrainingOutcome;
import org.pupil.log.proto.training.TrainingSetup;

class TrainingRecordsTest {
  private static final TrainingSetup SETUP =
      TrainingSetup.newBuilder()
          .setOptimizer("gradient_descent")
          .setSteps(1)
          .setBackbone("mobilenet_0.25_224")
          .addLabels("cup")
          .addLabels("a|b *c*")
          .addTrainingPhotos(8)
          .addTrainingPhotos(16)
          .addValidationPhotos(1)
          .addValidationPhotos(2)
          .addTestingPhotos(1)
          .addTestingPhotos(0)
          .build();

  private static TrainingOutcome outcome() {
    TrainingOutcome.Builder outcome =
        TrainingOutcome.newBuilder()
            .setSteps(7)
            .setPhotos(4)
            .setAccuracy(0.75)
            .setAccuracyInterval(Interval.newBuilder().setLow(0.3).setHigh(0.95))
            .setCrossEntropy(0.5)
            .setMacroF1(Double.NaN);
    outcome.addLabelsBuilder().setLabel("cup").setPhotos(4).setPrecision(1).setRecall(0.75);
    outcome.addLabelsBuilder().setLabel("plate").setPrecision(0).setRecall(Double.NaN);
    outcome.addConfusionBuilder().addCounts(3).addCounts(1);
    outcome.addConfusionBuilder().addCounts(0).addCounts(0);
    outcome
        .getCalibrationBuilder()
        .setExpectedError(0.125)
        .addBinsBuilder()
        .setAbove(0.8)
        .setUpTo(0.9)
        .setPhotos(4)
        .setConfidence(0.875)
        .setAccuracy(0.75);
    outcome
        .getCrossValidationBuilder()
        .setFolds(5)
        .setPhotos(40)
        .setRight(37)
        .setAccuracy(0.925)
        .setAccuracyInterval(Interval.newBuilder().setLow(0.8).setHigh(0.975));
    return outcome.build();
  }

  private static Summary.Value value(SummaryValues values) {
    return values.summary().getValue(0);
  }

  private static String text(Summary.Value value) {
    return value.getTensor().getStringVal(0).toStringUtf8();
  }

  @Test
  void whatIsWrittenIsRead() {
    SummaryValues setup = new SummaryValues();
    TrainingRecords.add(setup, SETUP);
    SummaryValues outcome = new SummaryValues();
    TrainingRecords.add(outcome, outcome());

    assertThat(value(setup).getTag()).isEqualTo("pupil/teaching");
    assertThat(TrainingRecords.setup(value(setup))).contains(SETUP);
    assertThat(TrainingRecords.outcome(value(setup))).isEmpty();
    assertThat(value(outcome).getTag()).isEqualTo("pupil/evaluation");
    assertThat(TrainingRecords.outcome(value(outcome))).contains(outcome());
    assertThat(TrainingRecords.setup(value(outcome))).isEmpty();
  }

  @Test
  void theSetupInWords() {
    SummaryValues values = new SummaryValues();
    TrainingRecords.add(values, SETUP);
    assertThat(text(value(values)))
        .isEqualTo(
            """
            A final layer for the backbone **mobilenet_0.25_224**, trained with the optimizer **gradient_descent** in 1 step.

            | photos | for training | for validation | for testing |
            |---|---:|---:|---:|
            | cup | 8 | 1 | 1 |
            | a\\|b \\*c\\* | 16 | 2 | 0 |
            | **all** | 24 | 3 | 1 |
            """);
  }

  @Test
  void theOutcomeInWords() {
    SummaryValues values = new SummaryValues();
    TrainingRecords.add(values, outcome());
    assertThat(text(value(values)))
        .isEqualTo(
            """
            Trained in 7 steps.

            **Test**: 75.0 % of 4 photos right (on new photos like these: 30.0 % to 95.0 %, with 95 % confidence). Cross entropy 0.5000, macro F1 -.

            **Cross-validation**: 37 of 40 training photos right = 92.5 % (80.0 % to 97.5 %), each judged by a layer that had not seen it, in 5 folds.

            | label | photos | precision | recall | F1 |
            |---|---:|---:|---:|---:|
            | cup | 4 | 100.0 % | 75.0 % | 0.0000 |
            | plate | 0 | 0.0 % | - | 0.0000 |

            How often each label (row) was taken for each (column):

            | is, taken for | cup | plate |
            |---|---:|---:|
            | cup | 3 | 1 |
            | plate | 0 | 0 |

            How sure it was, and how often it was right when it was that sure (expected calibration error 12.5 %):

            | probability | photos | mean probability | right |
            |---|---:|---:|---:|
            | 80.0 % to 90.0 % | 4 | 87.5 % | 75.0 % |
            """);
  }

  @Test
  void aDivergedOneSaysSo() {
    SummaryValues values = new SummaryValues();
    TrainingRecords.add(
        values, TrainingOutcome.newBuilder().setSteps(9).setDivergedAtStep(8).build());
    assertThat(text(value(values)))
        .startsWith("Trained in 9 steps, but **it diverged at step 8**: ")
        .endsWith("There are no test photos, so nothing is known about new photos.\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "words",
        "```json\n```\n",
        "```json\n[1]\n```\n",
        "```json\n{\"steps\": \n```\n",
        "```"
      })
  void otherTextsAreNoRecord(String text) {
    Summary.Value value = value(new SummaryValues().text("pupil/teaching", text));
    assertThat(TrainingRecords.setup(value)).isEmpty();
    assertThat(TrainingRecords.outcome(value)).isEmpty();
  }

  @Test
  void pluginDataOfOthersIsNoRecord() {
    Summary.Value.Builder value =
        value(new SummaryValues().text("pupil/teaching", "words")).toBuilder();
    value
        .getMetadataBuilder()
        .getPluginDataBuilder()
        .setContent(ByteString.copyFrom(new byte[] {-1, 3}));
    assertThat(TrainingRecords.setup(value.build())).isEmpty();
  }

  @Test
  void theTextsOfPupil010AreRead() {
    Summary.Value setup =
        value(
            new SummaryValues()
                .text(
                    "pupil/teaching",
                    """
                    ```json
                    {"optimizer":"auto","steps":null,"backbone":"b","labels":["x","y"],\
                    "photos":{"training":[3,4],"validation":[1,0],"testing":[0,1]}}
                    ```
                    """));
    assertThat(TrainingRecords.setup(setup))
        .contains(
            TrainingSetup.newBuilder()
                .setOptimizer("auto")
                .setBackbone("b")
                .addLabels("x")
                .addLabels("y")
                .addTrainingPhotos(3)
                .addTrainingPhotos(4)
                .addValidationPhotos(1)
                .addValidationPhotos(0)
                .addTestingPhotos(0)
                .addTestingPhotos(1)
                .build());
  }

  @Test
  void eachSetNeedsANumberOfPhotosOfEachLabel() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TrainingRecords.add(
                    new SummaryValues(), SETUP.toBuilder().addLabels("third").build()))
        .withMessage("each set needs a number of photos of each label");
  }
}

package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.pupil.assessment.Assessment;
import org.pupil.assessment.LabelDifferences;
import org.pupil.assessment.ModelComparison;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.Scores;

class AssessmentPrinterTest {
  /** The same for all assessments, as those of one folder are. */
  private static final List<PhotoSource> SOURCES =
      IntStream.range(0, 3000).mapToObj(i -> PhotoSource.bytes("p" + i, new byte[0])).toList();

  private final TestTerminal terminal = TestTerminal.redirected();

  /** Photo i has the label i modulo k, and is taken for the label that is given. */
  private static Assessment assessment(List<String> labels, int... predicted) {
    int n = predicted.length;
    int k = labels.size();
    float[][] probabilities = new float[n][k];
    int[] truth = new int[n];
    for (int i = 0; i < n; i++) {
      truth[i] = i % k;
      for (int label = 0; label < k; label++) {
        probabilities[i][label] = 0.2f / k;
      }
      probabilities[i][predicted[i]] += 0.8f;
    }
    List<Photo> photos =
        IntStream.range(0, n).mapToObj(i -> new Photo(SOURCES.get(i), "p" + i, truth[i])).toList();
    int[] alone = IntStream.range(0, n).toArray();
    Predictions predictions = Predictions.of(new Labels(labels), truth, alone, probabilities);
    return new Assessment(
        photos,
        predictions,
        Scores.of(predictions),
        List.of(),
        new LabelDifferences(Map.of("zebra", 4), List.of()),
        Optional.empty(),
        Optional.empty());
  }

  private String print(Assessment assessment, Optional<ModelComparison> comparison) {
    new AssessmentPrinter(terminal.terminal()).print(assessment, comparison);
    return terminal.out();
  }

  private static JsonNode json(TestTerminal terminal, Assessment assessment) throws IOException {
    AssessmentJson.print(terminal.terminal().data(), assessment, Optional.empty());
    return new JsonMapper().readTree(terminal.out());
  }

  @Test
  void aThousandLabelsFitTheTerminalAndAreAllInTheJson() throws IOException {
    List<String> labels =
        IntStream.range(0, 1000).mapToObj(i -> "a rather long name of a label, " + i).toList();
    int[] predicted = IntStream.range(0, 3000).map(i -> i % 7 == 0 ? 5 : i % 1000).toArray();
    Assessment assessment = assessment(labels, predicted);
    String text = print(assessment, Optional.empty());
    assertThat(text)
        .contains(
            "(and 950 more; --json has them all)\n",
            "a rather... label, 7  ",
            "a rather...label, 49  ");
    assertThat(text.lines().filter(line -> line.startsWith("a rather"))).hasSize(50);
    assertThat(text.lines())
        .filteredOn(line -> !line.contains(" for a rather"))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    JsonNode json = json(TestTerminal.redirected(), assessment);
    assertThat(json.get("labels")).hasSize(1000);
    assertThat(json.get("confusion_matrix").get("counts")).hasSize(1000);
    assertThat(json.get("confusion_matrix").get("counts").get(7).get(5).asInt()).isEqualTo(1);
  }

  private static List<Double> numbers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asDouble).toList();
  }

  @Test
  void theCurvesOfEachLabelAreInTheJson() throws IOException {
    // Cats get 0.9, 0.9 and 0.1 as cats, dogs 0.1, 0.1 and 0.9.
    JsonNode curves =
        json(terminal, assessment(List.of("cat", "dog"), 0, 1, 0, 1, 1, 0)).get("curves");
    assertThat(curves.findValuesAsText("label")).containsExactly("cat", "dog");
    JsonNode roc = curves.get(0).get("roc");
    assertThat(numbers(roc.get("false_positive_rate"))).containsExactly(0.0, 0.33333334, 1.0);
    assertThat(numbers(roc.get("true_positive_rate"))).containsExactly(0.0, 0.6666667, 1.0);
    JsonNode pr = curves.get(0).get("precision_recall");
    assertThat(numbers(pr.get("threshold"))).hasSize(2).startsWith(0.0);
    assertThat(pr.get("threshold").get(1).asDouble()).isBetween(0.1, 0.11);
    assertThat(numbers(pr.get("precision"))).containsExactly(0.5, 0.6666667);
    assertThat(numbers(pr.get("recall"))).containsExactly(1.0, 0.6666667);
  }

  @Test
  void longLabelsThatBeginAlikeAreCutInTheMiddle() {
    String text =
        print(
            assessment(
                List.of(
                    "northern_hemisphere_animal_cat",
                    "northern_hemisphere_animal_dog",
                    "southern_hemisphere_animals"),
                0,
                1,
                2),
            Optional.empty());
    assertThat(text)
        .contains("\nnorthern...nimal_cat       1  ", "\nnorthern...nimal_dog       1  ")
        .contains("\nsouthern_hemisphe...       1  ");
  }

  @Test
  void aTerminalThatIsNarrowBreaksLinesBetweenWords() {
    Assessment assessment = assessment(List.of("cat", "dog"), 0, 1, 0, 0, 0, 1);
    String wide = print(assessment, Optional.of(ModelComparison.of(assessment, assessment)));
    for (int columns : new int[] {45, 60}) {
      TestTerminal narrow = TestTerminal.wide(columns);
      new AssessmentPrinter(narrow.terminal())
          .print(assessment, Optional.of(ModelComparison.of(assessment, assessment)));
      assertThat(narrow.out().lines()).allMatch(line -> line.length() <= columns);
      assertThat(narrow.out().split("\\s+")).containsExactly(wide.split("\\s+"));
    }
  }

  @Test
  void ofALabelWithoutPhotosNothingIsSaid() {
    int[] truth = {0, 0, 1};
    float[][] probabilities = {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}};
    Predictions predictions =
        Predictions.of(
            new Labels(List.of("cat", "dog", "burst")), truth, new int[] {0, 1, 2}, probabilities);
    List<Photo> photos =
        IntStream.range(0, 3).mapToObj(i -> new Photo(SOURCES.get(i), "p" + i, truth[i])).toList();
    Assessment.NeverHeldOut burst =
        new Assessment.NeverHeldOut(
            "burst", List.of(new Photo(SOURCES.get(3), "p3", 2), photos.get(0)), true);
    Assessment assessment =
        new Assessment(
            photos,
            predictions,
            Scores.of(predictions),
            List.of(),
            new LabelDifferences(Map.of(), List.of()),
            Optional.of(
                new Assessment.Folds(
                    1, 5, 1, List.of(burst), Optional.of(Assessment.NoCurve.TOO_FEW_PHOTOS))),
            Optional.empty());
    assertThat(print(assessment, Optional.empty()))
        .contains("Not judged: burst (its 2 photos belong together and count as one)\n")
        .contains("\nburst       0    0.0 (0-79)     not judged       -\n")
        .contains("Would more photos help?\n  Not known: there are too few photos (a label");
  }

  @Test
  void whatWouldBreakALineIsEscaped() {
    String text =
        print(assessment(List.of("a\nb", "\u202egod", "<script>"), 0, 0, 2, 1), Optional.empty());
    assertThat(text)
        .contains("a\\nb  ", "\\u202egod  ", "<script>  ", "1 of 1 \\u202egod for a\\nb\n")
        .doesNotContain("\u202e", "a\nb");
  }

  @Test
  void scoresHaveTheirIntervals() {
    String text = print(assessment(List.of("cat", "dog"), 0, 1, 0, 0, 0, 1), Optional.empty());
    assertThat(text)
        .startsWith("The model was judged by 6 photos\n")
        .contains("Not judged: 4 photos of labels that the model does not know\n")
        .contains("Accuracy                    83.3 %   43.6 to 97.0 %\n")
        .contains("cat         3   75.0 (30-95)    100.0 (44-100)    85.7 (46-98)\n")
        .contains("  1 of 3 dog for cat\n")
        .contains("  p3\n    is dog, taken for cat with 0.900\n");
  }

  @Test
  void mcNemarsTestIsPutIntoASentence() {
    int[] right = IntStream.range(0, 20).map(i -> i % 2).toArray();
    int[] wrong = IntStream.range(0, 20).map(i -> i < 8 ? 1 - i % 2 : i % 2).toArray();
    Assessment better = assessment(List.of("cat", "dog"), right);
    Assessment worse = assessment(List.of("cat", "dog"), wrong);
    assertThat(print(better, Optional.of(ModelComparison.of(better, worse))))
        .contains(
            "Against the other model, on 20 photos: 8 became right, 0 became wrong;\n",
            "this model is better (McNemar's test, p = 0.0078)\n",
            "Became right:\n  p0\n",
            "  and 3 more (--json has them all)\n")
        .doesNotContain("Became wrong:");
    assertThat(print(worse, Optional.of(ModelComparison.of(worse, better))))
        .contains("this model is worse (McNemar's test, p = 0.0078)\n");
    Assessment alike = assessment(List.of("cat", "dog"), 1, 1, 0, 1);
    Assessment other = assessment(List.of("cat", "dog"), 0, 1, 0, 1);
    assertThat(print(other, Optional.of(ModelComparison.of(other, alike))))
        .contains("Chance may explain that: no difference is shown (McNemar's test, p = 1.0000)\n");
  }
}

package org.pupil.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.assessment.Assessment;
import org.pupil.assessment.LabelDifferences;
import org.pupil.check.CheckResult;
import org.pupil.check.Finding;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.DatasetBuilder;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.Scores;
import org.pupil.images.Alpha;

/** A report of 3,000 photos stays below 5 MB, however much is wrong with them. */
class ReportSizeTest {
  private static final int PHOTOS = 3000;
  private static final long MOST_BYTES = 5_000_000;

  private static byte[] jpeg;

  @TempDir private Path folder;

  @BeforeAll
  static void photo() throws IOException {
    jpeg = Files.readAllBytes(Path.of("../examples/photos/bird/duck.jpg"));
  }

  private static String name(int photo) {
    return "a folder with a rather long name, as people have them/photo number " + photo + ".jpg";
  }

  /** All photos are taken for the next label, with heat maps as far as there is room. */
  private static EvaluationReport evaluation(int labels, PhotoPictures pictures) {
    List<Photo> photos = new ArrayList<>();
    Map<String, MistakeExplanation> why = new HashMap<>();
    float[][] probabilities = new float[PHOTOS][labels];
    int[] truth = new int[PHOTOS];
    for (int i = 0; i < PHOTOS; i++) {
      truth[i] = i % labels;
      probabilities[i][(i + 1) % labels] = 1;
      photos.add(new Photo(PhotoSource.bytes(name(i), jpeg), name(i), truth[i]));
      why.put(name(i), new MistakeExplanation("pupil explain", pictures.ofJpeg(jpeg)));
    }
    List<String> names = IntStream.range(0, labels).mapToObj(label -> "label " + label).toList();
    int[] groups = IntStream.range(0, PHOTOS).toArray();
    Predictions predictions = Predictions.of(new Labels(names), truth, groups, probabilities);
    Assessment assessment =
        new Assessment(
            photos,
            predictions,
            Scores.of(predictions.only(IntStream.range(0, 2 * labels).boxed().toList())),
            List.of(),
            new LabelDifferences(Map.of(), List.of()),
            Optional.empty(),
            Optional.empty());
    return new EvaluationReport(assessment, Optional.empty(), why, "about", "made");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 30, 1000})
  void anEvaluationInWhichAllIsWrong(int labels) throws IOException {
    Path file = folder.resolve("evaluation.html");
    PhotoPictures pictures = new PhotoPictures(Alpha.WHITE);
    evaluation(labels, pictures).write(file, pictures);
    assertThat(Files.size(file)).isBetween(500_000L, MOST_BYTES);
  }

  @Test
  void aCheckThatComplainsOfEverything() throws IOException {
    List<PhotoSource> photos =
        IntStream.range(0, PHOTOS).mapToObj(i -> PhotoSource.bytes(name(i), jpeg)).toList();
    List<Finding> findings = new ArrayList<>();
    for (Finding.Kind kind : Finding.Kind.values()) {
      for (PhotoSource photo : photos) {
        List<PhotoSource> about = Arrays.asList(photo, photos.get(0), photos.get(1));
        findings.add(
            new Finding(
                kind, true, about, Optional.empty(), "something.", new Finding.Detail.None()));
      }
    }
    DatasetBuilder dataset = Dataset.builder();
    for (int i = 0; i < PHOTOS; i++) {
      dataset.add("label " + i % 5, name(i), new byte[] {(byte) i});
    }
    Path file = folder.resolve("check.html");
    CheckReport report =
        new CheckReport(new CheckResult(dataset.build(), findings), "about", "made");
    List<Integer> made = new ArrayList<>();
    report.write(file, new PhotoPictures(Alpha.WHITE, made::add));
    assertThat(Files.size(file)).isBetween(500_000L, MOST_BYTES);
    // Each photo once, in whichever finding it is.
    assertThat(report.pictures()).isEqualTo(CheckReport.MOST_OF_A_KIND);
    assertThat(made)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, CheckReport.MOST_OF_A_KIND).boxed().toList());
  }
}

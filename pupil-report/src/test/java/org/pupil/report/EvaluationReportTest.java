package org.pupil.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.assessment.Assessment;
import org.pupil.assessment.LabelDifferences;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.evaluation.Comparison;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.Scores;
import org.pupil.images.Alpha;

class EvaluationReportTest {
  private static final String SCRIPT = "<script>alert(1)</script>";
  private static final String BACKWARDS = "\u202egnp.cilsm";

  @TempDir Path folder;

  private final List<Photo> photos = new ArrayList<>();

  @BeforeEach
  void eightPhotos() {
    for (int i = 0; i < 8; i++) {
      PhotoSource source =
          PhotoSource.bytes("photo-" + i, "no image".getBytes(StandardCharsets.UTF_8));
      photos.add(new Photo(source, "cat/" + BACKWARDS + i, i % 2));
    }
  }

  /** All but the last are predicted rightly. */
  private Assessment assessment(String second) {
    float[][] probabilities = new float[8][];
    int[] truth = new int[8];
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      truth[i] = i % 2;
      groups[i] = i;
      boolean first = i % 2 == 0 || i == 7;
      probabilities[i] = first ? new float[] {0.875f, 0.125f} : new float[] {0.25f, 0.75f};
    }
    Predictions predictions =
        Predictions.of(new Labels(List.of("cat", second)), truth, groups, probabilities);
    return new Assessment(
        photos,
        predictions,
        Scores.of(predictions),
        List.of(new Assessment.Unreadable(photos.get(0), "it is cut off")),
        new LabelDifferences(Map.of(), List.of()),
        Optional.empty(),
        Optional.empty());
  }

  private String page(String second) throws IOException {
    return page(assessment(second));
  }

  private String page(Assessment assessment) throws IOException {
    Path file = folder.resolve("page.html");
    new EvaluationReport(assessment, Optional.empty(), Map.of(), "about", "made")
        .write(file, new PhotoPictures(Alpha.WHITE));
    return Files.readString(file);
  }

  @Test
  void theScoresAndTheMistakeStandThere() throws IOException {
    assertThat(page("dog"))
        .contains("87.5 %")
        .contains("1 photo could not be read")
        .contains(
            "taken for <strong><bdi>cat</bdi></strong> with <span class=\"whole\">87.5 %</span>");
  }

  @Test
  void ofALabelThatWasNotJudgedNothingIsSaid() throws IOException {
    float[][] probabilities = {{0.9f, 0.1f, 0}, {0.2f, 0.8f, 0}};
    Predictions predictions =
        Predictions.of(
            new Labels(List.of("cat", "dog", "burst")),
            new int[] {0, 1},
            new int[] {0, 1},
            probabilities);
    Assessment.NeverHeldOut burst =
        new Assessment.NeverHeldOut("burst", photos.subList(2, 6), true);
    String page =
        page(
            new Assessment(
                photos.subList(0, 2),
                predictions,
                Scores.of(predictions),
                List.of(),
                new LabelDifferences(Map.of(), List.of()),
                Optional.of(
                    new Assessment.Folds(
                        1, 5, 1, List.of(burst), Optional.of(Assessment.NoCurve.TOO_FEW_PHOTOS))),
                Optional.empty()));
    assertThat(page)
        .contains("Not judged: burst (its 4 photos belong together and count as one).")
        .contains("<td>–")
        .contains("<p>Not known: there are too few photos (a label")
        .doesNotContain("0.0 to 100.0 %");
  }

  @Test
  void noProbabilityOfChanceIsZero() {
    EvaluationReport report =
        new EvaluationReport(assessment("dog"), Optional.empty(), Map.of(), "about", "made");
    List<Integer> better = IntStream.range(0, 30).boxed().toList();
    assertThat(report.sentence(new Comparison(40, 9, better, List.of(), 2e-9)))
        .isEqualTo(
            "30 became right and 0 became wrong. Chance hardly explains such a difference"
                + " (McNemar's exact test: p < 0.0001).");
    assertThat(report.sentence(new Comparison(40, 39, List.of(1), List.of(), 1)))
        .endsWith("(McNemar's exact test: p = 1.0000).");
  }

  @Test
  void aLabelIsTextWhateverItLooksLike() throws IOException {
    assertThat(page(SCRIPT)).doesNotContain("<script").contains("&lt;script");
  }

  @Test
  void aNameThatTurnsTheLineAroundIsWrittenOut() throws IOException {
    assertThat(page("dog")).doesNotContain("\u202e").contains("\\u202e");
  }

  @Test
  void nothingIsFetchedAndNothingRuns() throws IOException {
    assertThat(page("dog"))
        .startsWith("<!DOCTYPE html>")
        .contains("default-src 'none'")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("javascript:");
  }

  @Test
  void aPhotoThatCannotBeReadAnyMoreHasNoPicture() throws IOException {
    assertThat(page("dog")).contains("no picture").doesNotContain("<img");
  }

  @Test
  void picturesStopWhereThePageWouldBecomeTooLarge() throws IOException {
    byte[] photo = Files.readAllBytes(Path.of("../examples/photos/bird/duck.jpg"));
    PhotoPictures pictures = new PhotoPictures(Alpha.WHITE);
    int characters = 0;
    String picture = "first";
    for (int i = 0; !picture.isEmpty(); i++) {
      picture = pictures.of(PhotoSource.bytes("photo-" + i, photo));
      characters += picture.length();
    }
    assertThat(characters).isBetween(3_900_000, PhotoPictures.MOST_CHARACTERS);
    // It would stand there once more.
    assertThat(pictures.of(PhotoSource.bytes("photo-0", photo))).isEmpty();
  }
}

package org.pupil.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.Message;
import org.pupil.errors.Setting;
import org.pupil.explain.Change;
import org.pupil.explain.ChangedAnswer;
import org.pupil.explain.Explanation;
import org.pupil.explain.SimilarPhoto;
import org.pupil.images.Alpha;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.Trust;

class ExplanationReportTest {
  @TempDir Path folder;

  private String page(String label) throws IOException {
    return page(label, false);
  }

  private String page(String label, boolean isUnlike) throws IOException {
    List<LabelProbability> labels =
        List.of(new LabelProbability(label, 0.5625f), new LabelProbability("dog", 0.4375f));
    Photo similar = new Photo(PhotoSource.bytes("x", new byte[0]), "cat/tom.jpg", 0);
    Explanation explanation =
        new Explanation(
            "who.jpg",
            labels,
            Optional.of(new Trust(0.25f, isUnlike, true)),
            Optional.empty(),
            List.of(new SimilarPhoto(similar, label, 0.75f, "dog")),
            List.of(
                new ChangedAnswer(Change.MIRRORED, List.of(labels.get(1), labels.get(0))),
                new ChangedAnswer(Change.GREY, labels)),
            List.of(Message.of("no heat map: give ", Setting.OUTPUT_LAYER)));
    Path file = folder.resolve("page.html");
    ExplanationReport report = new ExplanationReport(new PhotoPictures(Alpha.WHITE));
    report.add(explanation);
    report.add(explanation);
    report.write(file, "about", "made");
    return Files.readString(file);
  }

  /** A sentence in which every other part is a name, which may be written from right to left. */
  private static String isolated(String... parts) {
    StringBuilder sentence = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      sentence.append(i % 2 == 0 ? "<bdi>" + parts[i] + "</bdi>" : parts[i]);
    }
    return sentence.toString();
  }

  @Test
  void theAnswerAndWhatItRestsOnStandThere() throws IOException {
    assertThat(page("cat"))
        .contains(
            isolated("cat", " 0.56, ", "dog", " 0.44: undecided; looks most like ", "tom.jpg"))
        .contains("56.3 %")
        .contains("similarity 0.750")
        .contains("the model takes it for <bdi>dog</bdi>")
        .contains("1 of 2 small changes")
        .contains("no heat map: give --output_layer");
  }

  @Test
  void aPhotoUnlikeTheTrainingPhotosIsCalledSo() throws IOException {
    assertThat(page("cat")).doesNotContain("nlike anything").contains("is undecided", "0.250");
    assertThat(page("cat", true))
        .contains(
            isolated(
                "cat",
                " 0.56, ",
                "dog",
                " 0.44: unlike anything it was trained on; looks most like ",
                "tom.jpg"))
        .contains("<p class=\"bad\">The photo is unlike anything")
        .contains("0.250");
  }

  @Test
  void eachPhotoHasItsOwnSections() throws IOException {
    assertThat(page("cat").split("<h2>The answer: <bdi>who.jpg</bdi></h2>")).hasSize(3);
  }

  /** {@value ExplanationReport#MOST_IN_FULL} are shown, and the others have a row. */
  @Test
  void ofManyPhotosMostHaveOnlyARow() throws IOException {
    ExplanationReport report = new ExplanationReport(new PhotoPictures(Alpha.WHITE));
    report.addUnreadable("letter.jpg", "not an image");
    for (int i = 0; i < 23; i++) {
      report.add(explained("photo " + i + ".jpg"));
    }
    Path file = folder.resolve("many.html");
    report.write(file, "about", "made");

    assertThat(Files.readString(file))
        .contains("20 of 24 photos are shown in full")
        .contains(
            "Photo: <bdi>photo 19.jpg</bdi>", "<th scope=\"row\"><bdi>photo 20.jpg</bdi></th>")
        .contains("<bdi>cat</bdi> 1.00</td><td>1 of 1</td>")
        .contains("<bdi>letter.jpg</bdi></th><td class=\"text\">not an image</td><td></td>")
        .doesNotContain("Photo: <bdi>photo 20.jpg</bdi>")
        .doesNotContain("for which there is no room");
  }

  private static Explanation explained(String image) {
    List<LabelProbability> labels = List.of(new LabelProbability("cat", 1));
    return new Explanation(
        image,
        labels,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(new ChangedAnswer(Change.GREY, labels)),
        List.of());
  }

  /** Also if all their names are as long as they can be, of what is longest in HTML. */
  @Test
  void theRowsAreBounded() throws IOException {
    ExplanationReport report = new ExplanationReport(new PhotoPictures(Alpha.WHITE));
    String name = "&".repeat(255);
    for (int i = 0; i < 100_000; i++) {
      report.add(explained(name));
    }
    Path file = folder.resolve("rows.html");
    report.write(file, "about", "made");

    assertThat(Files.size(file)).isBetween(300_000L, 700_000L);
    assertThat(report.rows().size()).isBetween(200, 400);
    assertThat(Files.readString(file))
        .contains(
            "And %,d photos more, for which there is no room"
                .formatted(99_980 - report.rows().size()));
  }

  @Test
  void whatIsNotCertainIsNotCalledSo() {
    assertThat(ExplanationReport.percent(1)).isEqualTo("100.0 %");
    assertThat(ExplanationReport.percent(0.9996f)).isEqualTo(">99.9 %");
    assertThat(ExplanationReport.percent(0.9994f)).isEqualTo("99.9 %");
    assertThat(ExplanationReport.percent(0.0004f)).isEqualTo("<0.1 %");
    assertThat(ExplanationReport.percent(0)).isEqualTo("0.0 %");
  }

  @Test
  void aLabelIsTextWhateverItLooksLike() throws IOException {
    assertThat(page("<img src=x onerror=alert(1)>")).doesNotContain("<img");
  }
}

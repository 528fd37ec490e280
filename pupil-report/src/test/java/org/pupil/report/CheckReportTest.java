package org.pupil.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupil.check.CheckResult;
import org.pupil.check.Finding;
import org.pupil.check.Finding.Kind;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.PhotoSource;
import org.pupil.images.Alpha;

class CheckReportTest {
  @TempDir Path folder;

  private static Finding finding(Kind kind, String message, int photos) {
    List<PhotoSource> sources = new ArrayList<>();
    for (int i = 0; i < photos; i++) {
      sources.add(PhotoSource.bytes("photo-" + i, new byte[0]));
    }
    return new Finding(kind, true, sources, Optional.empty(), message, new Finding.Detail.None());
  }

  private String page(List<Finding> findings) throws IOException {
    Dataset photos =
        Dataset.builder().add("cat", "tom", new byte[1]).add("dog", "rex", new byte[2]).build();
    Path file = folder.resolve("page.html");
    new CheckReport(new CheckResult(photos, findings), "about", "made")
        .write(file, new PhotoPictures(Alpha.WHITE));
    return Files.readString(file);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindHasAHeadingAndAReason(Kind kind) throws IOException {
    assertThat(page(List.of(finding(kind, "look at this", 1))))
        .contains(CheckReport.heading(kind))
        .contains("href=\"#" + kind.id() + "\"")
        .contains("look at this");
  }

  @Test
  void nothingFoundIsSaid() throws IOException {
    assertThat(page(List.of())).contains("Nothing is worth a look among 2 photos.");
  }

  @Test
  void ofManyFindingsTheFirstAreShownAndTheOthersCounted() throws IOException {
    List<Finding> many = new ArrayList<>();
    for (int i = 0; i < CheckReport.MOST_OF_A_KIND + 5; i++) {
      many.add(finding(Kind.SUSPECT_LABEL, "suspect " + i + ".", 1));
    }
    assertThat(page(many))
        .contains("suspect 59.")
        .doesNotContain("suspect 60.")
        .contains("and 5 more");
  }

  @Test
  void howManyLabelsAreExpectedToBeWrongIsSaid() throws IOException {
    Finding one = finding(Kind.SUSPECT_LABEL, "suspect", 1);
    for (double expected : new double[] {0.6, 2.6}) {
      Finding suspect =
          new Finding(
              one.kind(),
              true,
              one.photos(),
              one.label(),
              one.message(),
              new Finding.Detail.Suspect("dog", -1, expected));
      assertThat(page(List.of(suspect)))
          .contains(
              expected < 1
                  ? "Of the 2 labels about 1 is expected to be wrong."
                  : "Of the 2 labels about 3 are expected to be wrong.");
    }
    assertThat(page(List.of(finding(Kind.BLANK, "blank", 1)))).doesNotContain("expected to be");
  }

  @Test
  void ofAFindingOfManyPhotosAFewAreShown() throws IOException {
    assertThat(page(List.of(finding(Kind.NEAR_DUPLICATE, "alike", 9))))
        .contains("photo-5")
        .doesNotContain("photo-6")
        .contains("and 3 more");
  }

  @Test
  void whatIsInAMessageIsText() throws IOException {
    assertThat(page(List.of(finding(Kind.TWO_LABELS, "<script>\u202e", 2))))
        .contains("&lt;script&gt;")
        .doesNotContain("<script")
        .doesNotContain("\u202e");
  }
}

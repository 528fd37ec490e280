package org.pupil.report;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.pupil.check.CheckResult;
import org.pupil.check.Finding;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;

/**
 * The report of a check of photos, {@code check.jte}: what is worth a look, kind by kind, with the
 * photos.
 *
 * @param about what was checked, in a few words
 * @param made when and by what, for its foot
 */
public record CheckReport(CheckResult check, String about, String made) {
  /** Of one kind more are not shown: who has mended these will check again. */
  static final int MOST_OF_A_KIND = 60;

  private static final int MOST_PHOTOS_OF_A_FINDING = 6;

  /**
   * Writes the report.
   *
   * @param file where to; replaced if it is there
   * @param pictures of the photos that are shown
   * @throws PupilException (unavailable) if it cannot be written
   */
  public void write(Path file, PhotoPictures pictures) {
    new Templates().write(file, "check.jte", Map.of("report", this, "pictures", pictures));
  }

  /** The kinds that were found, the worst first: those of which something is serious. */
  public List<Finding.Kind> kinds() {
    return Arrays.stream(Finding.Kind.values())
        .filter(kind -> !check.of(kind).isEmpty())
        .sorted(Comparator.comparing(kind -> !isSerious(kind)))
        .toList();
  }

  private boolean isSerious(Finding.Kind kind) {
    return check.of(kind).stream().anyMatch(Finding::isSerious);
  }

  /** The findings of a kind that are shown. */
  public List<Finding> shown(Finding.Kind kind) {
    return check.of(kind).stream().limit(MOST_OF_A_KIND).toList();
  }

  /** How many findings of a kind are not shown. */
  public int hidden(Finding.Kind kind) {
    return check.of(kind).size() - shown(kind).size();
  }

  /** Whether every finding of a kind is about one photo, so that they can stand side by side. */
  public boolean isOfOnePhotoEach(Finding.Kind kind) {
    return check.of(kind).stream().allMatch(finding -> finding.photos().size() == 1);
  }

  /** The photos of a finding that are shown. */
  public static <T> List<T> few(List<T> photos) {
    return photos.subList(0, Math.min(photos.size(), MOST_PHOTOS_OF_A_FINDING));
  }

  /** How many different photos are shown, which takes the time that it takes to decode them. */
  public int pictures() {
    return (int)
        kinds().stream()
            .flatMap(kind -> shown(kind).stream())
            .flatMap(finding -> few(finding.photos()).stream())
            .map(PhotoSource::name)
            .distinct()
            .count();
  }

  /** A kind's heading. */
  public static String heading(Finding.Kind kind) {
    return switch (kind) {
      case SHORTCUT -> "Shortcuts";
      case TWO_LABELS -> "One photo, two labels";
      case SUSPECT_LABEL -> "Labels that may be wrong";
      case SPLIT_LEAK -> "Copies on both sides of the test";
      case FEW_PHOTOS -> "Labels with few photos";
      case UNREADABLE -> "Files that cannot be read";
      case TRUNCATED -> "Damaged photos";
      case EMPTY -> "Empty files";
      case IMBALANCE -> "Labels of very different size";
      case BLANK -> "Blank photos";
      case TINY -> "Tiny photos";
      case EXTREME_SHAPE -> "Photos of extreme shape";
      case WRONG_EXTENSION -> "Names that promise another format";
      case EXACT_DUPLICATE -> "Exact copies";
      case NEAR_DUPLICATE -> "Photos that are nearly the same";
    };
  }

  /** How many labels are expected to be wrong, in a sentence, so that nobody reads on for fewer. */
  public String expectation(Finding.Kind kind) {
    return check.of(kind).stream()
        .map(Finding::detail)
        .filter(Finding.Detail.Suspect.class::isInstance)
        .map(Finding.Detail.Suspect.class::cast)
        .findFirst()
        .map(suspect -> Math.max(1, Math.round(suspect.expected())))
        .map(
            wrong ->
                "Of the %,d labels about %,d %s expected to be wrong."
                    .formatted(check.photos(), wrong, wrong == 1 ? "is" : "are"))
        .orElse("");
  }

  /** Why a kind matters. */
  public static String explanation(Finding.Kind kind) {
    return switch (kind) {
      case SHORTCUT ->
          "Something beside the subject tells the labels apart. A classifier may learn that instead,"
              + " and fail on photos that were made in another way.";
      case TWO_LABELS -> "At most one of the labels can be right.";
      case SUSPECT_LABEL ->
          "Layers that had not seen these photos say another label. Some of them are only hard;"
              + " a few are in the wrong folder.";
      case SPLIT_LEAK ->
          "A photo whose copy was learnt from is no test: the accuracy comes out too high. Pupil"
              + " keeps such photos on one side.";
      case FEW_PHOTOS ->
          "With so few photos, neither the classifier nor its test can be relied on.";
      case UNREADABLE, TRUNCATED, EMPTY -> "They are left out when a classifier is trained.";
      case IMBALANCE ->
          "A classifier prefers the label with more photos, and the accuracy hides what it does to"
              + " the other.";
      case BLANK, TINY, EXTREME_SHAPE ->
          "There is little to see in them once they have been resized for the network.";
      case WRONG_EXTENSION -> "Pupil reads them all the same; other programs may not.";
      case EXACT_DUPLICATE, NEAR_DUPLICATE ->
          "They add nothing new. Pupil keeps them on one side of the test, and counts them as one photo in every interval.";
    };
  }
}

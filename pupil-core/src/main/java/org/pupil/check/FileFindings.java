package org.pupil.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.check.Finding.Kind;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.Problem;
import org.pupil.dataset.UndecodableImageException;

/** Files that were meant as photos and cannot be used. */
final class FileFindings {
  private FileFindings() {}

  static List<Finding> of(CheckedPhotos photos) {
    List<Finding> findings = new ArrayList<>();
    for (PhotoBottlenecks.Failure failure : photos.bottlenecks().failures()) {
      findings.add(ofFailure(failure.photo(), photos.labelOf(failure.photo()), failure.reason()));
    }
    photos.dataset().problems().stream()
        .filter(problem -> problem.kind().leavesPhotosOut())
        .forEach(problem -> addLeftOut(problem, findings));
    return findings;
  }

  private static Finding ofFailure(Photo photo, String label, String reason) {
    if (UndecodableImageException.isOfDamage(reason)) {
      return Finding.of(
          Kind.TRUNCATED,
          true,
          photo.source(),
          label,
          "It cannot be used: "
              + reason
              + ". Copy it again from where it came from, or take it out.");
    }
    return Finding.of(
        Kind.UNREADABLE,
        true,
        photo.source(),
        label,
        "It cannot be used: " + reason + ". Save it again as JPEG, or take it out.");
  }

  private static void addLeftOut(Problem problem, List<Finding> findings) {
    for (Path path : problem.paths()) {
      findings.add(
          new Finding(
              problem.kind() == Problem.Kind.EMPTY_FILE ? Kind.EMPTY : Kind.UNREADABLE,
              true,
              List.of(PhotoSource.file(path)),
              problem.label(),
              message(problem.kind()),
              Finding.NO_DETAIL));
    }
  }

  private static String message(Problem.Kind kind) {
    return switch (kind) {
      case EMPTY_FILE -> "It is empty. Copy it again from where it came from, or take it out.";
      case UNSUPPORTED_FORMAT ->
          "It is in a format that is not read here (HEIC, HEIF, AVIF, JPEG XL or a camera's raw"
              + " format). Save it as JPEG; `pupil doctor` says what would read it.";
      case BAD_LINK ->
          "It is a broken link, or a link to a folder that contains it. Mend the link or delete it.";
      case MISSING ->
          "It is not there, though the table names it. Copy it there, or delete the row.";
      default -> "There is no permission to read it. Change its permissions.";
    };
  }
}

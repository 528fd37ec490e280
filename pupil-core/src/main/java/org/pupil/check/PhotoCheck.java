package org.pupil.check;

import java.util.ArrayList;
import java.util.List;
import org.pupil.background.Workers;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.similarity.NearDuplicates;
import org.pupil.similarity.PerceptualHash;
import org.pupil.training.CrossValidation;

/**
 * Looks for what is worth a look among labelled photos: files that cannot be used, copies, wrong
 * labels, and what a classifier may learn instead of the subject. No backbone is run; of the photos
 * only the beginnings of their files are read. The same photos give the same findings, with any
 * number of threads.
 *
 * <pre>{@code
 * CheckResult report = new PhotoCheck(seed, threads).of(photos, listener);
 * report.findings().forEach(finding -> System.out.println(finding.message()));
 * }</pre>
 */
public final class PhotoCheck {
  private final long seed;
  private final int threads;

  /** What is being done. */
  public enum Stage {
    /** The beginnings of files are read. */
    FILES,
    /** Photos are compared with each other. */
    COPIES,
    /** Layers are fitted, which label the photos that they have not seen. */
    LABELS,
    /** What each cue tells of the labels is worked out. */
    SHORTCUTS
  }

  /** Hears how a check goes on. */
  @FunctionalInterface
  public interface Listener {
    /** Hears nothing. */
    Listener NONE = stage -> {};

    /** A stage begins; they come in their order. What is thrown here ends the check. */
    void began(Stage stage);
  }

  /**
   * A check.
   *
   * @param seed decides the folds
   * @param threads how many cores to keep busy, at least 1
   */
  public PhotoCheck(long seed, int threads) {
    this.seed = seed;
    this.threads = threads;
  }

  /**
   * Checks photos.
   *
   * @throws PupilException (diverged) if a bottleneck is not a number, or too large a one
   */
  public CheckResult of(CheckedPhotos photos, Listener listener) {
    List<Finding> findings = new ArrayList<>(FileFindings.of(photos));
    findings.addAll(LabelCounts.of(photos));
    if (photos.usable().isEmpty()) {
      return new CheckResult(photos.dataset(), findings);
    }
    listener.began(Stage.FILES);
    Cue.Surface[] surfaces = surfaces(photos);
    findings.addAll(PictureFindings.of(photos, surfaces));
    listener.began(Stage.COPIES);
    Groups groups = groups(photos);
    findings.addAll(CopyFindings.of(photos, groups));
    listener.began(Stage.LABELS);
    CrossValidation.Listener fits = (done, all) -> {};
    findings.addAll(SuspectLabels.of(photos, groups.groupOf(), seed, threads, fits));
    listener.began(Stage.SHORTCUTS);
    findings.addAll(Shortcuts.of(photos, surfaces, groups.groupOf(), seed));
    return new CheckResult(photos.dataset(), findings);
  }

  private Cue.Surface[] surfaces(CheckedPhotos photos) {
    try (Workers workers = new Workers("pupil-check", threads)) {
      return new SurfaceReader(workers)
          .read(photos.usable().stream().map(Photo::source).toList(), photos.thumbnails());
    }
  }

  private Groups groups(CheckedPhotos photos) {
    return Groups.of(
        photos.bottlenecks(),
        NearDuplicates.of(
            photos.bottlenecks().bottlenecks(),
            PerceptualHash.ofThumbnails(photos.thumbnails(), threads),
            threads));
  }
}

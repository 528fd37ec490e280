package org.pupil.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pupil.background.Workers;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.similarity.NearDuplicates;

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
    /** The beginnings of files are read, photo by photo. */
    FILES,
    /** Photos are compared with each other, pair by pair. */
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
    Listener NONE = (stage, done, all) -> {};

    /**
     * So much of a stage is done. Stages come in their order, and each begins with 0. May be called
     * by several threads at once, so that a lower number comes after a higher one; what it throws
     * ends the check.
     *
     * @param done photos, pairs, layers or cues, as {@link Stage} says
     * @param all how many there are in this stage
     */
    void advanced(Stage stage, long done, long all);
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
    Cue.Surface[] surfaces = surfaces(photos, listener);
    findings.addAll(PictureFindings.of(photos, surfaces));
    Copies copies = copies(photos, surfaces, listener);
    findings.addAll(CopyFindings.of(photos, copies));
    listener.advanced(Stage.LABELS, 0, SuspectLabels.FOLDS);
    findings.addAll(
        SuspectLabels.of(
            photos,
            copies.groupOf(),
            seed,
            threads,
            (done, all) -> listener.advanced(Stage.LABELS, done, all)));
    findings.addAll(
        Shortcuts.of(
            photos,
            surfaces,
            copies.groupOf(),
            seed,
            (done, all) -> listener.advanced(Stage.SHORTCUTS, done, all)));
    return new CheckResult(photos.dataset(), findings);
  }

  private Cue.Surface[] surfaces(CheckedPhotos photos, Listener listener) {
    try (Workers workers = new Workers("pupil-check", threads)) {
      return new SurfaceReader(workers)
          .read(
              photos.usable().stream().map(Photo::source).toList(),
              photos.thumbnails(),
              (done, all) -> listener.advanced(Stage.FILES, done, all));
    }
  }

  private Copies copies(CheckedPhotos photos, Cue.Surface[] surfaces, Listener listener) {
    return Copies.of(
        photos.bottlenecks(),
        NearDuplicates.of(
            photos.bottlenecks().bottlenecks(),
            Arrays.stream(surfaces).map(Cue.Surface::hash).toList(),
            threads,
            (done, all) -> listener.advanced(Stage.COPIES, done, all)));
  }
}

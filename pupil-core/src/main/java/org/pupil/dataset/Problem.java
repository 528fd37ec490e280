package org.pupil.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.pupil.errors.Message;
import org.pupil.errors.OneLine;
import org.pupil.errors.Setting;

/**
 * Something about the photos that a person should know, although the work can go on.
 *
 * @param kind what it is
 * @param files how many files it speaks of, 0 where it speaks of a label or folder
 * @param message for the person: what, where, and what to do
 * @param label the folder of the label that it is about; empty if it is about none, or several
 * @param paths where the files are that were left out, in the order in which they were found; none
 *     if none was left out, or nobody noted them
 */
public record Problem(
    Kind kind, int files, Message message, Optional<String> label, List<Path> paths) {

  /** What a problem is about. */
  public enum Kind {
    /**
     * Files of a format that Pupil does not read, such as a camera's raw files, or HEIC without a
     * converter.
     */
    UNSUPPORTED_FORMAT(true),
    /** Files of no bytes that are named like photos. */
    EMPTY_FILE(true),
    /** Links that lead nowhere or back to a folder that holds them. */
    BAD_LINK(true),
    /** Files that may not be read. */
    UNREADABLE(true),
    /** Files that a table names and that are not there. */
    MISSING(true),
    /** Rows of a table that name a file once more. */
    TWICE(false),
    /** Photos beside the folders of the labels rather than inside one. */
    OUTSIDE_LABELS(true),
    /** Files of other kinds among the photos: notes, videos, archives. */
    NOT_A_PHOTO(false),
    /** A folder without photos; it gets no label. */
    EMPTY_LABEL(false),
    /** A folder whose label has not the white space at the ends of its name. */
    LABEL_TRIMMED(false),
    /** Folders that look as if they were none of labels. */
    PERHAPS_NO_LABELS(false),
    /** Two labels that differ in letter case, spaces or underscores only. */
    LABELS_ALIKE(false),
    /** A label of fewer than 20 photos. */
    FEW_PHOTOS(false),
    /** A label of too few photos to have one in each set. */
    MISSING_IN_A_SET(false),
    /** One photo, byte for byte, under more than one label. */
    UNDER_TWO_LABELS(false),
    /** One photo, byte for byte, in more than one of training, validation and testing. */
    ACROSS_SETS(false),
    /** Photos that are nearly the same, and cannot be kept in one set. */
    NEAR_DUPLICATES_ACROSS_SETS(false);

    private final boolean leavesPhotosOut;

    Kind(boolean leavesPhotosOut) {
      this.leavesPhotosOut = leavesPhotosOut;
    }

    /** Whether files that the person may have meant as photos are not used. */
    public boolean leavesPhotosOut() {
      return leavesPhotosOut;
    }
  }

  /** Below this many photos a label is mentioned, as retrain.py does. */
  private static final int FEW_PHOTOS = 20;

  public Problem {
    paths = List.copyOf(paths);
  }

  /** A problem of which no path need be noted. */
  public Problem(Kind kind, int files, Message message) {
    this(kind, files, message, Optional.empty(), List.of());
  }

  /** A problem whose message speaks of no setting. */
  public Problem(Kind kind, int files, String message) {
    this(kind, files, Message.of(message));
  }

  /** The message in one line, with the names that settings have elsewhere, see {@link OneLine}. */
  public String messageIn(Function<Setting, String> names) {
    return OneLine.of(message.in(names));
  }

  /** That a label has few photos, if it has. */
  static Optional<Problem> fewPhotos(String label, int photos) {
    return photos >= FEW_PHOTOS
        ? Optional.empty()
        : Optional.of(
            new Problem(
                Kind.FEW_PHOTOS,
                photos,
                "%s: only %s; with fewer than %d the result is unreliable: add photos"
                    .formatted(label, Names.count(photos, "photo"), FEW_PHOTOS)));
  }
}

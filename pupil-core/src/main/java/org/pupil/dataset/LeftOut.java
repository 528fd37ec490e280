package org.pupil.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.errors.Message;

/**
 * Counts the files of one label that are not used, so that a thousand of them are told in one line.
 */
final class LeftOut {

  /** Why a file is not used, and what a person can do about it. */
  enum Reason {
    HEIF(
        Problem.Kind.UNSUPPORTED_FORMAT,
        "photo",
        "in HEIC, HEIF or AVIF",
        "convert to JPEG first, with `sips -s format jpeg FILE --out FILE.jpg` on macOS or"
            + " `heif-convert FILE FILE.jpg` elsewhere"),
    RAW(
        Problem.Kind.UNSUPPORTED_FORMAT,
        "photo",
        "in a camera's raw format",
        "export as JPEG first, with the camera's own program or `darktable-cli FILE FILE.jpg`"),
    EMPTY(Problem.Kind.EMPTY_FILE, "photo", "of 0 bytes", "copy again from the source"),
    UNREADABLE(Problem.Kind.UNREADABLE, "file", "without access", "change the permissions"),
    LEADS_NOWHERE(Problem.Kind.BAD_LINK, "link", "to nowhere", "link again or delete"),
    LEADS_BACK(
        Problem.Kind.BAD_LINK,
        "link",
        "back to a folder around it",
        "link to the folder of the photos alone"),
    NOT_A_PHOTO(
        Problem.Kind.NOT_A_PHOTO,
        "file",
        "of another kind",
        "photos are JPEG, PNG, GIF, BMP, WebP or TIFF");

    private final Problem.Kind kind;
    private final String noun;
    private final String what;
    private final String advice;

    Reason(Problem.Kind kind, String noun, String what, String advice) {
      this.kind = kind;
      this.noun = noun;
      this.what = what;
      this.advice = advice;
    }
  }

  /** Files of one reason, and the first of their names. */
  private static final class Tally {
    private final List<Path> paths = new ArrayList<>();
    private String first = "";

    void add(String name, Path path) {
      if (paths.isEmpty() || Names.BY_CODE_POINT.compare(name, first) < 0) {
        first = name;
      }
      paths.add(path);
    }

    int files() {
      return paths.size();
    }
  }

  private final String label;
  private final Map<Reason, Tally> tallies = new EnumMap<>(Reason.class);

  /** Starts a count for the label whose folder has this name. */
  LeftOut(String label) {
    this.label = label;
  }

  /**
   * Counts a file.
   *
   * @param name what it is called in the data set
   */
  void add(Reason reason, String name, Path path) {
    tallies.computeIfAbsent(reason, unseen -> new Tally()).add(name, path);
  }

  /** One problem a reason, in the order of the reasons. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    tallies.forEach(
        (reason, tally) ->
            problems.add(
                new Problem(
                    reason.kind,
                    tally.files(),
                    Message.of(
                        "%s: left out %s %s (%s%s): %s"
                            .formatted(
                                label,
                                Names.count(tally.files(), reason.noun),
                                reason.what,
                                tally.files() == 1 ? "" : "first ",
                                tally.first,
                                reason.advice)),
                    Optional.of(label),
                    tally.paths)));
    return problems;
  }
}

package org.pupil.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pupil.errors.Message;

/**
 * Counts the files of one label that are not used, so that a thousand of them are told in one line.
 */
final class LeftOut {

  /** Why a file is not used, and what a person can do about it. */
  enum Reason {
    HEIF(PhotoFormat.HEIF),
    AVIF(PhotoFormat.AVIF),
    JPEG_XL(PhotoFormat.JPEG_XL),
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

    private static final String AS_ABOVE = "see above";

    private final Problem.Kind kind;
    private final String noun;
    private final String what;
    private final String advice;
    private final Optional<PhotoFormat> format;

    /** For photos of a format for which there is no converter here. */
    Reason(PhotoFormat format) {
      this.kind = Problem.Kind.UNSUPPORTED_FORMAT;
      this.noun = "photo";
      this.what = "in " + format.inWords();
      this.advice = "";
      this.format = Optional.of(format);
    }

    Reason(Problem.Kind kind, String noun, String what, String advice) {
      this.kind = kind;
      this.noun = noun;
      this.what = what;
      this.advice = advice;
      this.format = Optional.empty();
    }

    /** The reason for photos of a format that needs a converter. */
    static Reason noConverter(PhotoFormat format) {
      return Stream.of(values())
          .filter(reason -> reason.format.equals(Optional.of(format)))
          .findFirst()
          .orElseThrow();
    }

    /** What to do: how to get a converter is told for the first label only. */
    String advice(InstalledConverters converters, Set<Reason> told) {
      return format.map(each -> told.add(this) ? converters.advice(each) : AS_ABOVE).orElse(advice);
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

  /**
   * One problem a reason, in the order of the reasons.
   *
   * @param converters those of the system
   * @param told reasons of which another label's problems have told already what to do, to which
   *     those of this label are added
   */
  List<Problem> problems(InstalledConverters converters, Set<Reason> told) {
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
                                reason.advice(converters, told))),
                    Optional.of(label),
                    tally.paths)));
    return problems;
  }
}

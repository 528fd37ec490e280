package org.pupil.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.dataset.InstalledConverters;
import org.pupil.dataset.Names;
import org.pupil.dataset.PhotoFormat;

/** Counts what is left out by its reason, so that a thousand files are told in one line. */
final class Notes {
  /** Why files are left out, and what a person can do about it. */
  enum Reason {
    LINK(
        "link", "which may lead anywhere: unpack it yourself and give the folder if you need them"),
    SPECIAL("special file", "which is no photo"),
    EMPTY("photo", "of 0 bytes: get it again from its source"),
    HEIF(PhotoFormat.HEIF),
    AVIF(PhotoFormat.AVIF),
    JPEG_XL(PhotoFormat.JPEG_XL),
    RAW("photo", "in a camera's raw format: export as JPEG first"),
    NO_LABEL("photo", "for which there is no label"),
    BESIDE("photo", "beside the folders of the labels"),
    NO_ROW("photo", "that no row of the table names");

    private final String noun;
    private final String what;

    /** For photos of a format that needs a converter, where there is none. */
    Reason(PhotoFormat format) {
      this(
          "photo",
          "in %s: %s".formatted(format.inWords(), InstalledConverters.ofProcess().advice(format)));
    }

    Reason(String noun, String what) {
      this.noun = noun;
      this.what = what;
    }

    /** The reason for photos of a format that needs a converter. */
    static Reason noConverter(PhotoFormat format) {
      return switch (format) {
        case HEIF -> HEIF;
        case AVIF -> AVIF;
        case JPEG_XL -> JPEG_XL;
        default -> throw new IllegalArgumentException(format + " needs no converter");
      };
    }
  }

  private record Tally(int files, String first) {}

  private final Map<Reason, Tally> tallies = new LinkedHashMap<>();

  void add(Reason reason, String path) {
    tallies.merge(
        reason, new Tally(1, path), (before, now) -> new Tally(before.files + 1, before.first));
  }

  /** One note for each reason, in the order in which they came up. */
  List<Note> list() {
    List<Note> notes = new ArrayList<>();
    tallies.forEach(
        (reason, tally) ->
            notes.add(
                new Note(
                    tally.files,
                    "left out %s %s (%s%s)"
                        .formatted(
                            Names.count(tally.files, reason.noun),
                            reason.what,
                            tally.files == 1 ? "" : "first ",
                            tally.first))));
    return notes;
  }
}

package org.pupil.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pupil.dataset.PhotoSource;

/**
 * Something about labelled photos that is worth a look.
 *
 * @param kind what it is
 * @param isSerious whether a classifier, or its test, suffers from it
 * @param photos which it is about, in the order in which they should be looked at; none if it is
 *     about a label or about all photos
 * @param label which it is about; empty if it is about none, or several
 * @param message for a person: what it is and what to do, in a sentence or two. Names in it are as
 *     they are, not escaped
 * @param detail numbers of this kind
 */
public record Finding(
    Kind kind,
    boolean isSerious,
    List<PhotoSource> photos,
    Optional<String> label,
    String message,
    Detail detail) {

  /** What a finding is, the worst first. */
  public enum Kind {
    /** Something beside the subject tells the labels apart, and a classifier may learn that. */
    SHORTCUT,
    /** The same or nearly the same photo under more than one label. */
    TWO_LABELS,
    /** A photo that looks like those of another label. */
    SUSPECT_LABEL,
    /** Nearly the same photos of which some would teach and others test. */
    SPLIT_LEAK,
    /** A label of so few photos that nothing is known about it. */
    FEW_PHOTOS,
    /** A file that cannot be read, or is no photo of a known format. */
    UNREADABLE,
    /** A photo that is damaged, or of which the end is missing. */
    TRUNCATED,
    /** A file of no bytes. */
    EMPTY,
    /** A label of far fewer photos than another. */
    IMBALANCE,
    /** A photo of one colour. */
    BLANK,
    /** A photo of few pixels. */
    TINY,
    /** A photo that is far longer in one direction than in the other. */
    EXTREME_SHAPE,
    /** A file whose name promises another format. */
    WRONG_EXTENSION,
    /** The same photo, byte for byte, more than once under one label. */
    EXACT_DUPLICATE,
    /** Nearly the same photo more than once under one label. */
    NEAR_DUPLICATE;

    /** What programs call it: {@code suspect_label}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is known beside the message, by kind. */
  public sealed interface Detail {
    /** Nothing. */
    record None() implements Detail {}

    /**
     * How near photos are.
     *
     * @param similarity the cosine of the bottlenecks of those that are least alike, up to 1
     */
    record Similarity(double similarity) implements Detail {}

    /**
     * What a photo looks like.
     *
     * @param suggested the label that it looks like
     * @param score log p(its label) - log p(suggested) by layers that have not seen it; the lower,
     *     the more suspect
     * @param expected how many labels of all photos are wrong, by confident learning
     */
    record Suspect(String suggested, double score, double expected) implements Detail {}

    /**
     * How well something beside the subject tells a label from the others.
     *
     * @param cue what tells it
     * @param accuracy mean of the parts told right of the label's photos and of the others, 0 to 1,
     *     cross-validated
     * @param low where the accuracy lies at least, allowing for all cues that were tried
     * @param high where it lies at most
     * @param chance the accuracy of guessing
     */
    record Shortcut(Cue cue, double accuracy, double low, double high, double chance)
        implements Detail {}

    /**
     * How many photos there are.
     *
     * @param photos of the label
     * @param most of the label that has the most
     */
    record Count(int photos, int most) implements Detail {}
  }

  static final Detail NO_DETAIL = new Detail.None();

  public Finding {
    photos = List.copyOf(photos);
  }

  /** A finding about one photo. */
  static Finding of(Kind kind, boolean isSerious, PhotoSource photo, String label, String message) {
    return new Finding(kind, isSerious, List.of(photo), Optional.of(label), message, NO_DETAIL);
  }
}

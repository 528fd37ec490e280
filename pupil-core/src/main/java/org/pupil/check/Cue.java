package org.pupil.check;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.images.PhotoFacts;
import org.pupil.similarity.PerceptualHash;

/** Something about a photo that has nothing to do with its subject, or should not have. */
public enum Cue {
  IMAGE_SIZE("the size of the image"),
  SHAPE("the shape of the image"),
  FILE_FORMAT("the file format"),
  JPEG_QUALITY("the JPEG quality"),
  BORDER_COLOUR("the colour of the border"),
  BRIGHTNESS("the brightness"),
  CAMERA("the camera"),
  DATE("the day it was taken");

  private static final String NONE = "none";

  /**
   * A cue's value for one photo.
   *
   * @param number if the text is missing
   * @param text if values have no order
   */
  record Value(double number, @Nullable String text) {}

  /**
   * What is known of a photo without looking at its subject.
   *
   * @param facts empty if the file could not be read
   * @param look empty if there is no thumbnail
   * @param hash empty if there is no thumbnail
   */
  record Surface(Optional<PhotoFacts> facts, Optional<Look> look, Optional<PerceptualHash> hash) {}

  private final String words;

  Cue(String words) {
    this.words = words;
  }

  /** The cue of a photo; empty if it is not known. */
  Optional<Value> of(Surface photo) {
    return switch (this) {
      case IMAGE_SIZE -> photo.facts().map(f -> number((double) f.width() * f.height()));
      case SHAPE -> photo.facts().map(f -> number((double) f.width() / f.height()));
      case FILE_FORMAT -> photo.facts().map(f -> text(f.format().name()));
      case JPEG_QUALITY -> photo.facts().map(f -> number(f.jpegQuality().orElse(0)));
      case BORDER_COLOUR -> photo.look().map(look -> text(look.border().orElse(NONE)));
      case BRIGHTNESS -> photo.look().map(look -> number(look.brightness()));
      case CAMERA -> photo.facts().map(f -> text(f.camera().orElse(NONE)));
      case DATE -> photo.facts().map(f -> text(f.day().orElse(NONE)));
    };
  }

  private static Value number(double value) {
    return new Value(value, null);
  }

  private static Value text(String value) {
    return new Value(Double.NaN, value);
  }

  /** What programs call it: {@code jpeg_quality}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In words: {@code the JPEG quality}. */
  public String words() {
    return words;
  }
}

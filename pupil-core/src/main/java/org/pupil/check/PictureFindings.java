package org.pupil.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pupil.check.Finding.Kind;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFormat;
import org.pupil.images.PhotoFacts;

/** Photos in which there is little to see, or whose files are called what they are not. */
final class PictureFindings {
  /** A shorter side of fewer pixels is stretched to several times its size for every backbone. */
  static final int TINY = 32;

  /** A photo that is so many times longer than wide is hardly to be recognised in a square. */
  static final int EXTREME = 4;

  /** Least standard deviation of the levels of a photo that shows something. */
  static final double BLANK = 4;

  private static final Map<String, PhotoFormat> PROMISED =
      Map.ofEntries(
          Map.entry("jpg", PhotoFormat.JPEG),
          Map.entry("jpeg", PhotoFormat.JPEG),
          Map.entry("jpe", PhotoFormat.JPEG),
          Map.entry("jfif", PhotoFormat.JPEG),
          Map.entry("png", PhotoFormat.PNG),
          Map.entry("gif", PhotoFormat.GIF),
          Map.entry("bmp", PhotoFormat.BMP),
          Map.entry("webp", PhotoFormat.WEBP),
          Map.entry("tif", PhotoFormat.TIFF),
          Map.entry("tiff", PhotoFormat.TIFF),
          Map.entry("heic", PhotoFormat.HEIF),
          Map.entry("heif", PhotoFormat.HEIF),
          Map.entry("avif", PhotoFormat.AVIF),
          Map.entry("jxl", PhotoFormat.JPEG_XL));

  private final CheckedPhotos photos;
  private final List<Finding> findings = new ArrayList<>();

  private PictureFindings(CheckedPhotos photos) {
    this.photos = photos;
  }

  /**
   * Looks at the photos that can be decoded.
   *
   * @param surfaces one for each of them
   */
  static List<Finding> of(CheckedPhotos photos, Cue.Surface[] surfaces) {
    PictureFindings found = new PictureFindings(photos);
    for (int i = 0; i < surfaces.length; i++) {
      Photo photo = photos.usable().get(i);
      surfaces[i].look().ifPresent(look -> found.addLook(photo, look));
      surfaces[i].facts().ifPresent(facts -> found.addFacts(photo, facts));
    }
    return found.findings;
  }

  private void addLook(Photo photo, Look look) {
    if (look.contrast() < BLANK) {
      add(
          Kind.BLANK,
          photo,
          "It is all one colour, so there is nothing to learn from it. Take it out.");
    }
  }

  private void addFacts(Photo photo, PhotoFacts facts) {
    int shorter = Math.min(facts.width(), facts.height());
    int longer = Math.max(facts.width(), facts.height());
    String size = "It has %d x %d pixels".formatted(facts.width(), facts.height());
    if (shorter < TINY) {
      add(Kind.TINY, photo, size + ", hardly enough to recognise anything. Use a larger one.");
    }
    if (longer > (long) EXTREME * shorter) {
      add(
          Kind.EXTREME_SHAPE,
          photo,
          size + " and will be squeezed into a square. Crop it to the subject.");
    }
    promised(photo)
        .filter(format -> format != facts.format())
        .ifPresent(
            format ->
                add(
                    Kind.WRONG_EXTENSION,
                    photo,
                    "It is a %s file by its content, not %s. Pupil reads it all the same; other programs may not. Rename it."
                        .formatted(facts.format(), format)));
  }

  private static Optional<PhotoFormat> promised(Photo photo) {
    String name = photo.name();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(PROMISED.get(extension));
  }

  private void add(Kind kind, Photo photo, String message) {
    findings.add(Finding.of(kind, false, photo.source(), photos.labelOf(photo), message));
  }
}

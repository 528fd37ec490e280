package org.pupil.dataset;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a file is, as far as its name or its first bytes tell. */
public enum FileKind {
  /** One of the formats that Pupil reads. */
  PHOTO,
  /** HEIC or HEIF: a photo where there is a {@link PhotoConverter} for it. */
  HEIF,
  /** AVIF, likewise. */
  AVIF,
  /** JPEG XL, likewise. */
  JPEG_XL,
  /** A camera's raw file. */
  RAW,
  /** Another file, or one whose name says nothing. */
  OTHER;

  /** How many of a file's first bytes {@link #ofFirstBytes} looks at. */
  public static final int FIRST_BYTES = PhotoFormat.FIRST_BYTES;

  private static final Set<String> PHOTO_EXTENSIONS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff");
  private static final Set<String> HEIF_EXTENSIONS = Set.of("heic", "heif", "hif");
  private static final Set<String> RAW_EXTENSIONS =
      Set.of("cr2", "cr3", "nef", "nrw", "arw", "dng", "orf", "rw2", "raf", "pef", "srw");

  /** What the extension promises, in any letter case. */
  public static FileKind ofName(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (extension.length() == name.length()) {
      return OTHER;
    }
    if (PHOTO_EXTENSIONS.contains(extension)) {
      return PHOTO;
    }
    if (HEIF_EXTENSIONS.contains(extension)) {
      return HEIF;
    }
    if (extension.equals("avif")) {
      return AVIF;
    }
    if (extension.equals("jxl")) {
      return JPEG_XL;
    }
    return RAW_EXTENSIONS.contains(extension) ? RAW : OTHER;
  }

  /**
   * What the first bytes say.
   *
   * @param bytes the first {@link #FIRST_BYTES} bytes of the file, fewer if it is shorter
   */
  public static FileKind ofFirstBytes(byte[] bytes) {
    return PhotoFormat.of(bytes)
        .map(
            format ->
                switch (format) {
                  case HEIF -> HEIF;
                  case AVIF -> AVIF;
                  case JPEG_XL -> JPEG_XL;
                  case RAW -> RAW;
                  case JPEG, PNG, GIF, BMP, WEBP, TIFF -> PHOTO;
                })
        .orElse(OTHER);
  }

  /** The format that a converter has to read; empty if it is none of these. */
  public Optional<PhotoFormat> converted() {
    return switch (this) {
      case HEIF -> Optional.of(PhotoFormat.HEIF);
      case AVIF -> Optional.of(PhotoFormat.AVIF);
      case JPEG_XL -> Optional.of(PhotoFormat.JPEG_XL);
      case PHOTO, RAW, OTHER -> Optional.empty();
    };
  }

  /**
   * What a file is whose name alone did not make it a photo.
   *
   * <p>Bytes win over the name: phones write JPEG files called {@code .heic}. Only a raw file that
   * looks like a TIFF stays a raw file, for most raw formats are TIFF files whose only full-size
   * picture is the sensor's.
   */
  public FileKind correctedBy(byte[] firstBytes) {
    FileKind told = ofFirstBytes(firstBytes);
    if (this == RAW && PhotoFormat.of(firstBytes).equals(Optional.of(PhotoFormat.TIFF))) {
      return RAW;
    }
    return told == OTHER ? this : told;
  }
}

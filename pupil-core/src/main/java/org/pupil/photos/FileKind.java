package org.pupil.photos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Set;

/** What a file is, as far as its name or its first bytes tell. */
enum FileKind {
  /** One of the formats that Pupil reads. */
  PHOTO,
  /** HEIC, HEIF or AVIF. */
  HEIF,
  /** A camera's raw file. */
  RAW,
  /** Another file, or one whose name says nothing. */
  OTHER;

  /** How many of a file's first bytes {@link #ofFirstBytes} looks at. */
  static final int FIRST_BYTES = 20;

  private static final Set<String> PHOTO_EXTENSIONS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff");
  private static final Set<String> HEIF_EXTENSIONS = Set.of("heic", "heif", "hif", "avif");
  private static final Set<String> RAW_EXTENSIONS =
      Set.of("cr2", "cr3", "nef", "nrw", "arw", "dng", "orf", "rw2", "raf", "pef", "srw");

  private static final Set<String> HEIF_BRANDS =
      Set.of(
          "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "msf1",
          "avif", "avis");

  /** Sizes of the header that follows a BMP's file header, one for each version of the format. */
  private static final Set<Integer> BMP_HEADERS = Set.of(12, 16, 40, 52, 56, 64, 108, 124);

  /** What the extension promises, in any letter case. */
  static FileKind ofName(String name) {
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
    return RAW_EXTENSIONS.contains(extension) ? RAW : OTHER;
  }

  /**
   * What the first bytes say.
   *
   * @param bytes the first {@link #FIRST_BYTES} bytes of the file, fewer if it is shorter
   */
  static FileKind ofFirstBytes(byte[] bytes) {
    // One character a byte, so that marks can be written as text.
    String start = new String(bytes, ISO_8859_1);
    if (start.startsWith("ftyp", 4)) {
      String brand = start.substring(8, Math.min(12, start.length()));
      return HEIF_BRANDS.contains(brand) ? HEIF : brand.equals("crx ") ? RAW : OTHER;
    }
    if (start.startsWith("IIRO")
        || start.startsWith("IIRS")
        || start.startsWith("MMOR")
        || start.startsWith("IIU\0")
        || start.startsWith("FUJIFILM")
        || (start.startsWith("II*\0") && start.startsWith("CR", 8))) {
      return RAW;
    }
    boolean photo =
        start.startsWith("\u00ff\u00d8\u00ff")
            || start.startsWith("\u0089PNG\r\n\u001a\n")
            || start.startsWith("GIF87a")
            || start.startsWith("GIF89a")
            || (start.startsWith("RIFF") && start.startsWith("WEBP", 8))
            || isTiff(start)
            || isBmp(start);
    return photo ? PHOTO : OTHER;
  }

  /**
   * What a file is whose name alone did not make it a photo.
   *
   * <p>Bytes win over the name: phones write JPEG files called {@code .heic}. Only a raw file that
   * looks like a TIFF stays a raw file, for most raw formats are TIFF files whose only full-size
   * picture is the sensor's.
   */
  FileKind correctedBy(byte[] firstBytes) {
    FileKind told = ofFirstBytes(firstBytes);
    if (this == RAW && isTiff(new String(firstBytes, ISO_8859_1))) {
      return RAW;
    }
    return told == OTHER ? this : told;
  }

  private static boolean isTiff(String start) {
    return start.startsWith("II*\0")
        || start.startsWith("MM\0*")
        || start.startsWith("II+\0")
        || start.startsWith("MM\0+");
  }

  /** {@code BM} alone also starts many a text, so the size of the next header must fit too. */
  private static boolean isBmp(String start) {
    return start.startsWith("BM")
        && start.length() >= 18
        && BMP_HEADERS.contains((int) start.charAt(14))
        && start.startsWith("\0\0\0", 15);
  }
}

package org.pupil.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.Set;

/** What a photo's bytes are written in, told by the first of them: a file's name may lie. */
public enum PhotoFormat {
  JPEG,
  PNG,
  GIF,
  BMP,
  WEBP,
  /** TIFF with offsets of 4 bytes, or of 8 (BigTIFF). */
  TIFF,
  /** HEIC or HEIF, an iPhone's own format. A {@link PhotoConverter} is needed to read it. */
  HEIF,
  /** AVIF. A {@link PhotoConverter} is needed to read it. */
  AVIF,
  /** JPEG XL. A {@link PhotoConverter} is needed to read it. */
  JPEG_XL,
  /** A camera's raw file. Known, not read; those that begin as a TIFF count as {@link #TIFF}. */
  RAW;

  /** How many of a file's first bytes {@link #of} looks at. */
  public static final int FIRST_BYTES = 32;

  private static final Set<String> HEIF_BRANDS =
      Set.of(
          "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "msf1");

  private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");

  /** Brands that say only that there are pictures; the compatible brands then say which. */
  private static final Set<String> GENERAL_BRANDS = Set.of("mif1", "mif2", "msf1");

  /** Where the compatible brands begin, behind the brand and its version. */
  private static final int COMPATIBLE_BRANDS = 16;

  /** Sizes of the header that follows a BMP's file header, one for each version of the format. */
  private static final Set<Integer> BMP_HEADERS = Set.of(12, 16, 40, 52, 56, 64, 108, 124);

  /**
   * The format that a file begins with; empty if it is none of these.
   *
   * @param bytes at least the first {@link #FIRST_BYTES} bytes of the file, fewer if it is shorter
   */
  public static Optional<PhotoFormat> of(byte[] bytes) {
    // One character a byte, so that marks can be written as text.
    String start = new String(bytes, 0, Math.min(bytes.length, FIRST_BYTES), ISO_8859_1);
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return Optional.of(GIF);
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return Optional.of(WEBP);
    }
    if (start.startsWith("ftyp", 4)) {
      return ofBrand(start.substring(8, Math.min(12, start.length())), start);
    }
    if (start.startsWith("\u00ff\n") || start.startsWith("\0\0\0\fJXL \r\n\u0087\n")) {
      return Optional.of(JPEG_XL);
    }
    if (isRaw(start)) {
      return Optional.of(RAW);
    }
    if (isTiff(start)) {
      return Optional.of(TIFF);
    }
    return isBmp(start) ? Optional.of(BMP) : Optional.empty();
  }

  private static Optional<PhotoFormat> ofBrand(String brand, String start) {
    if (AVIF_BRANDS.contains(brand)
        || (GENERAL_BRANDS.contains(brand) && start.indexOf("avif", COMPATIBLE_BRANDS) >= 0)) {
      return Optional.of(AVIF);
    }
    if (HEIF_BRANDS.contains(brand)) {
      return Optional.of(HEIF);
    }
    return brand.equals("crx ") ? Optional.of(RAW) : Optional.empty();
  }

  /** Whether another program has to convert such a photo before it can be decoded. */
  public boolean needsConverter() {
    return this == HEIF || this == AVIF || this == JPEG_XL;
  }

  /** Its name as people write it: {@code JPEG XL}. */
  public String inWords() {
    return switch (this) {
      case HEIF -> "HEIC or HEIF";
      case JPEG_XL -> "JPEG XL";
      case WEBP -> "WebP";
      case RAW -> "a camera's raw format";
      case JPEG, PNG, GIF, BMP, TIFF, AVIF -> name();
    };
  }

  private static boolean isRaw(String start) {
    return start.startsWith("IIRO")
        || start.startsWith("IIRS")
        || start.startsWith("MMOR")
        || start.startsWith("IIU\0")
        || start.startsWith("FUJIFILM")
        || (start.startsWith("II*\0") && start.startsWith("CR", 8));
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

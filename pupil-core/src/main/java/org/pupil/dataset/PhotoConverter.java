package org.pupil.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Programs that write a photo again as a PNG or TIFF, which can be decoded. Those that stand first
 * are asked first. Left out are ffmpeg, which reads a single tile of most HEIC files before version
 * 7.1, and ImageMagick under its old name {@code convert}, which on Windows formats disks.
 *
 * <p>They are run in a folder of their own with file names that Pupil chooses, so that no name of a
 * photo can be read as an option.
 */
public enum PhotoConverter {
  /** Of libheif, from version 1.18 on. */
  HEIF_DEC("heif-dec", Set.of(PhotoFormat.HEIF, PhotoFormat.AVIF), Turning.BY_CONVERTER) {
    @Override
    List<String> arguments(String in, String out) {
      return List.of(in, out);
    }
  },
  /** The same under its older name. */
  HEIF_CONVERT("heif-convert", Set.of(PhotoFormat.HEIF, PhotoFormat.AVIF), Turning.BY_CONVERTER) {
    @Override
    List<String> arguments(String in, String out) {
      return List.of(in, out);
    }
  },
  /**
   * Part of macOS: AVIF from version 13 on, JPEG XL from version 14 on. It keeps the pixels as they
   * are stored and notes how to turn them, for which TIFF has a tag that all agree on.
   */
  SIPS(
      "sips",
      Set.of(PhotoFormat.HEIF, PhotoFormat.AVIF, PhotoFormat.JPEG_XL),
      Turning.NOTED_IN_FILE) {
    @Override
    List<String> arguments(String in, String out) {
      return List.of("-s", "format", "tiff", in, "--out", out);
    }
  },
  /** Of libavif. Up to version 1.3 it ignores how a picture is to be turned. */
  AVIFDEC("avifdec", Set.of(PhotoFormat.AVIF), Turning.NOT_RELIABLE) {
    @Override
    List<String> arguments(String in, String out) {
      return List.of(in, out);
    }
  },
  /** Of libjxl. */
  DJXL("djxl", Set.of(PhotoFormat.JPEG_XL), Turning.BY_CONVERTER) {
    @Override
    List<String> arguments(String in, String out) {
      return List.of(in, out);
    }
  },
  /** ImageMagick 7, which for Windows has decoders of all three formats built in. */
  MAGICK(
      "magick",
      Set.of(PhotoFormat.HEIF, PhotoFormat.AVIF, PhotoFormat.JPEG_XL),
      Turning.BY_CONVERTER) {
    @Override
    List<String> arguments(String in, String out) {
      // The prefix keeps a file from being taken for one of ImageMagick's scripts; [0] is the first
      // picture of several.
      String format = in.substring(in.lastIndexOf('.') + 1);
      return List.of(format + ":" + in + "[0]", "-auto-orient", "png:" + out);
    }
  };

  /** Who turns a picture upright that is stored in another way. */
  public enum Turning {
    /** The converter; what it notes about it in the file that it writes does not count. */
    BY_CONVERTER,
    /** Who reads the file that it writes, which says how. */
    NOTED_IN_FILE,
    /** Perhaps nobody: such pictures are left to other converters. */
    NOT_RELIABLE
  }

  private final String program;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<PhotoFormat> formats;

  private final Turning turning;

  PhotoConverter(String program, Set<PhotoFormat> formats, Turning turning) {
    this.program = program;
    this.formats = formats;
    this.turning = turning;
  }

  /** The name of the program, without an extension. */
  public String program() {
    return program;
  }

  /** Who turns a picture upright. */
  public Turning turning() {
    return turning;
  }

  /** Whether it reads a format. */
  public boolean reads(PhotoFormat format) {
    return formats.contains(format);
  }

  /** The name that a photo to be converted must have, told by its format. */
  public static String inputName(PhotoFormat format) {
    return switch (format) {
      case HEIF -> "photo.heic";
      case AVIF -> "photo.avif";
      case JPEG_XL -> "photo.jxl";
      default -> throw new IllegalArgumentException(format + " needs no converter");
    };
  }

  /** The extension of the file that it writes. */
  public String outputExtension() {
    return this == SIPS ? "tiff" : "png";
  }

  /** What to call the program with, after its own name. */
  abstract List<String> arguments(String in, String out);

  /**
   * What to call the program with, after its own name.
   *
   * @param format the photo's
   * @param out the name of the file to write
   */
  public List<String> arguments(PhotoFormat format, String out) {
    return arguments(inputName(format), out);
  }

  /** Whether it is to be looked for on a system, as {@code os.name} calls it. */
  boolean isOn(String system) {
    // Elsewhere other programs are called so.
    return this != SIPS || system.toLowerCase(Locale.ROOT).startsWith("mac");
  }
}

package org.pupil.images;

import java.util.Optional;
import java.util.OptionalLong;
import org.pupil.dataset.UndecodableImageException;

/**
 * The first directory of a TIFF file, which is also how EXIF writes what it has to say of a photo
 * (TIFF 6.0, section 2; EXIF 2.32, section 4.5).
 *
 * <pre>
 * "II" or "MM" for the order of bytes, 42 as uint16, offset of the directory as uint32
 * directory: number of entries as uint16, entries of 12 bytes:
 *   tag uint16, type uint16, number of values uint32, values or, if over 4 bytes, their offset
 * </pre>
 */
final class TiffDirectory {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  private static final int ORIENTATION = 274;

  /** More values than this are not looked at. */
  private static final int MOST_VALUES = 64;

  private static final int ENTRY_BYTES = 12;

  /** The type of texts. */
  private static final int ASCII = 2;

  private final HeaderBytes file;
  private final long offset;
  private final int entries;

  private TiffDirectory(HeaderBytes file, long offset, int entries) {
    this.file = file;
    this.offset = offset;
    this.entries = entries;
  }

  /**
   * Finds the directory.
   *
   * @param tiff a whole TIFF file
   * @throws UndecodableImageException if it ends before the directory begins, or is none
   */
  static TiffDirectory first(HeaderBytes tiff) throws UndecodableImageException {
    // Whatever order the file around it has.
    HeaderBytes file = tiff.startsWith(0, "II") ? tiff.littleEndian() : tiff.bigEndian();
    if (file.uint16(2) != 42) {
      throw new UndecodableImageException(
          "TIFF with offsets of 8 bytes (BigTIFF) is not supported: save it as ordinary TIFF");
    }
    long offset = file.uint32(4);
    return new TiffDirectory(file, offset, file.uint16(offset));
  }

  /**
   * How EXIF data says that the photo must be turned.
   *
   * @param exif a TIFF file with the EXIF data, which some writers begin with the mark that it has
   *     in a JPEG; anything else counts as upright
   */
  static Orientation exifOrientation(HeaderBytes exif) {
    HeaderBytes tiff = exif.startsWith(0, "Exif\0\0") ? exif.from(6) : exif;
    if (!tiff.startsWith(0, "II*\0") && !tiff.startsWith(0, "MM\0*")) {
      return Orientation.UPRIGHT;
    }
    try {
      return first(tiff).orientation();
    } catch (UndecodableImageException e) {
      // EXIF data that is damaged says nothing; the image around it may be whole.
      return Orientation.UPRIGHT;
    }
  }

  Orientation orientation() throws UndecodableImageException {
    return Orientation.ofTag(value(ORIENTATION).orElse(1));
  }

  /** The first value of a tag; empty if the tag is not there or is no whole number. */
  OptionalLong value(int tag) throws UndecodableImageException {
    long[] values = values(tag);
    return values.length == 0 ? OptionalLong.empty() : OptionalLong.of(values[0]);
  }

  /** The first values of a tag; none if the tag is not there or holds no whole numbers. */
  long[] values(int tag) throws UndecodableImageException {
    for (int i = 0; i < entries; i++) {
      long entry = offset + 2 + (long) i * ENTRY_BYTES;
      if (file.uint16(entry) == tag) {
        return valuesOf(entry);
      }
    }
    return new long[0];
  }

  /** The text of a tag as it is written, without what follows its end; empty if there is none. */
  Optional<String> text(int tag) throws UndecodableImageException {
    for (int i = 0; i < entries; i++) {
      long entry = offset + 2 + (long) i * ENTRY_BYTES;
      if (file.uint16(entry) == tag && file.uint16(entry + 2) == ASCII) {
        return Optional.of(textOf(entry));
      }
    }
    return Optional.empty();
  }

  private String textOf(long entry) throws UndecodableImageException {
    long count = Math.min(file.uint32(entry + 4), MOST_VALUES);
    long at = file.uint32(entry + 4) <= 4 ? entry + 8 : file.uint32(entry + 8);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count && file.uint8(at + i) != 0; i++) {
      text.append((char) file.uint8(at + i));
    }
    return text.toString().strip();
  }

  /** The directory that a tag leads to; empty if there is no such tag. */
  Optional<TiffDirectory> directory(int tag) throws UndecodableImageException {
    OptionalLong at = value(tag);
    return at.isEmpty()
        ? Optional.empty()
        : Optional.of(new TiffDirectory(file, at.getAsLong(), file.uint16(at.getAsLong())));
  }

  private long[] valuesOf(long entry) throws UndecodableImageException {
    int type = file.uint16(entry + 2);
    long count = file.uint32(entry + 4);
    int size = type == 1 ? 1 : type == 3 ? 2 : type == 4 ? 4 : 0;
    if (size == 0) {
      return new long[0];
    }
    long at = count * size <= 4 ? entry + 8 : file.uint32(entry + 8);
    long[] values = new long[(int) Math.min(count, MOST_VALUES)];
    for (int i = 0; i < values.length; i++, at += size) {
      values[i] = size == 1 ? file.uint8(at) : size == 2 ? file.uint16(at) : file.uint32(at);
    }
    return values;
  }
}

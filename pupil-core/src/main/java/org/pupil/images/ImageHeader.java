package org.pupil.images;

import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;

/**
 * What an image says of itself before it is decoded: enough to refuse it, or to choose how to
 * decode it.
 *
 * @param format by content
 * @param width columns as stored, before it is turned upright; at least 1
 * @param height rows as stored; at least 1
 * @param orientation how to turn it upright
 */
record ImageHeader(PhotoFormat format, int width, int height, Orientation orientation) {
  /** A number of pixels that no camera makes; a header that claims more is an attack or damage. */
  static final int MAX_PIXELS = 250_000_000;

  /** The same for what must be unpacked whole before it can be made smaller: 400 MB then. */
  static final int MAX_PIXELS_WHOLE = 100_000_000;

  /** From so many pixels on, two images are not decoded at the same time. */
  private static final int LARGE_PIXELS = 32_000_000;

  private static final int BMP_SHORT_HEADER = 12;

  /** A BMP whose pixels are a whole JPEG or PNG file. */
  private static final int BMP_JPEG = 4;

  private static final int BMP_PNG = 5;

  private static final int MAX_TIFF_SAMPLES = 8;
  private static final int MAX_TIFF_BITS = 64;
  private static final int MAX_TIFF_TILE_SIDE = 1 << 16;

  /**
   * Reads the header.
   *
   * @throws UndecodableImageException if the bytes are no image of a known format, end before the
   *     size is told, or claim no pixels or too many
   */
  static ImageHeader read(byte[] bytes) throws UndecodableImageException {
    if (bytes.length == 0) {
      throw new UndecodableImageException("the file is empty");
    }
    PhotoFormat format =
        PhotoFormat.of(bytes)
            .orElseThrow(
                () ->
                    new UndecodableImageException(
                        "not an image (JPEG, PNG, GIF, BMP, WebP or TIFF)"));
    return switch (format) {
      case JPEG -> JpegMarkers.read(bytes);
      case PNG -> PngHeader.read(bytes);
      case GIF -> {
        GifFirstFrame frame = GifFirstFrame.find(bytes);
        yield checked(format, frame.width(), frame.height(), Orientation.UPRIGHT);
      }
      case BMP -> readBmp(HeaderBytes.littleEndian(bytes));
      case WEBP -> {
        WebpFirstFrame frame = WebpFirstFrame.find(bytes);
        yield checked(format, frame.width(), frame.height(), frame.orientation());
      }
      case TIFF -> readTiff(TiffDirectory.first(HeaderBytes.bigEndian(bytes)));
      case HEIF, AVIF -> HeifHeader.read(format, bytes);
      case JPEG_XL -> JpegXlHeader.read(bytes);
      case RAW ->
          throw new UndecodableImageException(
              "a camera's raw format is not supported: export the photo as JPEG");
    };
  }

  private static ImageHeader readBmp(HeaderBytes file) throws UndecodableImageException {
    if (file.uint32(14) == BMP_SHORT_HEADER) {
      return checked(PhotoFormat.BMP, file.uint16(18), file.uint16(20), Orientation.UPRIGHT);
    }
    long compression = file.uint32(30);
    if (compression == BMP_JPEG || compression == BMP_PNG) {
      throw new UndecodableImageException(
          "a BMP with a JPEG or PNG inside is not supported: save it as JPEG or PNG");
    }
    // Rows from top to bottom are marked by a negative height.
    long height = Math.abs((long) file.int32(22));
    return checked(PhotoFormat.BMP, file.int32(18), height, Orientation.UPRIGHT);
  }

  private static ImageHeader readTiff(TiffDirectory directory) throws UndecodableImageException {
    long samples = directory.value(TiffDirectory.SAMPLES_PER_PIXEL).orElse(1);
    long bits = directory.value(TiffDirectory.BITS_PER_SAMPLE).orElse(1);
    long tileSide =
        Math.max(
            directory.value(TiffDirectory.TILE_WIDTH).orElse(0),
            directory.value(TiffDirectory.TILE_HEIGHT).orElse(0));
    if (samples > MAX_TIFF_SAMPLES || bits > MAX_TIFF_BITS || tileSide > MAX_TIFF_TILE_SIDE) {
      throw new UndecodableImageException(
          "TIFF with %d channels of %d bits in tiles of %d pixels is not supported: save it anew"
              .formatted(samples, bits, tileSide));
    }
    ImageHeader header =
        checked(
            PhotoFormat.TIFF,
            directory.value(TiffDirectory.WIDTH).orElse(0),
            directory.value(TiffDirectory.HEIGHT).orElse(0),
            directory.orientation());
    TiffSamples.read(directory); // refuses what is not supported
    return header;
  }

  private static ImageHeader checked(
      PhotoFormat format, long width, long height, Orientation orientation)
      throws UndecodableImageException {
    return checked(format, width, height, orientation, MAX_PIXELS_WHOLE);
  }

  /** A header, or the reason why nobody should decode what it describes. */
  static ImageHeader checked(
      PhotoFormat format, long width, long height, Orientation orientation, int maxPixels)
      throws UndecodableImageException {
    if (width <= 0 || height <= 0) {
      throw new UndecodableImageException(
          "the image has no pixels (" + width + " x " + height + ")");
    }
    if (width > maxPixels || height > maxPixels || width * height > maxPixels) {
      throw new UndecodableImageException(
          "the image is too large (%d x %d pixels; at most %d million are decoded)"
              .formatted(width, height, maxPixels / 1_000_000));
    }
    return new ImageHeader(format, (int) width, (int) height, orientation);
  }

  /** The same, but the stored rows and columns are those of the upright image. */
  ImageHeader upright() {
    return new ImageHeader(format, width, height, Orientation.UPRIGHT);
  }

  /** Whether the upright image has the width and height of another one that is stored upright. */
  boolean isUprightAs(ImageHeader other) {
    return orientation.transposed
        ? width == other.height && height == other.width
        : width == other.width && height == other.height;
  }

  /** True if there should be room for one such image at a time only. */
  boolean isLarge() {
    return width * height >= LARGE_PIXELS;
  }
}

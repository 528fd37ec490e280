package org.pupil.images;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.imaging.jpeg.JpegSegmentData;
import com.drew.imaging.jpeg.JpegSegmentReader;
import com.drew.imaging.jpeg.JpegSegmentType;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * What an image says of itself before it is decoded: enough to refuse it, or to choose how to
 * decode it.
 *
 * @param format by content
 * @param width columns as stored, before it is turned upright
 * @param height rows as stored
 * @param orientation how to turn it upright
 */
record ImageHeader(ImageFormat format, int width, int height, Orientation orientation) {
  /** A number of pixels that no camera makes; a header that claims more is an attack or damage. */
  static final long MAX_PIXELS = 250_000_000;

  private static final List<JpegSegmentType> START_OF_FRAME =
      List.of(
          JpegSegmentType.SOF0,
          JpegSegmentType.SOF1,
          JpegSegmentType.SOF2,
          JpegSegmentType.SOF3,
          JpegSegmentType.SOF5,
          JpegSegmentType.SOF6,
          JpegSegmentType.SOF7,
          JpegSegmentType.SOF9,
          JpegSegmentType.SOF10,
          JpegSegmentType.SOF11,
          JpegSegmentType.SOF13,
          JpegSegmentType.SOF14,
          JpegSegmentType.SOF15);

  private static final Set<JpegSegmentType> OF_INTEREST =
      Set.of(
          JpegSegmentType.APP1,
          JpegSegmentType.SOF0,
          JpegSegmentType.SOF1,
          JpegSegmentType.SOF2,
          JpegSegmentType.SOF3,
          JpegSegmentType.SOF5,
          JpegSegmentType.SOF6,
          JpegSegmentType.SOF7,
          JpegSegmentType.SOF9,
          JpegSegmentType.SOF10,
          JpegSegmentType.SOF11,
          JpegSegmentType.SOF13,
          JpegSegmentType.SOF14,
          JpegSegmentType.SOF15);

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
    ImageFormat format =
        ImageFormat.of(bytes).orElseThrow(() -> new UndecodableImageException(whyUnknown(bytes)));
    ImageHeader header =
        switch (format) {
          case JPEG -> readJpeg(bytes);
          case PNG ->
              new ImageHeader(
                  format, bigEndian32(bytes, 16), bigEndian32(bytes, 20), anyOrientation(bytes));
          case GIF ->
              new ImageHeader(
                  format, littleEndian16(bytes, 6), littleEndian16(bytes, 8), Orientation.UPRIGHT);
          case BMP, WEBP, TIFF -> readByImageIo(format, bytes);
        };
    header.check();
    return header;
  }

  private static String whyUnknown(byte[] bytes) {
    return ImageFormat.isHeif(bytes)
        ? "HEIC, HEIF and AVIF are not supported: save the photo as JPEG"
        : "not an image (JPEG, PNG, GIF, BMP, WebP or TIFF)";
  }

  private void check() throws UndecodableImageException {
    if (width <= 0 || height <= 0) {
      throw new UndecodableImageException(
          "the image has no pixels (" + width + " x " + height + ")");
    }
    if ((long) width * height > MAX_PIXELS) {
      throw new UndecodableImageException(
          "the image is too large ("
              + width
              + " x "
              + height
              + " pixels; at most "
              + MAX_PIXELS / 1_000_000
              + " million are decoded)");
    }
  }

  private static ImageHeader readJpeg(byte[] bytes) throws UndecodableImageException {
    JpegSegmentData segments;
    try {
      segments = JpegSegmentReader.readSegments(new SequentialByteArrayReader(bytes), OF_INTEREST);
    } catch (JpegProcessingException | IOException e) {
      throw new UndecodableImageException("the JPEG is damaged or cut off", e);
    }
    for (JpegSegmentType type : START_OF_FRAME) {
      byte[] frame = segments.getSegment(type);
      if (frame != null) {
        return new ImageHeader(
            ImageFormat.JPEG,
            bigEndian16(frame, 3),
            bigEndian16(frame, 1),
            exifOrientation(segments.getSegments(JpegSegmentType.APP1)));
      }
    }
    throw new UndecodableImageException("the JPEG is damaged or cut off");
  }

  private static Orientation exifOrientation(Iterable<byte[]> app1Segments) {
    Metadata metadata = new Metadata();
    new ExifReader().readJpegSegments(app1Segments, metadata, JpegSegmentType.APP1);
    return orientation(metadata);
  }

  private static Orientation anyOrientation(byte[] bytes) throws UndecodableImageException {
    try {
      return orientation(ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes)));
    } catch (ImageProcessingException | IOException e) {
      throw new UndecodableImageException("the image is damaged or cut off", e);
    }
  }

  private static Orientation orientation(Metadata metadata) {
    ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer tag = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
    return tag == null ? Orientation.UPRIGHT : Orientation.ofTag(tag);
  }

  private static ImageHeader readByImageIo(ImageFormat format, byte[] bytes)
      throws UndecodableImageException {
    try (ImageIoImage image = ImageIoImage.open(format, bytes)) {
      Orientation orientation =
          format == ImageFormat.BMP ? Orientation.UPRIGHT : anyOrientation(bytes);
      return new ImageHeader(format, image.width(), image.height(), orientation);
    }
  }

  private static int unsigned(byte[] bytes, int at) throws UndecodableImageException {
    if (at >= bytes.length) {
      throw new UndecodableImageException("the image is cut off in its header");
    }
    return bytes[at] & 0xff;
  }

  private static int bigEndian16(byte[] bytes, int at) throws UndecodableImageException {
    return unsigned(bytes, at) << 8 | unsigned(bytes, at + 1);
  }

  private static int bigEndian32(byte[] bytes, int at) throws UndecodableImageException {
    return bigEndian16(bytes, at) << 16 | bigEndian16(bytes, at + 2);
  }

  private static int littleEndian16(byte[] bytes, int at) throws UndecodableImageException {
    return unsigned(bytes, at + 1) << 8 | unsigned(bytes, at);
  }
}

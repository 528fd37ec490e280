package org.pupil.images;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;

/**
 * What a photo's file says of the photo without being decoded: what it is written in, how large the
 * picture is, and where it comes from. The file may say anything: texts are as it has them, so
 * whoever prints them must escape them.
 *
 * @param format by content
 * @param width columns of the upright picture, at least 1
 * @param height rows of the upright picture, at least 1
 * @param jpegQuality 1 to 100, as libjpeg counts, from the table that quantises the brightness;
 *     empty if it is no JPEG, or has no such table before its first scan
 * @param camera maker and model as EXIF has them, at most 129 characters; empty if it does not say
 * @param day when it was taken, {@code 2019:07:21} as EXIF writes dates; empty if it does not say
 */
public record PhotoFacts(
    PhotoFormat format,
    int width,
    int height,
    OptionalInt jpegQuality,
    Optional<String> camera,
    Optional<String> day) {
  private static final int MAKE = 271;
  private static final int MODEL = 272;
  private static final int CHANGED = 306;
  private static final int EXIF = 0x8769;
  private static final int TAKEN = 0x9003;
  private static final int DAY_LENGTH = "2019:07:21".length();

  /**
   * Reads what the file says.
   *
   * @param bytes the whole file; of a JPEG at least all that stands before its first scan
   * @throws UndecodableImageException if it is no image of a known format, or ends before its size
   *     is told
   */
  public static PhotoFacts of(byte[] bytes) throws UndecodableImageException {
    Optional<PhotoFormat> format = PhotoFormat.of(bytes);
    if (format.equals(Optional.of(PhotoFormat.JPEG))) {
      return ofJpeg(JpegMarkers.beforeFirstScan(bytes));
    }
    ImageHeader header = ImageHeader.read(bytes);
    Optional<HeaderBytes> tiff =
        header.format() == PhotoFormat.TIFF
            ? Optional.of(HeaderBytes.bigEndian(bytes))
            : Optional.empty();
    return of(
        header.format(),
        header.width(),
        header.height(),
        header.orientation(),
        OptionalInt.empty(),
        tiff);
  }

  private static PhotoFacts ofJpeg(JpegMarkers markers) throws UndecodableImageException {
    ImageHeader.checked(
        PhotoFormat.JPEG,
        markers.width(),
        markers.height(),
        markers.orientation(),
        ImageHeader.MAX_PIXELS);
    return of(
        PhotoFormat.JPEG,
        markers.width(),
        markers.height(),
        markers.orientation(),
        markers.quantisation().map(JpegQuality::of).orElse(OptionalInt.empty()),
        markers.exif());
  }

  private static PhotoFacts of(
      PhotoFormat format,
      int width,
      int height,
      Orientation orientation,
      OptionalInt jpegQuality,
      Optional<HeaderBytes> tiff) {
    return new PhotoFacts(
        format,
        orientation.transposed ? height : width,
        orientation.transposed ? width : height,
        jpegQuality,
        tiff.flatMap(PhotoFacts::camera),
        tiff.flatMap(PhotoFacts::day));
  }

  private static Optional<String> camera(HeaderBytes tiff) {
    try {
      TiffDirectory directory = TiffDirectory.first(tiff);
      String camera =
          Stream.of(directory.text(MAKE), directory.text(MODEL))
              .flatMap(Optional::stream)
              .collect(Collectors.joining(" "));
      return Optional.of(camera).filter(text -> !text.isBlank());
    } catch (UndecodableImageException e) {
      return Optional.empty(); // what is damaged says nothing
    }
  }

  private static Optional<String> day(HeaderBytes tiff) {
    try {
      TiffDirectory directory = TiffDirectory.first(tiff);
      Optional<TiffDirectory> exif = directory.directory(EXIF);
      Optional<String> taken = exif.isPresent() ? exif.get().text(TAKEN) : Optional.empty();
      return (taken.isPresent() ? taken : directory.text(CHANGED))
          .filter(text -> text.length() >= DAY_LENGTH)
          .map(text -> text.substring(0, DAY_LENGTH))
          .filter(text -> text.matches("[12]\\d{3}:\\d\\d:\\d\\d"));
    } catch (UndecodableImageException e) {
      return Optional.empty();
    }
  }
}

package org.pupil.images;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.PhotoConverter;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.errors.PupilException;

/**
 * Turns the bytes of photos into the pixels that a backbone wants: decoded, upright, stretched to
 * its size and scaled to its numbers. Training and labelling use this one decoder, so that a model
 * never sees pixels made another way.
 *
 * <p>The numbers are those that TensorFlow's decoders give with the accurate integer DCT, and its
 * bilinear stretch with legacy coordinates. The original scripts use the fast DCT, whose levels
 * differ by one on average. Four things go beyond them. EXIF orientation is applied. Transparent
 * pixels are put on white, unless {@link Alpha} says that they are not. A large JPEG is decoded at
 * the smallest of libjpeg's scales (1/8, 1/4, 1/2) that keeps both sides at least twice the size
 * that it is then stretched to. WebP, TIFF and BMP are read too; so are HEIC, AVIF and JPEG XL,
 * where a program of the system converts them ({@link PhotoConverter}). A colour profile is not
 * applied, as in the originals; channels of more than 8 bits keep their high byte, floats of 0 to 1
 * become 0 to 255; grey, palette and CMYK become RGB; of an animation the first frame counts,
 * without the canvas around it. Refused are images of more than 100 million pixels; of 250 million
 * if they are a JPEG that is not progressive, which can be made smaller while it is read.
 *
 * <p>Safe for use by many threads: each call works in its own thread. Only images of 32 million
 * pixels and more are decoded one after the other, so that memory for one of them is enough.
 */
public final class ImageDecoder {
  private static final int MAX_JPEG_RATIO = 8;

  private final InputSpec spec;
  private final Alpha alpha;
  private final PhotoConversion conversion;
  private final Lock largeImages = new ReentrantLock();

  /**
   * A decoder that puts transparent pixels on white.
   *
   * @throws PupilException (unavailable) if the library that decodes cannot be loaded
   */
  public ImageDecoder(InputSpec spec) {
    this(spec, Alpha.WHITE);
  }

  /**
   * A decoder.
   *
   * @param alpha what becomes of transparent pixels
   * @throws PupilException (unavailable) if the library that decodes cannot be loaded
   */
  public ImageDecoder(InputSpec spec, Alpha alpha) {
    this(spec, alpha, PhotoConversion.ofProcess());
  }

  /**
   * @param conversion converts what needs it
   */
  ImageDecoder(InputSpec spec, Alpha alpha, PhotoConversion conversion) {
    LeptonicaLibrary.load();
    this.spec = spec;
    this.alpha = alpha;
    this.conversion = conversion;
  }

  /** What the pixels are made for. */
  public InputSpec spec() {
    return spec;
  }

  /**
   * Decodes one photo.
   *
   * @param encoded the whole content of the file
   * @return the pixels, [height, width, 3] row-major, RGB, scaled as {@link InputSpec} says
   * @throws UndecodableImageException if the bytes are no whole image of a known format, or one of
   *     too many pixels, or one that needs a converter and none can read it
   * @throws IllegalStateException if the thread is interrupted while a converter works
   */
  public float[] decode(byte[] encoded) throws UndecodableImageException {
    float[] pixels = new float[spec.floats()];
    decode(encoded, pixels, 0);
    return pixels;
  }

  /**
   * Decodes one photo into a part of a larger array, such as one image of a batch.
   *
   * @param encoded the whole content of the file
   * @param target receives {@code spec().floats()} values from {@code offset} on, as {@link
   *     #decode(byte[])} gives them; after an exception what stands there is undefined
   * @throws UndecodableImageException as {@link #decode(byte[])}
   */
  public void decode(byte[] encoded, float[] target, int offset) throws UndecodableImageException {
    decodeAny(encoded, null, target, offset);
  }

  /**
   * Decodes one photo and distorts it. Orientation comes first, so that left and right are those of
   * the upright image.
   *
   * @param encoded the whole content of the file
   * @param distortion what happens to it
   * @param target as in {@link #decode(byte[], float[], int)}
   * @throws IllegalArgumentException if the distortion was drawn for another size
   * @throws UndecodableImageException as {@link #decode(byte[])}
   */
  public void decode(byte[] encoded, Distortion distortion, float[] target, int offset)
      throws UndecodableImageException {
    decode(
        encoded,
        new Wanted(List.of(distortion), distortion.height(), distortion.width()),
        target,
        offset);
  }

  /**
   * Decodes one photo once and distorts it in several ways.
   *
   * @param encoded the whole content of the file
   * @param kinds what the distortions were drawn by: a large JPEG is decoded at a size that is
   *     enough for whatever they may draw, so that a distortion's pixels do not depend on the
   *     others
   * @param distortions what happens to it
   * @param target receives {@code spec().floats()} values for each distortion, one image after the
   *     other, from {@code offset} on; after an exception what stands there is undefined
   * @throws IllegalArgumentException if a distortion was drawn for another size
   * @throws UndecodableImageException as {@link #decode(byte[])}
   */
  public void decode(
      byte[] encoded, Distortions kinds, List<Distortion> distortions, float[] target, int offset)
      throws UndecodableImageException {
    decode(
        encoded,
        new Wanted(
            distortions, kinds.mostStretched(spec.height()), kinds.mostStretched(spec.width())),
        target,
        offset);
  }

  /** What is to be made of one photo, and how large it is stretched at most. */
  private record Wanted(List<Distortion> distortions, int mostRows, int mostColumns) {}

  private void decode(byte[] encoded, Wanted wanted, float[] target, int offset)
      throws UndecodableImageException {
    for (Distortion distortion : wanted.distortions()) {
      if (!distortion.fits(spec)) {
        throw new IllegalArgumentException(distortion + " has no window for " + spec);
      }
    }
    decodeAny(encoded, wanted, target, offset);
  }

  private void decodeAny(byte[] encoded, @Nullable Wanted wanted, float[] target, int offset)
      throws UndecodableImageException {
    EncodedImage image = EncodedImage.of(encoded, conversion);
    if (!image.header().isLarge()) {
      decodeNow(image.header(), image.bytes(), wanted, target, offset);
      return;
    }
    largeImages.lock();
    try {
      decodeNow(image.header(), image.bytes(), wanted, target, offset);
    } finally {
      largeImages.unlock();
    }
  }

  private void decodeNow(
      ImageHeader header, byte[] encoded, @Nullable Wanted wanted, float[] target, int offset)
      throws UndecodableImageException {
    int rows = wanted == null ? spec.height() : wanted.mostRows();
    int columns = wanted == null ? spec.width() : wanted.mostColumns();
    try (StoredImage image =
        Decoders.decode(header, encoded, alpha, jpegRatio(header, rows, columns))) {
      if (wanted == null) {
        Stretch.of(image, header.orientation(), Distortion.none(spec), spec)
            .write(image, alpha, target, offset);
        spec.scale(target, offset);
        return;
      }
      int at = offset;
      for (Distortion distortion : wanted.distortions()) {
        distort(image, header.orientation(), distortion, target, at);
        spec.scale(target, at);
        at += spec.floats();
      }
    } catch (OutOfMemoryError e) {
      // Two rows may have a hundred million pixels each; what else is in memory is as it was.
      throw UndecodableImageException.outOfMemory(e);
    }
  }

  private void distort(
      StoredImage image, Orientation orientation, Distortion distortion, float[] target, int at) {
    if (distortion.rotation() == 0) {
      Stretch.of(image, orientation, distortion, spec).write(image, alpha, target, at);
    } else {
      int height = distortion.height();
      int width = distortion.width();
      float[] whole = new float[Math.multiplyExact(Math.multiplyExact(height, width), 3)];
      Stretch.whole(image, orientation, height, width).write(image, alpha, whole, 0);
      new Rotation(whole, height, width).write(distortion, spec, target, at);
    }
    distortion.change(target, at, spec);
  }

  /**
   * Name and version of the library that decodes most formats: {@code leptonica-1.85.0}. It is
   * loaded for that.
   *
   * @throws PupilException (unavailable) if it cannot be loaded
   */
  public static String libraryVersion() {
    return LeptonicaLibrary.version();
  }

  /**
   * The largest ratio of 1, 2, 4 and 8 that leaves at least twice the wanted pixels in both
   * directions.
   */
  static int jpegRatio(ImageHeader header, long wantedHeight, long wantedWidth) {
    boolean transposed = header.orientation().transposed;
    int height = transposed ? header.width() : header.height();
    int width = transposed ? header.height() : header.width();
    int ratio = MAX_JPEG_RATIO;
    while (ratio > 1 && (height < 2 * wantedHeight * ratio || width < 2 * wantedWidth * ratio)) {
      ratio /= 2;
    }
    return ratio;
  }
}

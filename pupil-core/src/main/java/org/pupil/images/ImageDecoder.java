package org.pupil.images;

import org.pupil.tensorflow.Feed;
import org.pupil.tensorflow.GraphSession;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Turns the bytes of photos into the pixels that a backbone wants: decoded, upright, stretched to
 * its size and scaled to its numbers. Teaching and labelling use this one decoder, so that a model
 * never sees pixels made another way.
 *
 * <p>The numbers are those of the original scripts: TensorFlow's own decoders, bilinear stretch
 * with legacy coordinates. Three things go beyond them. EXIF orientation is applied. A large JPEG
 * is decoded at the smallest of libjpeg's scales (1/8, 1/4, 1/2) that keeps both sides at least
 * twice the wanted size. WebP, TIFF and BMP are read too. An alpha channel is dropped, as in the
 * originals; 16-bit channels keep their high byte; grey, palette and CMYK become RGB; of an
 * animated GIF the first frame counts.
 *
 * <p>Safe for use by many threads: each call works in its own thread.
 */
public final class ImageDecoder implements AutoCloseable {
  private static final int MAX_JPEG_RATIO = 8;
  private static final int[] KEEP_AXES = {0, 1, 2};
  private static final int[] SWAP_AXES = {1, 0, 2};

  private final InputSpec spec;
  private final GraphSession session;

  public ImageDecoder(InputSpec spec) {
    this.spec = spec;
    this.session =
        GraphSession.open(DecodingGraph.make(spec), GraphSession.Preparation.FOR_QUICK_START);
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
   * @throws UndecodableImageException if the bytes are no whole image of a known format
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
   * @throws UndecodableImageException if the bytes are no whole image of a known format
   */
  public void decode(byte[] encoded, float[] target, int offset) throws UndecodableImageException {
    ImageHeader header = ImageHeader.read(encoded);
    Orientation orientation = header.orientation();
    switch (header.format()) {
      case JPEG -> {
        String output = DecodingGraph.jpeg(jpegRatio(header), orientation);
        run(target, offset, output, orientation, Feed.bytes(DecodingGraph.CONTENTS, encoded));
      }
      case PNG, GIF -> {
        String output = DecodingGraph.lossless(orientation);
        run(target, offset, output, orientation, Feed.bytes(DecodingGraph.CONTENTS, encoded));
      }
      case BMP, WEBP, TIFF -> {
        try (ImageIoImage image = ImageIoImage.open(header.format(), encoded)) {
          Feed rgb = Feed.uint8s(DecodingGraph.RGB, image.rgb(), image.height(), image.width(), 3);
          run(target, offset, DecodingGraph.decoded(orientation), orientation, rgb);
        }
      }
    }
  }

  private void run(float[] target, int offset, String output, Orientation orientation, Feed image)
      throws UndecodableImageException {
    try {
      if (orientation == Orientation.UPRIGHT) {
        session.run(target, offset, spec.floats(), output, image);
      } else {
        session.run(
            target,
            offset,
            spec.floats(),
            output,
            image,
            Feed.ints(DecodingGraph.PERMUTATION, orientation.transposed ? SWAP_AXES : KEEP_AXES),
            Feed.ints(DecodingGraph.REVERSED_AXES, orientation.reversedAxes()));
      }
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw new UndecodableImageException("the image is damaged or cut off", e);
    }
  }

  /** The largest ratio that leaves at least twice the wanted pixels in both directions. */
  private int jpegRatio(ImageHeader header) {
    boolean transposed = header.orientation().transposed;
    int height = transposed ? header.width() : header.height();
    int width = transposed ? header.height() : header.width();
    int ratio = MAX_JPEG_RATIO;
    while (ratio > 1
        && ((long) height < 2L * spec.height() * ratio
            || (long) width < 2L * spec.width() * ratio)) {
      ratio /= 2;
    }
    return ratio;
  }

  @Override
  public void close() {
    session.close();
  }
}

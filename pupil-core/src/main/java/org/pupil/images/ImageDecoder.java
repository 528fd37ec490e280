package org.pupil.images;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.graph.AllowedOperations;
import org.pupil.images.DecodingGraph.Branch;
import org.pupil.images.DecodingGraph.Output;
import org.pupil.tensorflow.Feed;
import org.pupil.tensorflow.GraphRunException;
import org.pupil.tensorflow.GraphSession;

/**
 * Turns the bytes of photos into the pixels that a backbone wants: decoded, upright, stretched to
 * its size and scaled to its numbers. Training and labelling use this one decoder, so that a model
 * never sees pixels made another way.
 *
 * <p>The numbers are those of the original scripts: TensorFlow's own decoders, bilinear stretch
 * with legacy coordinates. Four things go beyond them. EXIF orientation is applied. Transparent
 * pixels are put on white, unless {@link Alpha} says that they are not. A large JPEG is decoded at
 * the smallest of libjpeg's scales (1/8, 1/4, 1/2) that keeps both sides at least twice the size
 * that it is then stretched to. WebP, TIFF and BMP are read too. A colour profile is not applied,
 * as in the originals; channels of more than 8 bits keep their high byte, floats of 0 to 1 become 0
 * to 255; grey, palette and CMYK become RGB; of an animation the first frame counts, without the
 * canvas around it. Refused are images of more than 100 million pixels; of 250 million if they are
 * a JPEG that is not progressive, which can be made smaller while it is read; and of 25 million if
 * they are a WebP, which takes longest.
 *
 * <p>Safe for use by many threads: each call works in its own thread. Only images of 32 million
 * pixels and more are decoded one after the other, so that memory for one of them is enough.
 */
public final class ImageDecoder implements AutoCloseable {
  private static final int MAX_JPEG_RATIO = 8;
  private static final int[] KEEP_AXES = {0, 1, 2};
  private static final int[] SWAP_AXES = {1, 0, 2};

  private final InputSpec spec;
  private final Alpha alpha;
  private final GraphSession session;
  private final Lock largeImages = new ReentrantLock();

  /** A decoder that puts transparent pixels on white. */
  public ImageDecoder(InputSpec spec) {
    this(spec, Alpha.WHITE);
  }

  /**
   * A decoder.
   *
   * @param alpha what becomes of transparent pixels
   */
  public ImageDecoder(InputSpec spec, Alpha alpha) {
    this.spec = spec;
    this.alpha = alpha;
    this.session =
        GraphSession.open(
            DecodingGraph.make(spec),
            AllowedOperations.OF_DECODING,
            GraphSession.Preparation.FOR_QUICK_START);
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
   *     too many pixels
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
    if (!distortion.fits(spec)) {
      throw new IllegalArgumentException(distortion + " has no window for " + spec);
    }
    decodeAny(encoded, distortion, target, offset);
  }

  private void decodeAny(
      byte[] encoded, @Nullable Distortion distortion, float[] target, int offset)
      throws UndecodableImageException {
    ImageHeader header = ImageHeader.read(encoded);
    if (!header.isLarge()) {
      decodeNow(header, encoded, distortion, target, offset);
      return;
    }
    largeImages.lock();
    try {
      decodeNow(header, encoded, distortion, target, offset);
    } finally {
      largeImages.unlock();
    }
  }

  private void decodeNow(
      ImageHeader header,
      byte[] encoded,
      @Nullable Distortion distortion,
      float[] target,
      int offset)
      throws UndecodableImageException {
    List<Feed> feeds = new ArrayList<>();
    Branch branch =
        switch (header.format()) {
          case JPEG -> {
            feeds.add(Feed.bytes(DecodingGraph.CONTENTS, encoded));
            yield Branch.jpeg(
                distortion == null
                    ? jpegRatio(header, spec.height(), spec.width())
                    : jpegRatio(header, distortion.height(), distortion.width()));
          }
          case PNG -> {
            feeds.add(Feed.bytes(DecodingGraph.CONTENTS, encoded));
            yield alpha == Alpha.WHITE && PngHeader.mayBeSeenThrough(encoded)
                ? Branch.PNG_ON_WHITE
                : Branch.LOSSLESS;
          }
          case GIF -> {
            byte[] frame = GifFirstFrame.find(encoded).alone(alpha);
            feeds.add(Feed.bytes(DecodingGraph.CONTENTS, frame));
            yield Branch.LOSSLESS;
          }
          case WEBP -> {
            feeds.add(rgb(header, WebpFirstFrame.find(encoded).alone(alpha)));
            yield Branch.DECODED;
          }
          case BMP, TIFF -> {
            feeds.add(rgb(header, encoded));
            yield Branch.DECODED;
          }
          case HEIF, RAW -> throw new IllegalStateException(header + " has no decoder");
        };
    Output output = Output.PIXELS;
    if (distortion != null) {
      addTurn(header.orientation(), feeds);
      addDistortion(distortion, feeds);
      output = Output.DISTORTED_PIXELS;
    } else if (header.orientation() != Orientation.UPRIGHT) {
      addTurn(header.orientation(), feeds);
      output = Output.TURNED_PIXELS;
    }
    run(output.of(branch), feeds, target, offset);
  }

  private Feed rgb(ImageHeader header, byte[] encoded) throws UndecodableImageException {
    byte[] rgb = ImageIoPixels.rgb(header, encoded, alpha);
    return Feed.uint8s(DecodingGraph.RGB, rgb, header.height(), header.width(), 3);
  }

  private static void addTurn(Orientation orientation, List<Feed> feeds) {
    feeds.add(Feed.ints(DecodingGraph.PERMUTATION, orientation.transposed ? SWAP_AXES : KEEP_AXES));
    feeds.add(Feed.ints(DecodingGraph.REVERSED_AXES, orientation.reversedAxes()));
  }

  private static void addDistortion(Distortion distortion, List<Feed> feeds) {
    feeds.add(Feed.ints(DecodingGraph.DISTORTED_SIZE, distortion.height(), distortion.width()));
    feeds.add(Feed.ints(DecodingGraph.WINDOW_BEGIN, 0, distortion.top(), distortion.left(), 0));
    feeds.add(
        Feed.ints(DecodingGraph.MIRRORED_AXES, distortion.mirrored() ? new int[] {2} : new int[0]));
    feeds.add(Feed.floats(DecodingGraph.BRIGHTNESS, new float[] {distortion.brightness()}));
  }

  private void run(String output, List<Feed> feeds, float[] target, int offset)
      throws UndecodableImageException {
    try {
      session.run(target, offset, spec.floats(), output, feeds.toArray(Feed[]::new));
    } catch (GraphRunException e) {
      if (e.isOutOfMemory()) {
        throw new UndecodableImageException("there is not enough memory to decode it", e);
      }
      throw UndecodableImageException.damaged(e);
    }
  }

  /** The largest ratio that leaves at least twice the wanted pixels in both directions. */
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

  @Override
  public void close() {
    session.close();
  }
}

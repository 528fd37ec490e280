package org.pupil.images;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads the pixels of what {@link ThumbnailMaker} made. Not for use by several threads at once. */
public final class ThumbnailReader implements AutoCloseable {
  private static final int CHANNELS = 3;

  private final ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();

  /**
   * The channels of a thumbnail as they are in the file, since a JPEG keeps brightness and colours
   * apart.
   *
   * @param thumbnail the whole file
   * @return brightness, blueness and redness (Y, Cb and Cr of JFIF), each 0 to 255, [{@value
   *     ThumbnailMaker#SIDE}, {@value ThumbnailMaker#SIDE}] row-major; empty if it is no such
   *     thumbnail, or a damaged one
   */
  public Optional<float[][]> channels(byte[] thumbnail) {
    int side = ThumbnailMaker.SIDE;
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(thumbnail))) {
      reader.setInput(in, true, true);
      if (reader.getWidth(0) != side || reader.getHeight(0) != side) {
        return Optional.empty();
      }
      Raster raster = reader.readRaster(0, null);
      float[][] channels = new float[CHANNELS][];
      for (int channel = 0; channel < CHANNELS; channel++) {
        channels[channel] = raster.getSamples(0, 0, side, side, channel, new float[side * side]);
      }
      return Optional.of(channels);
    } catch (IOException | RuntimeException e) {
      // Java's reader has exceptions of many kinds for damaged files.
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    reader.dispose();
  }
}

package org.pupil.images;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads the brightness of what {@link ThumbnailMaker} made. Not for use by several threads at once.
 */
public final class ThumbnailReader implements AutoCloseable {
  private final ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();

  /**
   * The brightness of a thumbnail's pixels: the first channel of the file as it is, since a JPEG
   * keeps it apart from the colours.
   *
   * @param thumbnail the whole file
   * @return 0 to 255, [{@value ThumbnailMaker#SIDE}, {@value ThumbnailMaker#SIDE}] row-major; empty
   *     if it is no such thumbnail, or a damaged one
   */
  public Optional<float[]> brightness(byte[] thumbnail) {
    int side = ThumbnailMaker.SIDE;
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(thumbnail))) {
      reader.setInput(in, true, true);
      if (reader.getWidth(0) != side || reader.getHeight(0) != side) {
        return Optional.empty();
      }
      Raster raster = reader.readRaster(0, null);
      return Optional.of(raster.getSamples(0, 0, side, side, 0, new float[side * side]));
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

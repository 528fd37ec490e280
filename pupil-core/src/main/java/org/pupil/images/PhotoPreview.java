package org.pupil.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.pupil.dataset.UndecodableImageException;

/**
 * Makes pictures of photos for people to look at. It does so in Java alone, so that TensorFlow need
 * not be loaded for it; for numbers there is {@link ImageDecoder}.
 */
public final class PhotoPreview {
  /** Rows and columns of a picture. */
  public static final int SIDE = 192;

  /** From so many columns or rows to a pixel on not all of them are looked at. */
  private static final int MOST_A_PIXEL = 4;

  private PhotoPreview() {}

  /**
   * Makes a picture of the whole photo, upright and stretched to a square.
   *
   * @param encoded the whole content of the photo's file
   * @param alpha what becomes of transparent pixels
   * @return a JPEG of {@value #SIDE} x {@value #SIDE} pixels
   * @throws UndecodableImageException if {@link ImageDecoder} would refuse the photo, or Java's
   *     reader does
   */
  public static byte[] of(byte[] encoded, Alpha alpha) throws UndecodableImageException {
    ImageHeader header = ImageHeader.read(encoded);
    byte[] image =
        switch (header.format()) {
          case GIF -> GifFirstFrame.find(encoded).alone(alpha);
          case WEBP -> WebpFirstFrame.find(encoded).alone(alpha);
          default -> encoded;
        };
    int step = Math.max(1, Math.min(header.width(), header.height()) / (MOST_A_PIXEL * SIDE));
    byte[] rgb = ImageIoPixels.rgb(header, image, step, alpha);
    return jpeg(
        shrunk(
            rgb,
            (header.height() + step - 1) / step,
            (header.width() + step - 1) / step,
            header.orientation()));
  }

  private static BufferedImage shrunk(byte[] rgb, int height, int width, Orientation orientation) {
    int[][] rows = edges(height);
    int[][] columns = edges(width);
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    byte[] line = new byte[SIDE * 3];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        int y = orientation.storedRow(row, column, SIDE);
        int x = orientation.storedColumn(row, column, SIDE);
        mean(rgb, width, rows[y], columns[x], line, column * 3);
      }
      picture.getRaster().setDataElements(0, row, SIDE, 1, line);
    }
    return picture;
  }

  /** From where to where the pixels of each of {@value #SIDE} parts are: one at least. */
  private static int[][] edges(int pixels) {
    int[][] edges = new int[SIDE][];
    for (int part = 0; part < SIDE; part++) {
      int from = (int) ((long) part * pixels / SIDE);
      edges[part] = new int[] {from, Math.max(from + 1, (int) ((part + 1L) * pixels / SIDE))};
    }
    return edges;
  }

  private static void mean(
      byte[] rgb, int width, int[] rows, int[] columns, byte[] picture, int to) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int y = rows[0]; y < rows[1]; y++) {
      for (int x = columns[0]; x < columns[1]; x++) {
        int at = (y * width + x) * 3;
        red += rgb[at] & 0xFF;
        green += rgb[at + 1] & 0xFF;
        blue += rgb[at + 2] & 0xFF;
      }
    }
    int count = (rows[1] - rows[0]) * (columns[1] - columns[0]);
    picture[to] = (byte) (red / count);
    picture[to + 1] = (byte) (green / count);
    picture[to + 2] = (byte) (blue / count);
  }

  private static byte[] jpeg(BufferedImage picture) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      ImageIO.write(picture, "jpeg", out);
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written", e);
    }
    return file.toByteArray();
  }
}

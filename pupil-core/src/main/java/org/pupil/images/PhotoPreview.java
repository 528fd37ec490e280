package org.pupil.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.pupil.dataset.UndecodableImageException;

/** Makes pictures of photos for people to look at. For numbers there is {@link ImageDecoder}. */
public final class PhotoPreview {
  /** Rows and columns of a picture. */
  public static final int SIDE = 192;

  private PhotoPreview() {}

  /**
   * Makes a picture of the whole photo, upright and stretched to a square.
   *
   * @param encoded the whole content of the photo's file
   * @param alpha what becomes of transparent pixels
   * @return a JPEG of {@value #SIDE} x {@value #SIDE} pixels
   * @throws UndecodableImageException if {@link ImageDecoder} would refuse the photo
   */
  public static byte[] of(byte[] encoded, Alpha alpha) throws UndecodableImageException {
    ImageHeader header = ImageHeader.read(encoded);
    int ratio = ImageDecoder.jpegRatio(header, SIDE, SIDE);
    try (StoredImage image = Decoders.decode(header, encoded, alpha, ratio)) {
      return jpeg(upright(shrunk(image, alpha), header.orientation()));
    }
  }

  /** The means of {@value #SIDE} x {@value #SIDE} parts, as they are stored: rows of RGB. */
  private static byte[][] shrunk(StoredImage image, Alpha alpha) {
    int[][] rows = edges(image.height());
    int[][] columns = edges(image.width());
    byte[][] parts = new byte[SIDE][];
    int[] pixels = new int[image.width()];
    for (int y = 0; y < SIDE; y++) {
      int[] sums = new int[SIDE * 3];
      for (int row = rows[y][0]; row < rows[y][1]; row++) {
        image.readRow(row, pixels);
        if (image.hasAlpha()) {
          alpha.apply(pixels);
        }
        addTo(sums, pixels, columns);
      }
      parts[y] = means(sums, rows[y][1] - rows[y][0], columns);
    }
    return parts;
  }

  private static void addTo(int[] sums, int[] pixels, int[][] columns) {
    for (int x = 0; x < SIDE; x++) {
      for (int column = columns[x][0]; column < columns[x][1]; column++) {
        sums[x * 3] += pixels[column] >>> 24;
        sums[x * 3 + 1] += pixels[column] >>> 16 & 0xFF;
        sums[x * 3 + 2] += pixels[column] >>> 8 & 0xFF;
      }
    }
  }

  private static byte[] means(int[] sums, int rows, int[][] columns) {
    byte[] means = new byte[sums.length];
    for (int i = 0; i < sums.length; i++) {
      means[i] = (byte) (sums[i] / (rows * (columns[i / 3][1] - columns[i / 3][0])));
    }
    return means;
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

  private static BufferedImage upright(byte[][] parts, Orientation orientation) {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    byte[] line = new byte[SIDE * 3];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        int y = orientation.storedRow(row, column, SIDE);
        int x = orientation.storedColumn(row, column, SIDE);
        System.arraycopy(parts[y], x * 3, line, column * 3, 3);
      }
      picture.getRaster().setDataElements(0, row, SIDE, 1, line);
    }
    return picture;
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

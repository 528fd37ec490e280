package org.pupil.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.pupil.dataset.UndecodableImageException;

/** Makes pictures of photos for people to look at. For numbers there is {@link ImageDecoder}. */
public final class PhotoPreview {
  /** Rows and columns of a small picture, at most. */
  public static final int SIDE = 192;

  /** What is beside a photo that is no square: to be seen on a light page and on a dark one. */
  private static final Color BESIDE = new Color(0x80, 0x80, 0x80);

  private PhotoPreview() {}

  /**
   * Makes a picture of the whole photo, upright, in its own shape.
   *
   * @param encoded the whole content of the photo's file
   * @param alpha what becomes of transparent pixels
   * @return a JPEG of at most {@value #SIDE} rows and columns; a smaller photo stays as it is
   * @throws UndecodableImageException if {@link ImageDecoder} would refuse the photo
   */
  public static byte[] jpeg(byte[] encoded, Alpha alpha) throws UndecodableImageException {
    return jpeg(upright(encoded, alpha, SIDE));
  }

  /**
   * Makes a square picture of the whole photo, upright and in its own shape: in the middle, with
   * grey beside it. For places where all pictures must be of one size, such as logs.
   *
   * @param encoded the whole content of the photo's file
   * @param alpha what becomes of transparent pixels
   * @return a JPEG of {@value #SIDE} x {@value #SIDE} pixels
   * @throws UndecodableImageException if {@link ImageDecoder} would refuse the photo
   */
  public static byte[] square(byte[] encoded, Alpha alpha) throws UndecodableImageException {
    EncodedImage image = EncodedImage.of(encoded, PhotoConversion.ofProcess());
    ImageHeader header = image.header();
    double scale = (double) SIDE / Math.max(uprightHeight(header), uprightWidth(header));
    BufferedImage photo =
        picture(
            header,
            image.bytes(),
            alpha,
            scaled(uprightHeight(header), scale),
            scaled(uprightWidth(header), scale));
    BufferedImage square = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = square.createGraphics();
    graphics.setColor(BESIDE);
    graphics.fillRect(0, 0, SIDE, SIDE);
    graphics.drawImage(photo, (SIDE - photo.getWidth()) / 2, (SIDE - photo.getHeight()) / 2, null);
    graphics.dispose();
    return jpeg(square);
  }

  /**
   * Makes a picture of the whole photo, upright and as wide for its height as the photo is, but for
   * rounding.
   *
   * @param encoded the whole content of the photo's file
   * @param alpha what becomes of transparent pixels
   * @param longestSide the most rows and columns, at least 1; a smaller photo stays as it is
   * @return pixels of {@link BufferedImage#TYPE_3BYTE_BGR}
   * @throws UndecodableImageException if {@link ImageDecoder} would refuse the photo
   */
  public static BufferedImage upright(byte[] encoded, Alpha alpha, int longestSide)
      throws UndecodableImageException {
    EncodedImage image = EncodedImage.of(encoded, PhotoConversion.ofProcess());
    ImageHeader header = image.header();
    int height = uprightHeight(header);
    int width = uprightWidth(header);
    double scale = Math.min(1, (double) longestSide / Math.max(height, width));
    return picture(header, image.bytes(), alpha, scaled(height, scale), scaled(width, scale));
  }

  private static int uprightHeight(ImageHeader header) {
    return header.orientation().transposed ? header.width() : header.height();
  }

  private static int uprightWidth(ImageHeader header) {
    return header.orientation().transposed ? header.height() : header.width();
  }

  private static int scaled(int side, double scale) {
    return Math.max(1, (int) Math.round(side * scale));
  }

  /** The upright picture of so many rows and columns. */
  private static BufferedImage picture(
      ImageHeader header, byte[] encoded, Alpha alpha, int height, int width)
      throws UndecodableImageException {
    int ratio = ImageDecoder.jpegRatio(header, height, width);
    boolean transposed = header.orientation().transposed;
    try (StoredImage image = Decoders.decode(header, encoded, alpha, ratio)) {
      byte[][] parts =
          shrunk(image, alpha, transposed ? width : height, transposed ? height : width);
      return upright(parts, header.orientation(), height, width);
    }
  }

  /** The means of so many rows and columns of parts, as they are stored: rows of RGB. */
  private static byte[][] shrunk(StoredImage image, Alpha alpha, int height, int width) {
    int[][] rows = edges(image.height(), height);
    int[][] columns = edges(image.width(), width);
    byte[][] parts = new byte[height][];
    int[] pixels = new int[image.width()];
    for (int y = 0; y < height; y++) {
      int[] sums = new int[width * 3];
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
    for (int x = 0; x < columns.length; x++) {
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

  /** From where to where the pixels of each of so many parts are: one at least. */
  static int[][] edges(int pixels, int parts) {
    int[][] edges = new int[parts][];
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) part * pixels / parts);
      edges[part] = new int[] {from, Math.max(from + 1, (int) ((part + 1L) * pixels / parts))};
    }
    return edges;
  }

  private static BufferedImage upright(
      byte[][] parts, Orientation orientation, int height, int width) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] line = new byte[width * 3];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int y = orientation.storedRow(row, column, height, width);
        int x = orientation.storedColumn(row, column, height, width);
        System.arraycopy(parts[y], x * 3, line, column * 3, 3);
      }
      picture.getRaster().setDataElements(0, row, width, 1, line);
    }
    return picture;
  }

  /** A picture as a JPEG file. */
  public static byte[] jpeg(BufferedImage picture) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      ImageIO.write(picture, "jpeg", out);
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written", e);
    }
    return file.toByteArray();
  }
}

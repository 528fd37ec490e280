package org.pupil.images;

import java.awt.Rectangle;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Makes small pictures of what {@link ImageDecoder} gave: what the backbone saw of a photo, upright
 * and stretched to a square. They are coded several at a time, one below the other, and then taken
 * apart, because to begin a file costs more than to code a picture so small. Not for use by several
 * threads at once.
 *
 * <p>A thumbnail is a baseline JPEG of {@value #SIDE} x {@value #SIDE} pixels. All have the same
 * tables, and a restart marker after each row of blocks, so that {@link ThumbnailSheet} can put
 * them side by side without decoding them.
 */
public final class ThumbnailMaker {
  /** Rows and columns of a thumbnail: a multiple of {@value ThumbnailJpeg#BLOCK}. */
  public static final int SIDE = 48;

  /** So many are made at a time at most. */
  public static final int MOST = 8;

  private static final int LEVELS = SIDE * SIDE * 3;
  private static final float QUALITY = 0.75f;
  private static final String METADATA_FORMAT = "javax_imageio_jpeg_image_1.0";

  private final InputSpec spec;
  private final int[] firstRow;
  private final int[] firstColumn;
  private final float[] quarters;
  private final float[] offsets;
  private final byte[] rgb = new byte[MOST * LEVELS];
  private final BufferedImage image = imageOf(rgb);
  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
  private final ImageWriteParam quality = writer.getDefaultWriteParam();
  private final IIOMetadata metadata;

  /**
   * @param spec how the pixels are that thumbnails are made of
   */
  public ThumbnailMaker(InputSpec spec) {
    this.spec = spec;
    this.quarters = spec.std().all();
    this.offsets = spec.mean().all();
    for (int channel = 0; channel < quarters.length; channel++) {
      quarters[channel] /= 4;
      offsets[channel] += 0.5f;
    }
    this.firstRow = edges(spec.height());
    this.firstColumn = edges(spec.width());
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(QUALITY);
    metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), quality);
    addRestartMarkers(metadata);
  }

  /**
   * A view of levels of red, green and blue: the order of the JPEG writer, which would otherwise
   * turn every row around.
   */
  private static BufferedImage imageOf(byte[] rgb) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(rgb, rgb.length),
            SIDE,
            MOST * SIDE,
            3 * SIDE,
            3,
            new int[] {0, 1, 2},
            null);
    ColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(colours, raster, false, null);
  }

  private static int[] edges(int pixels) {
    int[] edges = new int[SIDE + 1];
    for (int i = 0; i <= SIDE; i++) {
      edges[i] = i * pixels / SIDE;
    }
    return edges;
  }

  private static void addRestartMarkers(IIOMetadata metadata) {
    try {
      IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(METADATA_FORMAT);
      IIOMetadataNode markers =
          (IIOMetadataNode) root.getElementsByTagName("markerSequence").item(0);
      IIOMetadataNode interval = new IIOMetadataNode("dri");
      interval.setAttribute("interval", Integer.toString(SIDE / ThumbnailJpeg.BLOCK));
      markers.insertBefore(interval, markers.getFirstChild());
      metadata.setFromTree(METADATA_FORMAT, root);
    } catch (IIOInvalidTreeException e) {
      throw new IllegalStateException("this Java's JPEG writer knows no restart markers", e);
    }
  }

  /**
   * Makes an image small. Best done while the processor still has it at hand, right after decoding.
   *
   * @param pixels the image as the decoder scaled it, from {@code from} on
   * @return levels of red, green and blue, [{@value #SIDE}, {@value #SIDE}, 3] row-major
   */
  public byte[] shrink(float[] pixels, int from) {
    byte[] levels = new byte[LEVELS];
    int to = 0;
    int row = spec.width() * 3;
    for (int y = 0; y < SIDE; y++) {
      int top = from + firstRow[y] * row;
      int middle = from + (firstRow[y] + firstRow[y + 1]) / 2 * row;
      for (int x = 0; x < SIDE; x++, to += 3) {
        int left = firstColumn[x] * 3;
        int right = (firstColumn[x] + firstColumn[x + 1]) / 2 * 3;
        for (int channel = 0; channel < quarters.length; channel++) {
          float sum =
              pixels[top + left + channel]
                  + pixels[top + right + channel]
                  + pixels[middle + left + channel]
                  + pixels[middle + right + channel];
          levels[to + channel] = level(sum, channel);
        }
      }
    }
    return levels;
  }

  /**
   * Codes small images.
   *
   * @param levels of each image, as {@link #shrink} made them; 1 to {@value #MOST}
   * @return for each a whole JPEG file
   */
  public List<byte[]> code(List<byte[]> levels) {
    for (int i = 0; i < levels.size(); i++) {
      System.arraycopy(levels.get(i), 0, rgb, i * LEVELS, LEVELS);
    }
    return apart(coded(levels.size()), levels.size());
  }

  /** The first so many pictures, one below the other, as one file. */
  private byte[] coded(int count) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    quality.setSourceRegion(new Rectangle(SIDE, count * SIDE));
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, metadata), quality);
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written", e);
    }
    return file.toByteArray();
  }

  /** What stands between restart markers depends on nothing before it. */
  private static List<byte[]> apart(byte[] file, int count) {
    int scan = ThumbnailJpeg.scan(file);
    byte[] header = Arrays.copyOf(file, scan);
    ThumbnailJpeg.setSize(header, SIDE, SIDE);
    List<byte[]> thumbnails = new ArrayList<>(count);
    ByteArrayOutputStream thumbnail = new ByteArrayOutputStream();
    thumbnail.writeBytes(header);
    int row = 0;
    for (int at = scan, from = scan; thumbnails.size() < count; at++) {
      if (ThumbnailJpeg.marker(file, at) == 0) {
        continue;
      }
      boolean isLast = row == ThumbnailJpeg.ROWS - 1;
      thumbnail.write(file, from, at - from);
      thumbnail.write(0xFF);
      thumbnail.write(isLast ? ThumbnailJpeg.END_OF_IMAGE : ThumbnailJpeg.FIRST_RESTART + row);
      if (isLast) {
        thumbnails.add(thumbnail.toByteArray());
        thumbnail.reset();
        thumbnail.writeBytes(header);
      }
      row = isLast ? 0 : row + 1;
      from = at + 2;
    }
    return thumbnails;
  }

  /**
   * The level of a colour, 0 to 255: the rounded mean of four scaled values, of which the sum is
   * given.
   */
  private byte level(float sum, int channel) {
    int level = (int) (sum * quarters[channel] + offsets[channel]);
    return (byte) Math.max(0, Math.min(255, level));
  }
}

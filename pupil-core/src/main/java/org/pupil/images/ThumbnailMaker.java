package org.pupil.images;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
 * and stretched to a square. Costs a fraction of a millisecond each. Not for use by several threads
 * at once.
 *
 * <p>A thumbnail is a baseline JPEG of {@value #SIDE} x {@value #SIDE} pixels. All have the same
 * tables, and a restart marker after each row of blocks, so that {@link ThumbnailSheet} can put
 * them side by side without decoding them.
 */
public final class ThumbnailMaker {
  /** Rows and columns of a thumbnail: a multiple of {@value #BLOCK}. */
  public static final int SIDE = 96;

  /** Rows and columns of a JPEG's unit when its colours have half the resolution. */
  static final int BLOCK = 16;

  private static final float QUALITY = 0.75f;
  private static final String METADATA_FORMAT = "javax_imageio_jpeg_image_1.0";

  private final InputSpec spec;
  private final int[] firstRow;
  private final int[] firstColumn;
  private final BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
  private final byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
  private final ImageWriteParam quality = writer.getDefaultWriteParam();
  private final IIOMetadata metadata;

  /**
   * @param spec how the pixels are that thumbnails are made of
   */
  public ThumbnailMaker(InputSpec spec) {
    this.spec = spec;
    this.firstRow = edges(spec.height());
    this.firstColumn = edges(spec.width());
    quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    quality.setCompressionQuality(QUALITY);
    metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), quality);
    addRestartMarkers(metadata);
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
      interval.setAttribute("interval", Integer.toString(SIDE / BLOCK));
      markers.insertBefore(interval, markers.getFirstChild());
      metadata.setFromTree(METADATA_FORMAT, root);
    } catch (IIOInvalidTreeException e) {
      throw new IllegalStateException("this Java's JPEG writer knows no restart markers", e);
    }
  }

  /**
   * Makes one.
   *
   * @param pixels one image as the decoder scaled it, from {@code offset} on
   * @return a whole JPEG file
   */
  public byte[] of(float[] pixels, int offset) {
    for (int y = 0, to = 0; y < SIDE; y++) {
      int top = firstRow[y];
      int bottom = Math.max(top + 1, firstRow[y + 1]);
      for (int x = 0; x < SIDE; x++, to += 3) {
        int left = firstColumn[x];
        average(pixels, offset, top, bottom, left, Math.max(left + 1, firstColumn[x + 1]), to);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, metadata), quality);
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written", e);
    }
    return file.toByteArray();
  }

  private void average(
      float[] pixels, int offset, int top, int bottom, int left, int right, int to) {
    float red = 0;
    float green = 0;
    float blue = 0;
    for (int y = top; y < bottom; y++) {
      int at = offset + (y * spec.width() + left) * 3;
      for (int x = left; x < right; x++, at += 3) {
        red += pixels[at];
        green += pixels[at + 1];
        blue += pixels[at + 2];
      }
    }
    float scale = spec.std() / ((bottom - top) * (right - left));
    bgr[to] = level(blue * scale);
    bgr[to + 1] = level(green * scale);
    bgr[to + 2] = level(red * scale);
  }

  private byte level(float scaled) {
    return (byte) Math.max(0, Math.min(255, Math.round(scaled + spec.mean())));
  }
}

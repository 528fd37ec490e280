package org.pupil.images;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.pupil.dataset.UndecodableImageException;

/**
 * A picture of what distortions do to some photos, for people to look at: each photo is a row, with
 * the photo as it is on the left, then its first variants.
 */
public final class DistortionSheet {
  /** The most photos on a picture. */
  public static final int MOST_PHOTOS = 9;

  private static final int SIDE = 96;
  private static final int GAP = 2;
  private static final int MOST_VARIANTS = 8;

  private final InputSpec spec;
  private final ImageDecoder decoder;
  private final Distortions distortions;
  private final long seed;
  private final List<byte[][]> rows = new ArrayList<>();

  /**
   * An empty picture.
   *
   * @param spec what the backbone sees
   * @param alpha what becomes of transparent pixels
   * @param distortions where they have no variants, examples are drawn
   * @param seed decides the variants
   */
  public DistortionSheet(InputSpec spec, Alpha alpha, Distortions distortions, long seed) {
    // The backbone's own scaling may be by channel: here levels are wanted.
    this.spec = new InputSpec(spec.height(), spec.width(), 0, 1);
    this.decoder = new ImageDecoder(this.spec, alpha);
    this.distortions = distortions;
    this.seed = seed;
  }

  /**
   * Adds a photo.
   *
   * @param encoded the whole content of its file
   * @param photo 64 bits of its content, by which variants are drawn
   * @throws UndecodableImageException if it cannot be decoded
   */
  public void add(byte[] encoded, long photo) throws UndecodableImageException {
    List<Distortion> shown = new ArrayList<>();
    shown.add(Distortion.none(spec));
    for (int variant = 0; variant < variants(); variant++) {
      shown.add(distortions.variant(spec, seed, photo, variant));
    }
    float[] pixels = new float[Math.multiplyExact(shown.size(), spec.floats())];
    decoder.decode(encoded, distortions, shown, pixels, 0);
    byte[][] row = new byte[shown.size()][];
    for (int i = 0; i < row.length; i++) {
      row[i] = shrunk(pixels, i * spec.floats());
    }
    rows.add(row);
  }

  /** Variants in each row. */
  public int variants() {
    return distortions.variants() == 0
        ? MOST_VARIANTS
        : Math.min(MOST_VARIANTS, distortions.variants());
  }

  /** Photos so far. */
  public int photos() {
    return rows.size();
  }

  /** Columns of pixels. */
  public int width() {
    return (variants() + 1) * (SIDE + GAP) - GAP;
  }

  /** Rows of pixels, of one photo or more. */
  public int height() {
    return rows.size() * (SIDE + GAP) - GAP;
  }

  /** The picture of one photo or more, as a JPEG. */
  public byte[] jpeg() {
    BufferedImage picture = new BufferedImage(width(), height(), BufferedImage.TYPE_3BYTE_BGR);
    for (int row = 0; row < rows.size(); row++) {
      byte[][] tiles = rows.get(row);
      for (int column = 0; column < tiles.length; column++) {
        picture
            .getRaster()
            .setDataElements(column * (SIDE + GAP), row * (SIDE + GAP), SIDE, SIDE, tiles[column]);
      }
    }
    return PhotoPreview.jpeg(picture);
  }

  /** Means of levels, [SIDE, SIDE, 3] row-major: levels outside 0 to 255 look like these. */
  private byte[] shrunk(float[] pixels, int from) {
    int[][] rowsOf = PhotoPreview.edges(spec.height(), SIDE);
    int[][] columnsOf = PhotoPreview.edges(spec.width(), SIDE);
    byte[] tile = new byte[SIDE * SIDE * 3];
    int next = 0;
    for (int[] y : rowsOf) {
      for (int[] x : columnsOf) {
        for (int channel = 0; channel < 3; channel++) {
          tile[next++] = mean(pixels, from + channel, y, x);
        }
      }
    }
    return tile;
  }

  private byte mean(float[] pixels, int from, int[] y, int[] x) {
    float sum = 0;
    for (int row = y[0]; row < y[1]; row++) {
      for (int column = x[0]; column < x[1]; column++) {
        sum += pixels[from + (row * spec.width() + column) * 3];
      }
    }
    int level = Math.round(sum / ((y[1] - y[0]) * (x[1] - x[0])));
    return (byte) Math.max(0, Math.min(255, level));
  }
}

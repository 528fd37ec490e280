package org.pupil.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.util.List;
import org.pupil.errors.PupilException;

/**
 * What is inside a network as a picture: a heading, perhaps photos, and below them rows of small
 * tiles, each row with a caption. A tile is a map of numbers, or the pixels of a filter.
 */
public final class LayerPicture {
  /** The most tiles beside each other. */
  public static final int ACROSS = 8;

  private static final int TILE = 128;
  private static final int GAP = 10;
  private static final int MARGIN = 24;
  private static final int LINE = 44;
  private static final float TEXT_SIZE = 22;
  private static final int PHOTO = 256;
  private static final int SHORTEST = 16;
  private static final int BAR = 20;

  private static final Color INK = new Color(0x1B1F24);
  private static final Color SOFT_INK = new Color(0x57606A);
  private static final Color GRID = new Color(0xD5DAE0);

  private final PictureText text = new PictureText(TEXT_SIZE);
  private final List<Row> rows;
  private final int tileWidth;
  private final int tileHeight;

  /**
   * Tiles under a caption.
   *
   * @param caption not empty
   * @param tiles what is shown, at least one; of the shape of a photo, or stretched to it
   */
  public record Row(String caption, List<BufferedImage> tiles) {
    public Row {
      tiles = List.copyOf(tiles);
      if (tiles.isEmpty()) {
        throw new IllegalArgumentException("a row without tiles: " + caption);
      }
    }

    private int lines() {
      return (tiles.size() + ACROSS - 1) / ACROSS;
    }
  }

  /**
   * @param aspect how wide a tile is for its height
   */
  private LayerPicture(List<Row> rows, double aspect) {
    this.rows = List.copyOf(rows);
    this.tileWidth = side(TILE * Math.min(1, aspect), TILE);
    this.tileHeight = side(TILE / Math.max(1, aspect), TILE);
  }

  private static int side(double length, int most) {
    return Math.max(SHORTEST, Math.min(most, (int) Math.round(length)));
  }

  /**
   * Draws rows of maps below the photo that they are of.
   *
   * @param photos upright, at most two, which may be stretched
   * @param aspect how wide the photos are for their height
   * @param title above them, not empty
   * @param note below the title, not empty
   * @return a PNG file
   * @throws PupilException (unavailable) if this machine's Java cannot draw text
   */
  public static byte[] ofPhotos(
      List<BufferedImage> photos, double aspect, String title, String note, List<Row> rows) {
    return png(new LayerPicture(rows, aspect).drawn(title, note, photos, aspect));
  }

  /**
   * Draws rows of square tiles.
   *
   * @param title above them, not empty
   * @param note below the title, not empty
   * @return a PNG file
   * @throws PupilException (unavailable) if this machine's Java cannot draw text
   */
  public static byte[] ofTiles(String title, String note, List<Row> rows) {
    return png(new LayerPicture(rows, 1).drawn(title, note, List.of(), 1));
  }

  private static byte[] png(BufferedImage image) {
    return DrawingPng.withPhoto(image, HeatMapPicture.SOFTWARE);
  }

  /**
   * A map of numbers as a tile, the brighter the more.
   *
   * @param values [rows, columns] row-major
   * @param least what is black
   * @param most what the brightest colour stands for; if it is not above the least, all is black
   */
  public static BufferedImage map(int rows, int columns, float[] values, float least, float most) {
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < rows * columns; i++) {
      double share = most > least ? (values[i] - least) / (most - least) : 0;
      image.setRGB(i % columns, i / columns, HeatScale.rgb(share));
    }
    return image;
  }

  private BufferedImage drawn(
      String title, String note, List<BufferedImage> photos, double aspect) {
    int photoHeight = side(PHOTO / Math.max(1, aspect), PHOTO);
    int photoWidth = side(PHOTO * Math.min(1, aspect), PHOTO);
    int width = 2 * MARGIN + ACROSS * tileWidth + (ACROSS - 1) * GAP;
    width = Math.max(width, 2 * MARGIN + ACROSS * TILE * 3 / 4);
    int head = MARGIN + 2 * LINE + (photos.isEmpty() ? 0 : photoHeight + GAP);
    int height = head + MARGIN;
    for (Row row : rows) {
      height += LINE + row.lines() * (tileHeight + GAP);
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    write(graphics, title, INK, MARGIN + LINE / 2f, width);
    write(graphics, note, SOFT_INK, MARGIN + LINE * 1.25f, width);
    int left = MARGIN;
    for (BufferedImage photo : photos) {
      draw(graphics, photo, left, MARGIN + 2 * LINE - GAP, photoWidth, photoHeight);
      left += photoWidth + GAP;
    }
    if (!photos.isEmpty()) {
      drawScale(graphics, left + GAP, MARGIN + 2 * LINE - GAP);
    }
    int top = head;
    for (Row row : rows) {
      write(graphics, row.caption, INK, top + LINE - GAP * 1.3f, width);
      top += LINE;
      drawTiles(graphics, row.tiles, top);
      top += row.lines() * (tileHeight + GAP);
    }
    graphics.dispose();
    return image;
  }

  private void drawTiles(Graphics2D graphics, List<BufferedImage> tiles, int top) {
    for (int i = 0; i < tiles.size(); i++) {
      int left = MARGIN + i % ACROSS * (tileWidth + GAP);
      draw(
          graphics,
          tiles.get(i),
          left,
          top + i / ACROSS * (tileHeight + GAP),
          tileWidth,
          tileHeight);
    }
  }

  /** What is coarser than its tile is shown as the squares that it is. */
  private static void draw(
      Graphics2D graphics, BufferedImage tile, int left, int top, int width, int height) {
    boolean isCoarse = tile.getWidth() < width && tile.getHeight() < height;
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        isCoarse
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(tile, left, top, width, height, null);
    graphics.setColor(GRID);
    graphics.drawRect(left, top, width - 1, height - 1);
  }

  private void drawScale(Graphics2D graphics, int left, int top) {
    for (int x = 0; x < PHOTO; x++) {
      graphics.setColor(new Color(HeatScale.rgb((x + 0.5) / PHOTO)));
      graphics.fillRect(left + x, top, 1, BAR);
    }
    graphics.setColor(SOFT_INK);
    float baseline = top + BAR + LINE * 0.6f;
    text.line("fits least").draw(graphics, left, baseline);
    TextLayout most = text.line("best");
    most.draw(graphics, left + PHOTO - most.getAdvance(), baseline);
  }

  private void write(Graphics2D graphics, String line, Color colour, float baseline, int width) {
    graphics.setColor(colour);
    text.line(line, width - 2f * MARGIN).draw(graphics, MARGIN, baseline);
  }
}

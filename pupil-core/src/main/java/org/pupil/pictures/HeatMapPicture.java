package org.pupil.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.pupil.errors.PupilException;

/**
 * A photo, and beside it once for each map the same in grey with the map's numbers as colours over
 * it: orange above 0, blue below, the stronger the farther from 0. Orange and blue are told apart
 * with every kind of colour blindness, and by their brightness in no need of colour at all. One
 * scale below is good for all maps.
 */
public final class HeatMapPicture {
  /** The most rows and columns that a photo has in the picture. */
  public static final int SIDE = 384;

  /** What a file says that it was made by. */
  static final String SOFTWARE = "Pupil explain";

  /** A photo that is a line would be no picture. */
  private static final int SHORTEST = 32;

  private static final float TEXT_SIZE = 22;
  private static final int MARGIN = 20;
  private static final int LINE = 40;
  private static final int BAR = 24;
  private static final int LONGEST_BAR = 480;
  private static final int NARROWEST = 260;

  private static final Color INK = new Color(0x1B1F24);
  private static final Color GRID = new Color(0xD5DAE0);
  private static final int FOR = 0xE8590C;
  private static final int AGAINST = 0x1F5FBF;

  /** How much of a pixel the strongest colour takes. */
  private static final double STRONGEST = 0.85;

  /** The photo below the colours is from here to white: colours must be seen on its shadows. */
  private static final double DARKEST = 96;

  private final BufferedImage photo;
  private final List<Map> maps;
  private final double most;
  private final int width;
  private final int height;
  private final int column;
  private final PictureText text;

  private HeatMapPicture(BufferedImage photo, List<Map> maps) {
    this.photo = photo;
    this.maps = maps;
    this.most = most(maps);
    double scale = (double) SIDE / Math.max(photo.getWidth(), photo.getHeight());
    this.width = side(photo.getWidth(), scale);
    this.height = side(photo.getHeight(), scale);
    this.column = Math.max(width, NARROWEST);
    this.text = new PictureText(TEXT_SIZE);
  }

  /**
   * What the strongest colour means: the number farthest from 0, without its sign; 1 if all are 0.
   */
  public static double most(List<Map> maps) {
    double largest = 0;
    for (Map map : maps) {
      for (float value : map.values) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest > 0 ? largest : 1;
  }

  private static int side(int pixels, double scale) {
    return Math.max(SHORTEST, Math.min(SIDE, (int) Math.round(pixels * scale)));
  }

  /** A map with a title. */
  public static final class Map {
    private final String title;
    private final int rows;
    private final int columns;
    private final float[] values;

    /**
     * @param title above it, not empty
     * @param values [rows, columns] row-major, over the whole photo; finite
     */
    public Map(String title, int rows, int columns, float[] values) {
      if (rows < 1 || columns < 1 || values.length != rows * columns) {
        throw new IllegalArgumentException(
            "%d values for %d x %d".formatted(values.length, rows, columns));
      }
      this.title = title;
      this.rows = rows;
      this.columns = columns;
      this.values = values.clone();
    }

    /** The value at a place of 0 to 1 to the right and down: linear between the middles. */
    private double at(double x, double y) {
      double column = Math.max(0, Math.min(columns - 1, x * columns - 0.5));
      double row = Math.max(0, Math.min(rows - 1, y * rows - 0.5));
      int left = (int) column;
      int top = (int) row;
      int right = Math.min(columns - 1, left + 1);
      int bottom = Math.min(rows - 1, top + 1);
      double upper =
          mix(values[top * columns + left], values[top * columns + right], column - left);
      double lower =
          mix(values[bottom * columns + left], values[bottom * columns + right], column - left);
      return mix(upper, lower, row - top);
    }
  }

  private static double mix(double from, double to, double part) {
    return from + (to - from) * part;
  }

  /**
   * Draws it.
   *
   * @param photo upright
   * @param title above the photo, not empty
   * @param maps what is shown beside it, at least one
   * @return a PNG file
   * @throws PupilException (unavailable) if this machine's Java cannot draw text
   */
  public static byte[] png(BufferedImage photo, String title, List<Map> maps) {
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("there must be a map");
    }
    return DrawingPng.withPhoto(new HeatMapPicture(photo, maps).drawn(title), SOFTWARE);
  }

  /**
   * Begins to read the font and to draw with it in another thread: the first picture of a process
   * takes a tenth of a second longer than those after it. Not needed, and harmless if it fails:
   * {@link #png} says what is wrong.
   */
  public static void preload() {
    Thread thread = new Thread(HeatMapPicture::drawAnything, "fonts");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((where, failure) -> {});
    thread.start();
  }

  private static void drawAnything() {
    BufferedImage photo = new BufferedImage(SIDE, 1, BufferedImage.TYPE_3BYTE_BGR);
    png(photo, "-", List.of(new Map("-", 1, 1, new float[1])));
  }

  /**
   * Draws only the maps over the photo, without any text: for a page that explains the colours
   * itself. One scale is good for all of them, see {@link #most}.
   *
   * @param photo upright
   * @return for each map, pixels of {@link BufferedImage#TYPE_INT_RGB}, as many as the photo has
   */
  public static List<BufferedImage> overlays(BufferedImage photo, List<Map> maps) {
    BufferedImage pixels = scaled(photo, photo.getWidth(), photo.getHeight());
    double most = most(maps);
    return maps.stream().map(map -> coloured(pixels, map, most)).toList();
  }

  /**
   * Whether a file is such a picture, by its beginning.
   *
   * @param in of which some bytes are read
   */
  public static boolean isOne(InputStream in) throws IOException {
    return DrawingPng.isOf(in, SOFTWARE);
  }

  private BufferedImage drawn(String title) {
    int columns = 1 + maps.size();
    BufferedImage image =
        new BufferedImage(
            MARGIN + columns * (column + MARGIN),
            MARGIN + LINE + height + MARGIN + BAR + LINE + MARGIN / 2,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    BufferedImage scaled = scaled(photo, width, height);
    int top = MARGIN + LINE;
    write(graphics, title, MARGIN, top - MARGIN / 2f, column);
    graphics.drawImage(scaled, MARGIN, top, null);
    for (int i = 0; i < maps.size(); i++) {
      int left = MARGIN + (i + 1) * (column + MARGIN);
      write(graphics, maps.get(i).title, left, top - MARGIN / 2f, column);
      graphics.drawImage(coloured(scaled, maps.get(i), most), left, top, null);
    }
    drawScale(graphics, image, top + height + MARGIN);
    graphics.dispose();
    return image;
  }

  private static BufferedImage scaled(BufferedImage photo, int width, int height) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(photo, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  private static BufferedImage coloured(BufferedImage from, Map map, double most) {
    int width = from.getWidth();
    int height = from.getHeight();
    BufferedImage to = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      from.getRaster().getDataElements(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int rgb = row[x];
        double luma = 0.299 * (rgb >> 16 & 0xFF) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF);
        double value = map.at((x + 0.5) / width, (y + 0.5) / height);
        row[x] = colour(DARKEST + luma * (255 - DARKEST) / 255, value / most);
      }
      to.getRaster().setDataElements(0, y, width, 1, row);
    }
    return to;
  }

  /**
   * A grey with a colour over it.
   *
   * @param grey 0 to 255
   * @param strength -1 to 1
   */
  private static int colour(double grey, double strength) {
    int full = strength > 0 ? FOR : AGAINST;
    double part = STRONGEST * Math.abs(strength);
    int red = (int) (mix(grey, full >> 16 & 0xFF, part) + 0.5);
    int green = (int) (mix(grey, full >> 8 & 0xFF, part) + 0.5);
    int blue = (int) (mix(grey, full & 0xFF, part) + 0.5);
    return red << 16 | green << 8 | blue;
  }

  private void drawScale(Graphics2D graphics, BufferedImage image, int top) {
    int length = Math.min(LONGEST_BAR, image.getWidth() - 2 * MARGIN);
    int[] row = new int[length];
    for (int x = 0; x < length; x++) {
      row[x] = colour(255, 2 * (x + 0.5) / length - 1);
    }
    for (int y = 0; y < BAR; y++) {
      image.getRaster().setDataElements(MARGIN, top + y, length, 1, row);
    }
    graphics.setColor(GRID);
    graphics.drawRect(MARGIN, top, length - 1, BAR - 1);
    String number = number(most);
    float baseline = top + BAR + LINE - MARGIN / 2f;
    write(graphics, "\u2212" + number + " against", MARGIN, baseline, length / 2f);
    TextLayout zero = text.line("0");
    graphics.setColor(INK);
    zero.draw(graphics, MARGIN + (length - zero.getAdvance()) / 2, baseline);
    TextLayout most = text.line("for +" + number);
    most.draw(graphics, MARGIN + length - most.getAdvance(), baseline);
  }

  /** A number of the scale, as it stands below it. */
  public static String number(double most) {
    return String.format(Locale.ROOT, most < 0.095 ? "%.3f" : "%.2f", most);
  }

  private void write(Graphics2D graphics, String line, float left, float baseline, float room) {
    graphics.setColor(INK);
    text.line(line, room).draw(graphics, left, baseline);
  }
}

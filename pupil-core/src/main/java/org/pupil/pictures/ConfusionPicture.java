package org.pupil.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A confusion matrix as a picture: a row for each true label, a column for each predicted one, the
 * counts in the squares. Blue is right, orange is wrong; the stronger, the greater the share of the
 * row. With many labels the squares get small and lose their counts.
 */
public final class ConfusionPicture {
  private static final int SCALE = 2;
  private static final int LONGEST_LABEL = 18;
  private static final int GAP = 12;
  private static final int LARGEST_SQUARE = 64;
  private static final int SMALLEST_SQUARE = 3;
  private static final int LONGEST_MATRIX = 1440;
  private static final int LINE = PixelFont.HEIGHT * SCALE;

  private static final int WHITE = 0;
  private static final int INK = 1;
  private static final int SOFT_INK = 2;
  private static final int GRID = 3;
  private static final int SHADES = 100;
  private static final int RIGHT = 4;
  private static final int WRONG = RIGHT + SHADES;

  /** From this shade on white is easier to read than black. */
  private static final int DARK = 60;

  private final PixelFont font = new PixelFont();
  private final List<String> labels;
  private final int[][] counts;
  private final int square;
  private final int left;
  private final int top;
  private final PngCanvas canvas;

  private ConfusionPicture(List<String> labels, int[][] counts) {
    this.labels = IntStream.range(0, labels.size()).mapToObj(i -> shown(labels, i)).toList();
    this.counts = counts;
    this.square =
        Math.max(SMALLEST_SQUARE, Math.min(LARGEST_SQUARE, LONGEST_MATRIX / labels.size()));
    int longest = this.labels.stream().mapToInt(PixelFont::width).max().orElse(0) * SCALE;
    int labelRoom = hasLabels() ? longest + GAP : 0;
    this.left = 2 * GAP + LINE + labelRoom;
    this.top = 2 * GAP + LINE + labelRoom;
    int side = square * labels.size() + 1;
    int least = PixelFont.width("predicted label") * SCALE;
    this.canvas =
        new PngCanvas(
            left + Math.max(side, least) + GAP, top + Math.max(side, least) + GAP, palette());
  }

  /** A label that the font cannot write stands as its number: else all such would look the same. */
  private String shown(List<String> labels, int index) {
    String label = labels.get(index);
    if (!font.writes(label)) {
      return "label " + (index + 1);
    }
    return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 2) + "..";
  }

  private static int[] palette() {
    int[] palette = new int[WRONG + SHADES];
    palette[WHITE] = 0xFFFFFF;
    palette[INK] = 0x1B1F24;
    palette[SOFT_INK] = 0x6A737D;
    palette[GRID] = 0xD5DAE0;
    for (int shade = 0; shade < SHADES; shade++) {
      palette[RIGHT + shade] = mixed(0x1F5FBF, shade);
      palette[WRONG + shade] = mixed(0xC2410C, shade);
    }
    return palette;
  }

  private static int mixed(int colour, int shade) {
    int mixed = 0;
    for (int bits = 16; bits >= 0; bits -= 8) {
      int full = colour >> bits & 0xFF;
      mixed |= (0xFF + (full - 0xFF) * shade / (SHADES - 1)) << bits;
    }
    return mixed;
  }

  /**
   * The picture, as a PNG file.
   *
   * @param width of the picture in pixels
   * @param height of the picture in pixels
   * @param png the file; a copy is not made
   */
  @SuppressWarnings("ArrayRecordComponent") // carried from here to a log, never compared
  public record Picture(int width, int height, byte[] png) {}

  /**
   * Draws.
   *
   * @param labels the k labels, at least 1
   * @param counts [k][k]: {@code counts[truth][predicted]}, 0 or more
   */
  public static Picture of(List<String> labels, int[][] counts) {
    if (labels.isEmpty()
        || counts.length != labels.size()
        || Arrays.stream(counts).anyMatch(row -> row.length != labels.size())) {
      throw new IllegalArgumentException("the matrix is not that of the labels " + labels);
    }
    ConfusionPicture drawing = new ConfusionPicture(labels, counts);
    drawing.draw();
    return new Picture(drawing.canvas.width(), drawing.canvas.height(), drawing.canvas.png());
  }

  /**
   * Which of the labels stand in the picture as their number, counted from 1, since it has no
   * letters for them.
   */
  public static List<Integer> numbered(List<String> labels) {
    PixelFont font = new PixelFont();
    return IntStream.rangeClosed(1, labels.size())
        .filter(number -> !font.writes(labels.get(number - 1)))
        .boxed()
        .toList();
  }

  private boolean hasLabels() {
    return square >= LINE + 2;
  }

  private void draw() {
    canvas.text(font, "predicted label", left, GAP, SCALE, SOFT_INK);
    int bottom = top + PixelFont.width("true label") * SCALE;
    canvas.upwards(font, "true label", GAP, bottom, SCALE, SOFT_INK);
    int k = labels.size();
    canvas.fill(left, top, k * square + 1, k * square + 1, GRID);
    for (int truth = 0; truth < k; truth++) {
      int photos = Arrays.stream(counts[truth]).sum();
      for (int predicted = 0; predicted < k; predicted++) {
        drawSquare(truth, predicted, photos);
      }
    }
    if (hasLabels()) {
      drawLabels();
    }
  }

  private void drawSquare(int truth, int predicted, int photos) {
    int count = counts[truth][predicted];
    // What happened once can be seen, however many photos the label has.
    int shade = count == 0 ? 0 : Math.max(6, (int) ((SHADES - 1L) * count / Math.max(1, photos)));
    int x = left + predicted * square;
    int y = top + truth * square;
    int border = square > 8 ? 1 : 0;
    int colour = (truth == predicted ? RIGHT : WRONG) + shade;
    canvas.fill(x + border, y + border, square - border, square - border, colour);
    String text = Integer.toString(count);
    int width = PixelFont.width(text) * SCALE;
    if (width + 4 <= square && LINE <= square) {
      int ink = shade >= DARK ? WHITE : count == 0 ? SOFT_INK : INK;
      // The last two rows of a digit are empty.
      int height = (PixelFont.HEIGHT - 2) * SCALE;
      canvas.text(
          font, text, x + (square - width + 1) / 2, y + (square - height + 1) / 2, SCALE, ink);
    }
  }

  private void drawLabels() {
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      int middle = i * square + (square - (PixelFont.HEIGHT - 2) * SCALE) / 2;
      int width = PixelFont.width(label) * SCALE;
      canvas.text(font, label, left - GAP / 2 - width, top + middle, SCALE, INK);
      canvas.upwards(font, label, left + middle, top - GAP / 2, SCALE, INK);
    }
  }
}

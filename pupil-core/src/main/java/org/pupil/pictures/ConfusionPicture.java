package org.pupil.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pupil.errors.PupilException;

/**
 * A confusion matrix as a picture: a row for each true label, a column for each predicted one, the
 * counts in the squares. Blue is right, orange is wrong; the stronger, the greater the share of the
 * row. With many labels the squares get small and lose their counts, then their labels.
 *
 * <p>It is drawn for a screen of two pixels a point: shown at half its size, it is sharp.
 */
public final class ConfusionPicture {
  private static final float TEXT_SIZE = 28;

  /** Height of a capital letter or digit of that size. */
  private static final float CAPITAL = 20;

  private static final String PREDICTED = "predicted label";
  private static final int LINE = 36;
  private static final int LONGEST_LABEL = 420;
  private static final int GAP = 24;
  private static final int LARGEST_SQUARE = 128;
  private static final int SMALLEST_SQUARE = 3;
  private static final int LONGEST_MATRIX = 2560;

  private static final Color INK = new Color(0x1B1F24);
  private static final Color SOFT_INK = new Color(0x6A737D);
  private static final Color GRID = new Color(0xD5DAE0);
  private static final Color RIGHT = new Color(0x1F5FBF);
  private static final Color WRONG = new Color(0xC2410C);

  /** What happened once can be seen, however many photos the label has. */
  private static final double FAINTEST = 0.06;

  /** From this share on white is easier to read than black. */
  private static final double DARK = 0.6;

  private final PictureText text;
  private final Map<Integer, TextLayout> numbers = new HashMap<>();
  private final List<String> labels;
  private final List<Integer> numbered;
  private final int[][] counts;
  private final int square;
  private final int start;
  private final BufferedImage image;
  private final Graphics2D graphics;

  private ConfusionPicture(List<String> labels, int[][] counts) {
    this.text = new PictureText(TEXT_SIZE);
    this.labels = IntStream.range(0, labels.size()).mapToObj(i -> shown(labels, i)).toList();
    this.numbered =
        IntStream.rangeClosed(1, labels.size())
            .filter(number -> !text.writes(labels.get(number - 1)))
            .boxed()
            .toList();
    this.counts = counts;
    this.square =
        Math.max(SMALLEST_SQUARE, Math.min(LARGEST_SQUARE, LONGEST_MATRIX / labels.size()));
    this.start = 2 * GAP + LINE + (hasLabels() ? longestLabel() + GAP : 0);
    int matrix = square * labels.size() + 1;
    int heading = (int) Math.ceil(text.line(PREDICTED).getAdvance());
    int side = start + Math.max(matrix, heading) + GAP;
    this.image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    this.graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  /** A label that no font can write stands as its number: else all such would look the same. */
  private String shown(List<String> labels, int index) {
    return text.writes(labels.get(index)) ? labels.get(index) : "label " + (index + 1);
  }

  /**
   * The picture, as a PNG file.
   *
   * @param width of the picture in pixels
   * @param height of the picture in pixels
   * @param png the file; a copy is not made
   * @param numbered which labels stand there as their number, counted from 1, since no font has
   *     their letters
   */
  @SuppressWarnings("ArrayRecordComponent") // carried from here to a log, never compared
  public record Picture(int width, int height, byte[] png, List<Integer> numbered) {
    public Picture {
      numbered = List.copyOf(numbered);
    }
  }

  /**
   * Does once, and now, what takes the first picture of a process more time than the others. Not
   * needed, and harmless if it fails: {@link #of} says what is wrong.
   */
  public static void preload() {
    try {
      var unused = new PictureText(TEXT_SIZE).line(PREDICTED);
      new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics().dispose();
    } catch (PupilException e) {
      return; // who draws a picture is told
    }
  }

  /**
   * Draws.
   *
   * @param labels the k labels, at least 1
   * @param counts [k][k]: {@code counts[truth][predicted]}, 0 or more
   * @throws PupilException (unavailable) if this machine's Java cannot draw text
   */
  public static Picture of(List<String> labels, int[][] counts) {
    if (labels.isEmpty()
        || counts.length != labels.size()
        || Arrays.stream(counts).anyMatch(row -> row.length != labels.size())) {
      throw new IllegalArgumentException("the matrix is not that of the labels " + labels);
    }
    ConfusionPicture drawing = new ConfusionPicture(labels, counts);
    try {
      drawing.draw();
      return drawing.picture();
    } finally {
      drawing.graphics.dispose();
    }
  }

  private Picture picture() {
    return new Picture(image.getWidth(), image.getHeight(), DrawingPng.of(image), numbered);
  }

  private boolean hasLabels() {
    return square >= LINE;
  }

  private int longestLabel() {
    return (int)
        Math.ceil(labels.stream().mapToDouble(name -> label(name).getAdvance()).max().orElse(0));
  }

  private TextLayout label(String name) {
    return text.line(name, LONGEST_LABEL);
  }

  private void draw() {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    int size = square * labels.size() + 1;
    graphics.setColor(GRID);
    graphics.fillRect(start, start, size, size);
    for (int truth = 0; truth < labels.size(); truth++) {
      int photos = Arrays.stream(counts[truth]).sum();
      for (int predicted = 0; predicted < labels.size(); predicted++) {
        drawSquare(truth, predicted, photos);
      }
    }
    drawAcross();
    // The picture is a square, so that a quarter turn makes the left edge the lower one.
    graphics.transform(new AffineTransform(0, -1, 1, 0, 0, image.getHeight()));
    drawUpwards();
  }

  private void drawSquare(int truth, int predicted, int photos) {
    int count = counts[truth][predicted];
    double share = count == 0 ? 0 : Math.max(FAINTEST, (double) count / Math.max(1, photos));
    int border = square > 8 ? 1 : 0;
    int x = start + predicted * square + border;
    int y = start + truth * square + border;
    graphics.setColor(mixed(truth == predicted ? RIGHT : WRONG, share));
    graphics.fillRect(x, y, square - border, square - border);
    if (hasLabels()) {
      TextLayout number = numbers.computeIfAbsent(count, n -> text.line(Integer.toString(n)));
      float margin = (square - border - number.getAdvance()) / 2;
      if (margin > 2) {
        graphics.setColor(share >= DARK ? Color.WHITE : count == 0 ? SOFT_INK : INK);
        number.draw(graphics, x + margin, baselineOf(y));
      }
    }
  }

  private static Color mixed(Color full, double share) {
    return new Color(
        mixed(full.getRed(), share), mixed(full.getGreen(), share), mixed(full.getBlue(), share));
  }

  private static int mixed(int full, double share) {
    return (int) Math.round(0xFF + (full - 0xFF) * share);
  }

  /** The baseline of a text in the middle of a square. */
  private float baselineOf(int top) {
    return top + (square + CAPITAL) / 2;
  }

  private void drawAcross() {
    graphics.setColor(SOFT_INK);
    text.line(PREDICTED).draw(graphics, start, GAP + CAPITAL);
    graphics.setColor(INK);
    for (int i = 0; i < labels.size() && hasLabels(); i++) {
      TextLayout name = label(labels.get(i));
      name.draw(graphics, start - GAP / 2 - name.getAdvance(), baselineOf(start + i * square));
    }
  }

  private void drawUpwards() {
    graphics.setColor(SOFT_INK);
    TextLayout truth = text.line("true label");
    truth.draw(graphics, image.getHeight() - start - truth.getAdvance(), GAP + CAPITAL);
    graphics.setColor(INK);
    for (int i = 0; i < labels.size() && hasLabels(); i++) {
      label(labels.get(i))
          .draw(graphics, image.getHeight() - start + GAP / 2, baselineOf(start + i * square));
    }
  }
}

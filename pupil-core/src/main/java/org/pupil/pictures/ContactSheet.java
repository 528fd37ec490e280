package org.pupil.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.awt.image.BufferedImage;
import java.util.List;
import org.pupil.errors.PupilException;

/** A few photos of each label in one picture: a row for each label, with its name above it. */
public final class ContactSheet {
  /** Rows and columns of a photo, at most. */
  public static final int SIDE = 120;

  /** Photos of a label, at most. */
  public static final int COLUMNS = 8;

  private static final float TEXT_SIZE = 20;
  private static final int LINE = 34;
  private static final int GAP = 6;
  private static final int MARGIN = 16;
  private static final Color INK = new Color(0x1B1F24);
  private static final Color BESIDE = new Color(0xF1F3F5);

  private ContactSheet() {}

  /**
   * One label.
   *
   * @param heading its name, and what else there is to say; not empty
   * @param photos at most {@link #COLUMNS} of at most {@link #SIDE} rows and columns each
   */
  public record Row(String heading, List<BufferedImage> photos) {
    public Row {
      photos = List.copyOf(photos);
    }
  }

  /**
   * Draws the sheet.
   *
   * @return a PNG file
   * @throws PupilException (unavailable) if this machine's Java cannot draw text
   */
  public static byte[] png(List<Row> rows) {
    int width = 2 * MARGIN + COLUMNS * (SIDE + GAP) - GAP;
    int rowHeight = LINE + SIDE + GAP;
    BufferedImage image =
        new BufferedImage(width, 2 * MARGIN + rows.size() * rowHeight, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    PictureText text = new PictureText(TEXT_SIZE);
    for (int row = 0; row < rows.size(); row++) {
      draw(graphics, text, rows.get(row), MARGIN + row * rowHeight, width - 2 * MARGIN);
    }
    graphics.dispose();
    return DrawingPng.withPhoto(image, "Pupil dataset");
  }

  private static void draw(Graphics2D graphics, PictureText text, Row row, int top, int width) {
    graphics.setColor(INK);
    TextLayout heading = text.line(row.heading, width);
    heading.draw(graphics, MARGIN, top + LINE - (LINE - TEXT_SIZE) / 2 - GAP);
    for (int column = 0; column < row.photos.size(); column++) {
      BufferedImage photo = row.photos.get(column);
      int left = MARGIN + column * (SIDE + GAP);
      graphics.setColor(BESIDE);
      graphics.fillRect(left, top + LINE, SIDE, SIDE);
      graphics.drawImage(
          photo,
          left + (SIDE - photo.getWidth()) / 2,
          top + LINE + (SIDE - photo.getHeight()) / 2,
          null);
    }
  }
}

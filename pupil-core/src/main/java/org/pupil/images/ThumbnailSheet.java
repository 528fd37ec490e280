package org.pupil.images;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Many thumbnails in one JPEG, row by row: a sprite, as web pages call it.
 *
 * <p>Nothing is decoded: a thumbnail's rows of blocks stand between restart markers and depend on
 * nothing before them, so those of the thumbnails that are side by side are written one after the
 * other (ITU T.81, B.2.1 and E.1.4).
 */
public final class ThumbnailSheet {
  /** More pixels in a row or column than this, and web pages cannot show the sheet. */
  public static final int LARGEST_SIDE = 8192;

  /** So many thumbnails fit into one sheet. */
  public static final int MOST_THUMBNAILS =
      (LARGEST_SIDE / ThumbnailMaker.SIDE) * (LARGEST_SIDE / ThumbnailMaker.SIDE);

  /**
   * A block of medium grey with the tables of Annex K: for each of four squares of brightness 00
   * (as the one before) and 1010 (nothing more), for each of two of colour 00 and 00.
   */
  private static final byte[] GREY_BLOCK = {0x28, (byte) 0xA2, (byte) 0x8A, 0x00};

  private final byte[] header;
  private final int scanAt;

  /** The header up to the scan, which is the same in all thumbnails. */
  private ThumbnailSheet(byte[] thumbnail, int scanAt) {
    this.header = Arrays.copyOf(thumbnail, scanAt);
    this.scanAt = scanAt;
  }

  /**
   * Puts thumbnails together.
   *
   * @param thumbnails what {@link ThumbnailMaker} made, 1 to {@link #MOST_THUMBNAILS} of them; for
   *     an empty array, and for what is no such thumbnail, there is a grey square
   * @param columns thumbnails in a row
   * @param comment is put into the file; in ASCII, at most 100 characters
   * @return a whole JPEG file; empty if all squares would be grey
   */
  public static Optional<byte[]> of(List<byte[]> thumbnails, int columns, String comment) {
    int rows = (thumbnails.size() + columns - 1) / columns;
    int width = columns * ThumbnailMaker.SIDE;
    int height = rows * ThumbnailMaker.SIDE;
    if (thumbnails.isEmpty() || width > LARGEST_SIDE || height > LARGEST_SIDE) {
      throw new IllegalArgumentException(
          "a sheet of " + thumbnails.size() + " thumbnails in " + columns + " columns");
    }
    return thumbnails.stream()
        .flatMap(thumbnail -> first(thumbnail).stream())
        .findFirst()
        .map(sheet -> sheet.write(thumbnails, columns, rows, comment));
  }

  private static Optional<ThumbnailSheet> first(byte[] thumbnail) {
    int at = ThumbnailJpeg.scan(thumbnail);
    if (at < 0 || !ThumbnailJpeg.isHeader(Arrays.copyOf(thumbnail, at))) {
      return Optional.empty();
    }
    ThumbnailSheet sheet = new ThumbnailSheet(thumbnail, at);
    return sheet.rowsOf(thumbnail) == null ? Optional.empty() : Optional.of(sheet);
  }

  private byte[] write(List<byte[]> thumbnails, int columns, int rows, String comment) {
    byte[] text = comment.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // The comment comes second: programs know a JPEG by its first segment.
    int first = ThumbnailJpeg.endOfFirstSegment(header);
    out.write(header, 0, first);
    marker(out, ThumbnailJpeg.COMMENT);
    uint16(out, text.length + 2);
    out.write(text, 0, text.length);
    byte[] sized = header.clone();
    ThumbnailJpeg.setSize(sized, rows * ThumbnailMaker.SIDE, columns * ThumbnailMaker.SIDE);
    out.write(sized, first, sized.length - first);
    int restarts = 0;
    for (int row = 0; row < rows; row++) {
      List<byte[][]> line = line(thumbnails, row * columns, columns);
      for (int part = 0; part < ThumbnailJpeg.ROWS; part++) {
        for (byte[][] parts : line) {
          if (restarts > 0) {
            marker(out, ThumbnailJpeg.FIRST_RESTART + (restarts - 1) % ThumbnailJpeg.RESTARTS);
          }
          out.write(parts[part], 0, parts[part].length);
          restarts++;
        }
      }
    }
    marker(out, ThumbnailJpeg.END_OF_IMAGE);
    return out.toByteArray();
  }

  private List<byte[][]> line(List<byte[]> thumbnails, int from, int columns) {
    List<byte[][]> line = new ArrayList<>();
    for (int i = from; i < from + columns; i++) {
      byte[][] parts = i < thumbnails.size() ? rowsOf(thumbnails.get(i)) : null;
      line.add(parts == null ? greyRows() : parts);
    }
    return line;
  }

  private static byte[][] greyRows() {
    byte[] row = new byte[ThumbnailJpeg.ROWS * GREY_BLOCK.length];
    for (int at = 0; at < row.length; at++) {
      row[at] = GREY_BLOCK[at % GREY_BLOCK.length];
    }
    byte[][] rows = new byte[ThumbnailJpeg.ROWS][];
    Arrays.fill(rows, row);
    return rows;
  }

  /** The coded rows of blocks; null if it is no thumbnail with this sheet's header. */
  private byte @Nullable [][] rowsOf(byte[] thumbnail) {
    if (thumbnail.length < scanAt || !Arrays.equals(thumbnail, 0, scanAt, header, 0, scanAt)) {
      return null;
    }
    byte[][] rows = new byte[ThumbnailJpeg.ROWS][];
    int row = 0;
    int from = scanAt;
    for (int at = scanAt; at + 1 < thumbnail.length; at++) {
      int next = ThumbnailJpeg.marker(thumbnail, at);
      if (next == 0) {
        continue;
      }
      if (row == ThumbnailJpeg.ROWS
          || next
              != (row == ThumbnailJpeg.ROWS - 1
                  ? ThumbnailJpeg.END_OF_IMAGE
                  : ThumbnailJpeg.FIRST_RESTART + row)) {
        return null;
      }
      rows[row++] = Arrays.copyOfRange(thumbnail, from, at);
      from = at + 2;
    }
    return row == ThumbnailJpeg.ROWS ? rows : null;
  }

  private static void marker(ByteArrayOutputStream out, int marker) {
    out.write(0xFF);
    out.write(marker);
  }

  private static void uint16(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }
}

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

  private static final int ROWS = ThumbnailMaker.SIDE / ThumbnailMaker.BLOCK;
  private static final int COMMENT = 0xFE;
  private static final int START_OF_FRAME = 0xC0;
  private static final int START_OF_SCAN = 0xDA;
  private static final int FIRST_RESTART = 0xD0;
  private static final int END_OF_IMAGE = 0xD9;

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
    int at = segment(thumbnail, START_OF_SCAN);
    if (at < 0) {
      return Optional.empty();
    }
    ThumbnailSheet sheet = new ThumbnailSheet(thumbnail, at + 2 + uint16(thumbnail, at + 2));
    return sheet.rowsOf(thumbnail) == null ? Optional.empty() : Optional.of(sheet);
  }

  /** Where a marker is, before the scan; negative if it is not there. */
  private static int segment(byte[] file, int marker) {
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
      int length = uint16(file, at + 2);
      if (at + 2 + length > file.length) {
        return -1;
      }
      if ((file[at + 1] & 0xFF) == marker) {
        return at;
      }
      at += 2 + length;
    }
    return -1;
  }

  private static int uint16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private byte[] write(List<byte[]> thumbnails, int columns, int rows, String comment) {
    byte[] text = comment.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // The comment comes second: programs know a JPEG by its first segment.
    int first = 4 + uint16(header, 4);
    out.write(header, 0, first);
    marker(out, COMMENT);
    uint16(out, text.length + 2);
    out.write(text, 0, text.length);
    byte[] sized = header.clone();
    int frame = segment(sized, START_OF_FRAME);
    putUint16(sized, frame + 5, rows * ThumbnailMaker.SIDE);
    putUint16(sized, frame + 7, columns * ThumbnailMaker.SIDE);
    out.write(sized, first, sized.length - first);
    int restarts = 0;
    for (int row = 0; row < rows; row++) {
      List<byte[][]> line = line(thumbnails, row * columns, columns);
      for (int part = 0; part < ROWS; part++) {
        for (byte[][] parts : line) {
          if (restarts > 0) {
            marker(out, FIRST_RESTART + (restarts - 1) % 8);
          }
          out.write(parts[part], 0, parts[part].length);
          restarts++;
        }
      }
    }
    marker(out, END_OF_IMAGE);
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
    byte[] row = new byte[ROWS * GREY_BLOCK.length];
    for (int at = 0; at < row.length; at++) {
      row[at] = GREY_BLOCK[at % GREY_BLOCK.length];
    }
    byte[][] rows = new byte[ROWS][];
    Arrays.fill(rows, row);
    return rows;
  }

  /** The coded rows of blocks; null if it is no thumbnail with this sheet's header. */
  private byte @Nullable [][] rowsOf(byte[] thumbnail) {
    if (thumbnail.length < scanAt || !Arrays.equals(thumbnail, 0, scanAt, header, 0, scanAt)) {
      return null;
    }
    byte[][] rows = new byte[ROWS][];
    int row = 0;
    int from = scanAt;
    for (int at = scanAt; at + 1 < thumbnail.length; at++) {
      int next = thumbnail[at + 1] & 0xFF;
      if ((thumbnail[at] & 0xFF) != 0xFF || next == 0) {
        continue;
      }
      if (row == ROWS || next != (row == ROWS - 1 ? END_OF_IMAGE : FIRST_RESTART + row)) {
        return null;
      }
      rows[row++] = Arrays.copyOfRange(thumbnail, from, at);
      from = at + 2;
    }
    return row == ROWS ? rows : null;
  }

  private static void marker(ByteArrayOutputStream out, int marker) {
    out.write(0xFF);
    out.write(marker);
  }

  private static void uint16(ByteArrayOutputStream out, int value) {
    out.write(value >> 8);
    out.write(value);
  }

  private static void putUint16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }
}

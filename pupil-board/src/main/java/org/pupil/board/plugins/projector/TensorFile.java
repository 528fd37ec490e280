package org.pupil.board.plugins.projector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The numbers of an embedding in a file: text with a line for each point, or 4-byte floats, of
 * which the configuration must say the shape. It is checked before it is handed out, and never in
 * memory as a whole.
 *
 * @param file its real path
 * @param isText whether it is text
 * @param rows how many points there are
 * @param columns how many numbers one has
 */
record TensorFile(Path file, boolean isText, long rows, int columns) {
  /**
   * Looks through a file.
   *
   * @param shape what the configuration says, may be empty
   * @throws ProjectorException if it is neither
   */
  static TensorFile check(Path file, List<Long> shape) throws IOException, ProjectorException {
    Shape found = new Shape();
    try (InputStream in = WatchedFiles.open(file)) {
      TsvNumbers.read(in, found);
    } catch (TsvNumbers.NoTextException e) {
      return checkBinary(file, shape);
    }
    if (found.unequalRow > 0) {
      throw new ProjectorException(
          "row %d of \"%s\" has %d numbers, the first %d"
              .formatted(
                  found.unequalRow, file.getFileName(), found.unequalColumns, found.columns));
    }
    return new TensorFile(file, true, found.rows, found.columns);
  }

  private static TensorFile checkBinary(Path file, List<Long> shape)
      throws IOException, ProjectorException {
    if (shape.size() != 2) {
      throw new ProjectorException(
          "\"%s\" is no text, so tensor_shape must say how many rows and columns it has, was %s"
              .formatted(file.getFileName(), shape));
    }
    long rows = shape.get(0);
    long columns = shape.get(1);
    long size = Files.size(file);
    boolean fits = columns == 0 ? size == 0 : rows == size / Float.BYTES / columns;
    if (columns > Integer.MAX_VALUE || !fits || size != rows * columns * Float.BYTES) {
      throw new ProjectorException(
          "\"%s\" has %d bytes, which are not %d x %d floats of 4 bytes:"
                  .formatted(file.getFileName(), size, rows, columns)
              + " correct tensor_shape in projector_config.pbtxt");
    }
    return new TensorFile(file, false, rows, (int) columns);
  }

  /** Counts. */
  private static final class Shape implements TsvNumbers.Visitor {
    private long rows;
    private int columns;
    private long unequalRow;
    private int unequalColumns;

    @Override
    public void number(float value) {}

    @Override
    public boolean endOfRow(int found) {
      if (rows == 0) {
        columns = found;
      }
      rows++;
      if (found != columns) {
        unequalRow = rows;
        unequalColumns = found;
      }
      return unequalRow == 0;
    }
  }

  /**
   * Writes the numbers as 4-byte floats, little-endian, row by row.
   *
   * @param most so many rows at most
   */
  void write(OutputStream out, long most) throws IOException {
    try (InputStream in = WatchedFiles.open(file)) {
      if (isText) {
        TsvNumbers.read(in, new Floats(out, Math.min(most, rows)));
      } else {
        Streams.copy(in, out, Math.min(most, rows) * columns * Float.BYTES);
      }
    } catch (TsvNumbers.NoTextException | ProjectorException e) {
      throw new IOException(file + " has changed while it was read", e);
    }
  }

  private static final class Floats implements TsvNumbers.Visitor {
    private final OutputStream out;
    private final long most;
    private final ByteBuffer buffer = ByteBuffer.allocate(32 << 10).order(ByteOrder.LITTLE_ENDIAN);
    private long rows;

    Floats(OutputStream out, long most) {
      this.out = out;
      this.most = most;
    }

    @Override
    public void number(float value) throws IOException {
      if (rows < most) {
        buffer.putFloat(value);
        if (!buffer.hasRemaining()) {
          flush();
        }
      }
    }

    @Override
    public boolean endOfRow(int columns) throws IOException {
      rows++;
      if (rows >= most) {
        flush();
      }
      return rows < most;
    }

    private void flush() throws IOException {
      out.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
  }
}

package org.pupil.board.plugins.scalars;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.board.log.ScalarPoints;

/**
 * Points of scalars in a form that a page reads without parsing: 20 bytes a point, 24 if its series
 * needs double precision, little-endian. Of a series that has only grown since the page last asked
 * there are the new points only.
 */
public final class CompactPoints {
  private static final int HEADER_BYTES = 32;
  private static final int PLACE_BYTES = 16;
  private static final int ALIGNMENT = 8;
  private static final int NO_SERIES = -1;

  /**
   * What a page has of a series.
   *
   * @param count its number of points, of which none was left out; 0 for nothing
   * @param lastWallTime the wall time of the last of them
   * @param revision the series' {@link ScalarPoints#revision} at that time; as long as it has that
   *     one and that time at that place, it still has all points before it too
   */
  public record Known(int count, double lastWallTime, int revision) {
    public static final Known NOTHING = new Known(0, 0, 0);

    private boolean isBeginningOf(ScalarPoints points) {
      return count > 0
          && count <= points.size()
          && points.revision() == revision
          && points.wallTime(count - 1) == lastWallTime;
    }
  }

  private record Block(ScalarPoints points, int first, int kept) {
    int size() {
      return points.size() - first;
    }

    int valueBytes() {
      return points.isWide() ? Double.BYTES : Float.BYTES;
    }

    int bytes() {
      int bytes = HEADER_BYTES + (PLACE_BYTES + valueBytes()) * size();
      return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
  }

  private final List<Optional<Block>> blocks = new ArrayList<>();
  private final int most;

  /**
   * @param most how many points of one series at most
   */
  public CompactPoints(int most) {
    this.most = most;
  }

  /** Adds a series, or says that there is none. */
  public void add(Optional<ScalarPoints> series, Known known) {
    blocks.add(series.map(points -> block(points, known)));
  }

  private Block block(ScalarPoints points, Known known) {
    boolean isWhole = points.size() <= most;
    int first = isWhole && known.isBeginningOf(points) ? known.count() : 0;
    return new Block(points.sampled(most), first, points.size());
  }

  /**
   * The series in the order in which they were added, each as: the number n of its points that
   * follow, or -1 if there is no such series; the index of the first of them, before which all are
   * as the page has them; the number of points in the log (8 bytes); the number of points that can
   * be had; of how many bytes a value is, 4 or 8; the revision; 4 bytes of zero; n steps and n wall
   * times as 8-byte floats, n values as floats of that size; zeros up to a multiple of 8 bytes.
   */
  public byte[] bytes() {
    int size = 0;
    for (Optional<Block> block : blocks) {
      size = Math.addExact(size, block.map(Block::bytes).orElse(HEADER_BYTES));
    }
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    for (Optional<Block> block : blocks) {
      int end = bytes.position() + block.map(Block::bytes).orElse(HEADER_BYTES);
      block.ifPresentOrElse(some -> write(bytes, some), () -> bytes.putInt(NO_SERIES));
      bytes.position(end);
    }
    return bytes.array();
  }

  private static void write(ByteBuffer bytes, Block block) {
    ScalarPoints points = block.points();
    bytes.putInt(block.size()).putInt(block.first());
    bytes.putLong(points.seen()).putInt(block.kept()).putInt(block.valueBytes());
    bytes.putInt(points.revision()).putInt(0);
    for (int i = block.first(); i < points.size(); i++) {
      bytes.putDouble((double) points.step(i));
    }
    for (int i = block.first(); i < points.size(); i++) {
      bytes.putDouble(points.wallTime(i));
    }
    for (int i = block.first(); i < points.size(); i++) {
      if (points.isWide()) {
        bytes.putDouble(points.value(i));
      } else {
        bytes.putFloat((float) points.value(i));
      }
    }
  }
}

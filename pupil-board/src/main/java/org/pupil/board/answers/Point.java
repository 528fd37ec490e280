package org.pupil.board.answers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.pupil.board.log.EventRecord;
import org.pupil.log.proto.Summary;

/**
 * A value of a series.
 *
 * @param wallTime in seconds since 1970
 */
public record Point<T>(double wallTime, long step, T value) {
  /**
   * Reads values from their files. Those that are not of the wanted form, or whose file is gone,
   * are left out.
   *
   * @param form makes a value of what is in the log, or says that it is none
   * @throws IOException if every file is gone
   */
  public static <T> List<Point<T>> read(
      List<EventRecord> records, Function<Summary.Value, Optional<T>> form) throws IOException {
    List<Point<T>> points = new ArrayList<>(records.size());
    int failures = 0;
    for (EventRecord record : records) {
      try {
        form.apply(record.value())
            .ifPresent(value -> points.add(new Point<>(record.wallTime(), record.step(), value)));
      } catch (IOException e) {
        // A run can have several files, of which some were deleted: the others are still shown.
        failures++;
        if (failures == records.size()) {
          throw e;
        }
      }
    }
    return points;
  }
}

package org.pupil.board.web;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.pupil.board.answers.Point;
import org.pupil.board.answers.Sampling;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.EventRecord;
import org.pupil.board.log.Run;
import org.pupil.board.log.SeriesInfo;
import org.pupil.log.proto.Summary;
import org.pupil.web.RequestException;

/**
 * A series whose values stand in files: those of them that an answer has.
 *
 * @param records at most as many as are wanted
 * @param seen how many were written
 */
public record StoredSeries(List<EventRecord> records, long seen) {
  /**
   * Finds a series.
   *
   * @param most so many values at most, the first and the last among them
   * @return empty if the run has no such tag of that plugin
   */
  public static Optional<StoredSeries> of(
      EventLogs logs, String run, String plugin, String tag, int most) {
    return logs.run(run).flatMap(found -> of(found, plugin, tag, most));
  }

  public static Optional<StoredSeries> of(Run run, String plugin, String tag, int most) {
    List<EventRecord> records = run.records(plugin, tag);
    long seen = run.info(tag).map(SeriesInfo::seen).orElse(0L);
    return records.isEmpty()
        ? Optional.empty()
        : Optional.of(new StoredSeries(Sampling.evenly(records, most), seen));
  }

  /**
   * Reads the values.
   *
   * @throws RequestException (404) if none of their files is there any more
   */
  public <T> List<Point<T>> read(Function<Summary.Value, Optional<T>> form) {
    try {
      return Point.read(records, form);
    } catch (IOException e) {
      throw RequestException.notFound("The event files of this series are gone or have changed");
    }
  }

  public PointCount count() {
    return new PointCount().add(records.size(), seen);
  }
}

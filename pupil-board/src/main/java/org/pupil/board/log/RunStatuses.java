package org.pupil.board.log;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pupil.record.RunStatus;

/**
 * What the training runs of Pupil say of themselves while they go on, by the names of their runs.
 */
final class RunStatuses {
  private final Clock clock;
  private Map<String, Read> read = Map.of();
  private volatile Map<String, HeardStatus> heard = Map.of();

  RunStatuses(Clock clock) {
    this.clock = clock;
  }

  /**
   * A file that says it.
   *
   * @param written by which a newer one is known
   */
  record Place(Path file, FileTime written) {}

  /**
   * A file that was read.
   *
   * @param status empty if it says nothing that can be understood
   * @param since when it was found as it is now, by the own clock
   * @param hasChanged whether it was found otherwise before
   */
  private record Read(Place place, Optional<RunStatus> status, double since, boolean hasChanged) {
    double silentSeconds(double now) {
      double unchanged = now - since;
      return hasChanged || status.isEmpty()
          ? unchanged
          : Math.max(unchanged, now - status.get().updated());
    }
  }

  /** Whether anything is new. One thread at a time may call this. */
  boolean update(Map<String, Place> places) {
    double now = clock.millis() / 1000.0;
    boolean isNew = !places.keySet().equals(read.keySet());
    Map<String, Read> next = new TreeMap<>();
    for (Map.Entry<String, Place> entry : places.entrySet()) {
      Read before = read.get(entry.getKey());
      boolean isSame = before != null && before.place.equals(entry.getValue());
      isNew |= !isSame;
      next.put(
          entry.getKey(),
          // One that could not be understood was perhaps half written.
          isSame && before.status.isPresent()
              ? before
              : new Read(
                  entry.getValue(),
                  RunStatus.read(entry.getValue().file()),
                  now,
                  before != null && !isSame));
    }
    read = next;
    Map<String, HeardStatus> said = new TreeMap<>();
    next.forEach(
        (run, one) ->
            one.status.ifPresent(
                status -> said.put(run, new HeardStatus(status, one.silentSeconds(now)))));
    heard = Map.copyOf(said);
    return isNew;
  }

  /** What was read last. Any thread may call this. */
  Map<String, HeardStatus> all() {
    return heard;
  }
}

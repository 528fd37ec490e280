package org.pupil.board.log;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pupil.record.RunStatus;

/**
 * What the training runs of Pupil say of themselves while they go on, by the names of their runs.
 */
final class RunStatuses {
  private Map<String, Place> read = Map.of();
  private volatile Map<String, RunStatus> statuses = Map.of();

  /**
   * A file that says it.
   *
   * @param written by which a newer one is known
   */
  record Place(Path file, FileTime written) {}

  /** Whether anything is new. One thread at a time may call this. */
  boolean update(Map<String, Place> places) {
    if (places.equals(read)) {
      return false;
    }
    Map<String, RunStatus> next = new TreeMap<>();
    places.forEach(
        (run, place) -> {
          Optional<RunStatus> known = Optional.ofNullable(statuses.get(run));
          Optional<RunStatus> status =
              place.equals(read.get(run)) && known.isPresent()
                  ? known
                  : RunStatus.read(place.file());
          status.ifPresent(one -> next.put(run, one));
        });
    read = Map.copyOf(places);
    statuses = Map.copyOf(next);
    return true;
  }

  /** What was read last. Any thread may call this. */
  Map<String, RunStatus> all() {
    return statuses;
  }
}

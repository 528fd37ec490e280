package org.pupil.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.pupil.errors.PupilException;

/**
 * What could not be logged: the first reason is told at once, and the training run goes on. A log
 * that has failed is not tried again, so that what is there ends at one place. Safe for several
 * threads.
 */
final class LogFailures {
  private final RunListener listener;
  private final Set<String> missing = new LinkedHashSet<>();

  /**
   * @param listener hears the first reason
   */
  LogFailures(RunListener listener) {
    this.listener = listener;
  }

  /**
   * Logs something, unless that log has failed before.
   *
   * @param what would be missing, for a person
   */
  void attempt(String what, Runnable logging) {
    attempt(
        what,
        () -> {
          logging.run();
          return true;
        },
        false);
  }

  /**
   * Gets something that is needed for a log, unless that has failed before.
   *
   * @param instead is returned if it has failed, now or before
   */
  <T> T attempt(String what, Supplier<T> wanted, T instead) {
    if (hasFailed(what)) {
      return instead;
    }
    try {
      return wanted.get();
    } catch (PupilException e) {
      failed(what, e.messageIn(listener::nameOf));
      return instead;
    }
  }

  /** Notes that a log is not whole, and tells why if it is the first. */
  synchronized void failed(String what, String reason) {
    if (missing.isEmpty()) {
      listener.logFailed(reason);
    }
    missing.add(what);
  }

  private synchronized boolean hasFailed(String what) {
    return missing.contains(what);
  }

  /** What is not there, or not to its end, in the order in which that was found out. */
  synchronized List<String> missing() {
    return new ArrayList<>(missing);
  }
}

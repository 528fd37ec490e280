package org.pupil.app;

import java.util.function.Supplier;

/** Does something if the process is ended from outside, by Ctrl-C or a signal, during some work. */
final class StopWatcher {
  private final Runnable whenStopped;

  StopWatcher(Runnable whenStopped) {
    this.whenStopped = whenStopped;
  }

  <T> T during(Supplier<T> work) {
    Thread hook = new Thread(whenStopped, "stopped");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      return; // the process is ending: it is being done
    }
  }
}

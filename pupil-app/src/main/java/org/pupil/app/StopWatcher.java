package org.pupil.app;

/**
 * Does something if the process is ended from outside, by Ctrl-C or a signal, before it is closed.
 */
final class StopWatcher implements AutoCloseable {
  private final Thread hook;

  private StopWatcher(Thread hook) {
    this.hook = hook;
  }

  static StopWatcher whenStopped(Runnable action) {
    StopWatcher watcher = new StopWatcher(new Thread(action, "stopped"));
    Runtime.getRuntime().addShutdownHook(watcher.hook);
    return watcher;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      return; // the process is ending: the action is under way, or done
    }
  }
}

package org.pupil.app;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pupil.check.PhotoCheck;

/** Shows how far a check is: a bar for each stage that takes longer than a moment. */
final class CheckProgress implements PhotoCheck.Listener, AutoCloseable {
  /** What takes no longer needs no bar. */
  static final Duration MOMENT = Duration.ofSeconds(1);

  private final Terminal terminal;
  private final Clock clock;
  private PhotoCheck.@Nullable Stage stage;
  private @Nullable TaskProgress progress;

  CheckProgress(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public synchronized void advanced(PhotoCheck.Stage at, long done, long all) {
    TaskProgress shown = progress;
    if (shown == null || at != stage) {
      close();
      shown = of(at);
      shown.start(all, 0);
      progress = shown;
      stage = at;
    }
    shown.stepTo(done);
  }

  private TaskProgress of(PhotoCheck.Stage at) {
    return switch (at) {
      case FILES -> new TaskProgress(terminal, MOMENT, clock, "Looking at files", "photos");
      case COPIES -> new TaskProgress(terminal, MOMENT, clock, "Looking for copies", "pairs");
      case LABELS -> new TaskProgress(terminal, MOMENT, clock, "Judging labels", "layers");
      case SHORTCUTS -> new TaskProgress(terminal, MOMENT, clock, "Looking for shortcuts", "cues");
    };
  }

  /** What is shown moves no more. */
  @Override
  public synchronized void close() {
    if (progress != null) {
      progress.stop();
      progress = null;
    }
  }
}

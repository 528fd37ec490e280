package org.pupil.app;

import java.time.Clock;
import org.pupil.bottleneck.BottleneckComputer;

/** Says that bottlenecks of training photos are computed, and shows how far that is. */
final class ComparedPhotosProgress implements BottleneckComputer.Listener {
  private final Terminal terminal;
  private final TaskProgress progress;

  ComparedPhotosProgress(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.progress = new TaskProgress(terminal, true, clock, "Bottlenecks", "photos");
  }

  @Override
  public void started(int photos, int cached) {
    terminal.note(
        "Looking for similar photos among %d training photos (%d of them have a bottleneck in the cache)"
            .formatted(photos, cached));
    progress.start(photos - cached, 0);
  }

  @Override
  public void advanced(int done) {
    progress.stepTo(done);
  }

  @Override
  public void finished() {
    progress.stop();
  }
}

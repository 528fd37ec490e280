package org.pupil.benchmarks;

import org.pupil.bottleneck.BottleneckComputer;

/** A listener for those who only take the time. */
final class Silence {
  static final BottleneckComputer.Listener BOTTLENECKS =
      new BottleneckComputer.Listener() {
        @Override
        public void started(int photos, int cached) {}

        @Override
        public void advanced(int done) {}

        @Override
        public void finished() {}
      };

  private Silence() {}
}

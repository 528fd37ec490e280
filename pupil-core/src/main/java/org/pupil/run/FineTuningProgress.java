package org.pupil.run;

import java.time.Duration;
import org.pupil.finetuning.FineTuning;

/** Hears of a fine-tuning, and tells another what it hears. */
abstract class FineTuningProgress implements FineTuning.Listener {
  private final FineTuning.Listener other;
  private boolean isComputingMaps;
  private boolean isTraining;

  FineTuningProgress(FineTuning.Listener other) {
    this.other = other;
  }

  /** Something of so many parts begins. */
  void begins(long all) {}

  /** So many of them are done. */
  void reaches(long done) {}

  @Override
  public void probing() {
    other.probing();
  }

  @Override
  public void planned(FineTuning.Cost cost) {
    other.planned(cost);
  }

  @Override
  public void doesNotFit(Duration needed) {
    other.doesNotFit(needed);
  }

  @Override
  public void mapped(int done, int all) {
    if (!isComputingMaps) {
      isComputingMaps = true;
      begins(all);
    }
    reaches(done);
    other.mapped(done, all);
  }

  @Override
  public void resumed(int epoch) {
    other.resumed(epoch);
  }

  @Override
  public void step(long done, long all) {
    if (!isTraining) {
      isTraining = true;
      begins(all);
    }
    reaches(done);
    other.step(done, all);
  }

  @Override
  public void epoch(FineTuning.EpochResult result) {
    other.epoch(result);
  }

  @Override
  public void endedEarly(int afterEpoch) {
    other.endedEarly(afterEpoch);
  }
}

package org.pupil.run;

import java.time.Duration;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.training.HeldOutComparison;

/** Hears of a fine-tuning, and tells another what it hears. */
abstract class FineTuningProgress implements FineTuningListener {
  private final FineTuningListener other;
  private boolean isComputingMaps;
  private boolean isTraining;

  FineTuningProgress(FineTuningListener other) {
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
  public void planned(FineTuningListener.Cost cost) {
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
  public void epoch(FineTuningListener.Epoch result) {
    other.epoch(result);
  }

  @Override
  public void endedEarly(int afterEpoch) {
    other.endedEarly(afterEpoch);
  }

  @Override
  public void judged(HeldOutComparison comparison) {
    other.judged(comparison);
  }

  @Override
  public void beginsOnAll(int photos, int epochs) {
    isTraining = false;
    other.beginsOnAll(photos, epochs);
  }

  @Override
  public void epochOnAll(int number, int epochs, double loss) {
    other.epochOnAll(number, epochs, loss);
  }
}

package org.pupil.run;

import org.pupil.training.BatchView;
import org.pupil.training.TrainingListener;

/** The steps of the final layer, as the listener of the whole run hears them. */
record ReportedSteps(RunListener listener) implements TrainingListener {
  @Override
  public void onWork() {
    listener.working();
  }

  @Override
  public void onStep(BatchView training) {
    listener.step(training.step());
  }

  @Override
  public void onEvaluation(StepEvaluation evaluation) {
    listener.evaluated(evaluation);
  }

  @Override
  public boolean endsSearch() {
    return listener.endsSearch();
  }

  @Override
  public boolean endsAfter(int step) {
    return listener.endsAfter(step);
  }
}

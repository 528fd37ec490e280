package org.pupil.run;

import java.util.List;
import org.pupil.training.BatchView;
import org.pupil.training.FinalLayer;
import org.pupil.training.TrainingListener;

/** Several listeners of a training run as one; each hears everything, in their order. */
record TrainingListeners(List<TrainingListener> all) implements TrainingListener {
  TrainingListeners {
    all = List.copyOf(all);
  }

  @Override
  public void onWork() {
    for (TrainingListener listener : all) {
      listener.onWork();
    }
  }

  @Override
  public boolean endsSearch() {
    return all.stream().anyMatch(TrainingListener::endsSearch);
  }

  /** All are asked, even if one has had enough. */
  @Override
  public boolean endsAfter(int step) {
    boolean ends = false;
    for (TrainingListener listener : all) {
      ends |= listener.endsAfter(step);
    }
    return ends;
  }

  @Override
  public void onStep(BatchView training) {
    all.forEach(listener -> listener.onStep(training));
  }

  @Override
  public void onEvaluation(StepEvaluation evaluation) {
    all.forEach(listener -> listener.onEvaluation(evaluation));
  }

  @Override
  public void onSnapshot(int step, FinalLayer layer) {
    all.forEach(listener -> listener.onSnapshot(step, layer));
  }
}

package org.pupil;

import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.bottleneck.VariantListener;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Problem;
import org.pupil.dataset.Split;
import org.pupil.errors.OneLine;
import org.pupil.errors.Setting;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.run.RunListener;
import org.pupil.run.TimeLeft;
import org.pupil.training.TrainingListener.StepEvaluation;

/**
 * Tells a {@link TeachingListener} what a training run says, and the run whether it was cancelled.
 */
final class TeachingReport implements RunListener {
  private final TeachingListener listener;
  private final TeachingControl control;
  private final Clock clock;
  private Progress.Stage stage = Progress.Stage.FINDING_PHOTOS;
  private OptionalLong total = OptionalLong.empty();
  private TimeLeft left = new TimeLeft(-1);

  TeachingReport(TeachingListener listener, TeachingControl control, Clock clock) {
    this.listener = listener;
    this.control = control;
    this.clock = clock;
  }

  private synchronized void begin(Progress.Stage next, OptionalLong ofTotal) {
    stage = next;
    total = ofTotal;
    left = new TimeLeft(ofTotal.orElse(-1));
  }

  private synchronized void reached(long done) {
    control.check();
    left.reached(done, clock.instant());
    listener.progress(new Progress(stage, done, total, left.at(clock.instant())));
  }

  private synchronized void problem(String message) {
    control.check();
    listener.problem(OneLine.of(message));
  }

  @Override
  public void found(Dataset photos) {
    reached(photos.photos().size());
  }

  @Override
  public void problem(Problem problem) {
    problem(problem.messageIn(Setting::toString));
  }

  @Override
  public void logFailed(String reason) {
    problem(reason);
  }

  @Override
  public void split(Split split) {
    control.check();
  }

  @Override
  public void backbone(Backbone backbone) {
    control.check();
  }

  @Override
  public DownloadListener downloads() {
    return new DownloadListener() {
      @Override
      public void started(String address, long doneBytes, OptionalLong totalBytes) {
        begin(Progress.Stage.DOWNLOADING, totalBytes);
        reached(doneBytes);
      }

      @Override
      public void advanced(long doneBytes) {
        reached(doneBytes);
      }

      @Override
      public void finished() {
        control.check();
      }
    };
  }

  @Override
  public BottleneckComputer.Listener bottlenecks() {
    return new BottleneckComputer.Listener() {
      @Override
      public void started(int photos, int cached) {
        begin(Progress.Stage.COMPUTING_BOTTLENECKS, OptionalLong.of(photos - cached));
        reached(0);
      }

      @Override
      public void advanced(int done) {
        reached(done);
      }

      @Override
      public void finished() {
        control.check();
      }
    };
  }

  @Override
  public VariantListener variants() {
    return new VariantListener() {
      @Override
      public void probed() {
        control.check();
      }

      @Override
      public void started(VariantListener.Cost cost) {
        begin(Progress.Stage.DISTORTING_PHOTOS, OptionalLong.of(cost.missing()));
      }

      @Override
      public void advanced(int done) {
        reached(done);
      }

      @Override
      public void finished() {
        control.check();
      }
    };
  }

  @Override
  public void bottlenecksReady(PhotoBottlenecks bottlenecks) {
    for (PhotoBottlenecks.Failure failure : bottlenecks.failures()) {
      problem(failure.photo().source().name() + ": " + failure.reason());
    }
  }

  @Override
  public void training(OptionalLong steps) {
    begin(Progress.Stage.TRAINING, steps);
    reached(0);
  }

  @Override
  public FineTuningListener fineTuning() {
    return new FineTuningListener() {
      @Override
      public void probing() {
        begin(Progress.Stage.FINE_TUNING, OptionalLong.empty());
        reached(0);
      }

      @Override
      public void mapped(int done, int all) {
        control.check();
      }

      @Override
      public void doesNotFit(Duration needed) {
        problem(
            "fine-tuning is left out: it takes at least %d s, more than %s allows"
                .formatted(needed.toSeconds() + 1, Setting.TIME_BUDGET));
      }

      @Override
      public void beginsOnAll(int photos, int epochs) {
        begin(Progress.Stage.FINE_TUNING, OptionalLong.empty());
      }

      @Override
      public void step(long done, long all) {
        if (done == 1 || total.isEmpty()) {
          begin(Progress.Stage.FINE_TUNING, OptionalLong.of(all));
        }
        reached(done);
      }
    };
  }

  @Override
  public void working() {
    control.check();
  }

  @Override
  public void evaluated(StepEvaluation evaluation) {
    control.check();
  }

  @Override
  public void saving() {
    control.check();
  }

  @Override
  public boolean endsSearch() {
    return control.isEnough();
  }

  @Override
  public boolean endsAfter(int step) {
    reached(step + 1L);
    return control.isEnough();
  }
}

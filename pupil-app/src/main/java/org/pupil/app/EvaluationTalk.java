package org.pupil.app;

import java.time.Clock;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.background.Progress;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Problem;
import org.pupil.run.RunListener;
import org.pupil.similarity.NearDuplicates;
import org.pupil.training.CrossValidation;
import org.pupil.training.TrainingSettings;

/** Tells a person on stderr how a cross-validation goes: as a training run, as far as it is one. */
final class EvaluationTalk implements RunListener {
  private final Terminal terminal;
  private final Clock clock;
  private final Conversation conversation;

  EvaluationTalk(Terminal terminal, Clock clock, TrainingSettings training) {
    this.terminal = terminal;
    this.clock = clock;
    this.conversation = new Conversation(terminal, Verbosity.INFO, clock, training);
  }

  @Override
  public void found(Dataset photos) {
    conversation.found(photos);
  }

  @Override
  public void problem(Problem problem) {
    conversation.problem(problem);
  }

  @Override
  public void keptTogether(NearDuplicates nearDuplicates) {
    terminal
        .err()
        .println(
            groups(nearDuplicates)
                + ": those of a group are held out together, and count as one (--group_near_duplicates=false divides them)");
  }

  /** How many near-duplicates there are: the beginning of a sentence. */
  static String groups(NearDuplicates nearDuplicates) {
    int groups = nearDuplicates.groups().size();
    return "%d photos are nearly the same as others (%d %s)"
        .formatted(nearDuplicates.photos(), groups, groups == 1 ? "group" : "groups");
  }

  @Override
  public void backbone(Backbone backbone) {
    conversation.backbone(backbone);
  }

  @Override
  public DownloadListener downloads() {
    return conversation.downloads();
  }

  @Override
  public BottleneckComputer.Listener bottlenecks() {
    return conversation.bottlenecks();
  }

  @Override
  public void bottlenecksReady(PhotoBottlenecks bottlenecks) {
    conversation.bottlenecksReady(bottlenecks);
  }

  /** Shows how many layers have been fitted. */
  CrossValidation.Listener crossValidation() {
    return layers("Cross-validating")::reached;
  }

  /** Shows how many layers of the learning curve have been fitted. */
  Progress learningCurve() {
    return layers("Learning from fewer photos");
  }

  private Progress layers(String what) {
    TaskProgress progress = new TaskProgress(terminal, true, clock, what, "layers");
    return new Progress() {
      private boolean begun;

      @Override
      public synchronized void reached(long done, long all) {
        if (!begun) {
          begun = true;
          progress.start(all, 0);
        }
        progress.stepTo(done);
        if (done == all) {
          progress.stop();
        }
      }
    };
  }
}

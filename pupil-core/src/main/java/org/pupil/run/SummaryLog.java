package org.pupil.run;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pupil.background.Background;
import org.pupil.background.Conveyor;
import org.pupil.evaluation.Evaluation;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.log.EventWriter;
import org.pupil.log.SummaryValues;
import org.pupil.log.record.TrainingTags;
import org.pupil.model.Model;
import org.pupil.pictures.ConfusionPicture;
import org.pupil.training.BatchView;
import org.pupil.training.TrainingListener;

/**
 * Writes what happens in the training run to event files, with the tags and at the steps of the
 * original scripts: every step to the run {@code train}, every evaluation to {@code validation}.
 * What the originals do not write goes to the folder above these two, by {@link SessionLog}.
 *
 * <p>To count the histograms of a step takes as long as the step itself. So each is copied, and
 * written by another thread, some milliseconds later.
 */
final class SummaryLog implements TrainingListener, AutoCloseable {
  /** The runs, as folders below the summaries folder; the first is that folder itself. */
  static final List<String> RUNS = List.of("", TrainingTags.TRAIN, TrainingTags.VALIDATION);

  /** To look for the files takes as long as to write a few events. */
  private static final int EVALUATIONS_PER_CHECK = 10;

  private final RunLog train;
  private final RunLog validation;
  private final Background<SessionLog> session;
  private final RunListener listener;
  private final Clock clock;
  private final SummaryValues values = new SummaryValues();
  private volatile @Nullable Conveyor<StepCopy> steps;
  private int evaluations;
  private boolean failureIsTold;

  private SummaryLog(
      RunLog train,
      RunLog validation,
      Background<SessionLog> session,
      RunListener listener,
      Clock clock) {
    this.train = train;
    this.validation = validation;
    this.session = session;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Begins new event files. Files that an earlier training run of Pupil left in the same runs go;
   * nothing else does.
   *
   * <p>What stands in the folder above the two runs is begun in a thread of its own: to write the
   * thumbnails takes as long as a short training run.
   *
   * @param listener hears of those that could not go
   * @param failures notes what cannot be written
   * @param session begins the log above the two runs
   */
  static SummaryLog open(
      Path summariesDir,
      Clock clock,
      String version,
      RunListener listener,
      LogFailures failures,
      Supplier<SessionLog> session) {
    List<RunLog> logs = new ArrayList<>();
    for (String run : RUNS.subList(1, RUNS.size())) {
      RunLog log =
          RunLog.open(summariesDir.resolve(run), "curves of " + run, clock, version, failures);
      log.left().forEach(listener::oldEventFileLeft);
      logs.add(log);
    }
    return new SummaryLog(
        logs.get(0), logs.get(1), Background.begin("session-log", session), listener, clock);
  }

  /**
   * The training run is over and the model is written.
   *
   * @param learned the final layer, and the bottlenecks that it was trained for
   * @param assessment what is said beside the test
   * @param mistakes those of which it was surest
   * @param confusion the picture of its confusion matrix
   */
  void ended(
      Model model,
      Learned learned,
      Evaluation test,
      QuickAssessment assessment,
      List<Mistake> mistakes,
      Background<ConfusionPicture.Picture> confusion) {
    settle();
    train.write(writer -> writer.graph(model.drawing()));
    session().ended(learned, test, assessment, mistakes, confusion);
  }

  private SessionLog session() {
    try {
      return session.await();
    } catch (RuntimeException e) {
      failureIsTold = true;
      throw e;
    }
  }

  /** The curves of fine-tuning, one point an epoch; the answer tells the other. */
  FineTuningListener fineTuning(FineTuningListener other) {
    return new FineTuningProgress(other) {
      @Override
      public void epoch(FineTuningListener.Epoch epoch) {
        settle();
        writeEpoch(epoch);
        super.epoch(epoch);
      }
    };
  }

  private void writeEpoch(FineTuningListener.Epoch epoch) {
    SummaryValues curves = new SummaryValues();
    curves.scalar(TrainingTags.FINE_TUNING_LOSS, (float) epoch.loss());
    train.write(writer -> writer.write(epoch.number(), curves));
    SummaryValues heldBack = new SummaryValues();
    heldBack.scalar(TrainingTags.FINE_TUNING_LOSS, (float) epoch.heldBackLoss());
    heldBack.scalar(TrainingTags.FINE_TUNING_ACCURACY, (float) epoch.heldBackAccuracy());
    validation.write(writer -> writer.write(epoch.number(), heldBack));
    train.write(EventWriter::flush);
    validation.write(EventWriter::flush);
  }

  @Override
  public void onStep(BatchView batch) {
    write(train, batch);
  }

  @Override
  public void onEvaluation(StepEvaluation evaluation) {
    evaluation.validation().ifPresent(batch -> write(validation, batch));
    if (evaluations++ % EVALUATIONS_PER_CHECK == 0) {
      train.checkIsThere();
      validation.checkIsThere();
    }
  }

  private void write(RunLog log, BatchView batch) {
    Conveyor<StepCopy> running = steps(batch);
    StepCopy copy = running.tray();
    copy.fill(log, clock.instant(), batch);
    running.send(copy);
  }

  /** Begun when it is known how large a step is. */
  private Conveyor<StepCopy> steps(BatchView first) {
    Conveyor<StepCopy> running = steps;
    if (running == null) {
      running =
          new Conveyor<>(
              "step-summaries",
              StepCopy.some(train, first.weights()[0].length, first.biases().length),
              this::write);
      steps = running;
    }
    return running;
  }

  /** In the thread of the summaries. */
  private void write(List<StepCopy> copies) {
    copies.forEach(copy -> copy.write(values));
    train.write(EventWriter::flush);
    validation.write(EventWriter::flush);
  }

  /** Waits until all steps of so far are in the files. May be called by any thread. */
  void settle() {
    Conveyor<StepCopy> running = steps;
    if (running != null) {
      running.settle();
    }
  }

  /**
   * Ends the files.
   *
   * @throws RuntimeException a fault in the logs that was not thrown before
   */
  @Override
  public void close() {
    try (train;
        validation) {
      try {
        endSteps();
      } finally {
        endSession();
      }
    }
  }

  private void endSteps() {
    Conveyor<StepCopy> running = steps;
    if (running != null) {
      running.close();
    }
  }

  private void endSession() {
    if (!failureIsTold) {
      try (SessionLog above = session()) {
        above.left().forEach(listener::oldEventFileLeft);
      }
    }
  }
}

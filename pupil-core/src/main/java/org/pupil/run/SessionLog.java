package org.pupil.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.pupil.background.Background;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.PrCurve;
import org.pupil.files.FileTrouble;
import org.pupil.images.PhotoPreview;
import org.pupil.log.HParams;
import org.pupil.log.SummaryValues;
import org.pupil.log.proto.training.TrainingSetup;
import org.pupil.log.record.TrainingRecords;
import org.pupil.log.record.TrainingTags;
import org.pupil.pictures.ConfusionPicture;
import org.pupil.record.ReportFile;

/**
 * The run above {@code train} and {@code validation}: what the originals do not write. That is the
 * settings at the beginning, and at the end the scores, the confusion matrix and the mistakes.
 */
final class SessionLog implements AutoCloseable {
  private static final List<HParams.Metric> METRICS =
      List.of(
          new HParams.Metric("", TrainingTags.TEST_ACCURACY, "test accuracy"),
          new HParams.Metric(TrainingTags.VALIDATION, TrainingTags.ACCURACY, "validation accuracy"),
          new HParams.Metric(
              TrainingTags.VALIDATION, TrainingTags.CROSS_ENTROPY, "validation cross entropy"));

  private static final String WHAT = "settings, scores and pictures of the training run";

  private final Clock clock;
  private final RunLog log;
  private final LogFailures failures;
  private final ProjectorLog projector;
  private final SummaryValues values = new SummaryValues();
  private HParams.Outcome outcome = HParams.Outcome.FAILURE;

  private SessionLog(Clock clock, RunLog log, LogFailures failures, ProjectorLog projector) {
    this.clock = clock;
    this.log = log;
    this.failures = failures;
    this.projector = projector;
  }

  /**
   * Begins a new event file; before that the projector's files are written, because TensorBoard
   * looks for them when the run appears.
   *
   * @param setup what is known when training begins
   * @param distortions what the distortions do to photos
   * @param failures notes what cannot be written
   */
  static SessionLog open(
      Path runDir,
      Clock clock,
      RunSettings settings,
      TrainingSetup setup,
      ProjectorLog projector,
      DistortionPicture distortions,
      LogFailures failures) {
    projector.write();
    removeReport(runDir, failures);
    SessionLog session =
        new SessionLog(
            clock,
            RunLog.open(runDir, WHAT, clock, settings.version(), failures),
            failures,
            projector);
    session.started(LearnedWith.of(settings), setup);
    session.distorted(distortions);
    ConfusionPicture.preload(); // here nobody waits for it
    return session;
  }

  /** That of an older run would be taken for this one's. */
  private static void removeReport(Path runDir, LogFailures failures) {
    Path report = runDir.resolve(ReportFile.OF_RUN);
    if (ReportFile.title(report).isPresent()) {
      try {
        Files.deleteIfExists(report);
      } catch (IOException e) {
        failures.failed(
            "report of this run",
            "cannot remove " + report + ", which is of an older run: " + FileTrouble.reason(e));
      }
    }
  }

  private void started(Map<String, Object> hparams, TrainingSetup setup) {
    values.clear();
    values.hparams(HParams.experiment(hparams, METRICS, clock.instant()));
    values.hparams(HParams.sessionStart(hparams, "", clock.instant()));
    values.text(TrainingTags.SETTINGS, LogTexts.settings(hparams));
    TrainingRecords.add(values, setup);
    log.write(writer -> writer.write(0, values));
  }

  private void distorted(DistortionPicture distortions) {
    failures.attempt(
        "the picture of the distortions",
        () ->
            distortions
                .sheet()
                .ifPresent(
                    sheet -> {
                      values.clear();
                      values.images(
                          TrainingTags.DISTORTIONS,
                          sheet.width(),
                          sheet.height(),
                          List.of(sheet.jpeg()),
                          "Each row is a training photo as it is, then %d of its distorted variants."
                              .formatted(sheet.variants()));
                      log.write(writer -> writer.write(0, values));
                    }));
  }

  /** Event files of earlier training runs that could not go, with the reason. */
  Map<Path, String> left() {
    return log.left();
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
      Learned learned,
      Evaluation test,
      QuickAssessment assessment,
      List<Mistake> mistakes,
      Background<ConfusionPicture.Picture> confusion) {
    projector.trained(learned.bottlenecks(), learned.result().layer());
    values.clear();
    TrainingRecords.add(values, RunRecords.outcome(learned.result(), test, assessment, mistakes));
    values.text(TrainingTags.SUMMARY, LogTexts.summary(test, mistakes));
    if (test.photos() > 0) {
      values.scalar(TrainingTags.TEST_ACCURACY, (float) test.accuracy());
      values.scalar(TrainingTags.TEST_CROSS_ENTROPY, (float) test.logLoss());
      for (PrCurve curve : test.prCurves()) {
        values.prCurve(
            TrainingTags.prCurve(test.labels().name(curve.label())),
            counts(curve::truePositives),
            counts(curve::falsePositives));
      }
      failures.attempt(
          "the picture of the confusion matrix", () -> confusion(test, confusion.await()));
      mistakes(mistakes);
    }
    log.write(writer -> writer.write(0, values));
    outcome = HParams.Outcome.SUCCESS;
  }

  private void confusion(Evaluation test, ConfusionPicture.Picture confusion) {
    values.images(
        TrainingTags.CONFUSION,
        confusion.width(),
        confusion.height(),
        List.of(confusion.png()),
        "How often each label (row) was taken for each (column), on the test photos."
            + LogTexts.numbers(test.labels().names(), confusion.numbered()));
  }

  private void mistakes(List<Mistake> mistakes) {
    List<Mistake> shown = mistakes.stream().filter(Mistake::hasPicture).toList();
    if (!shown.isEmpty()) {
      values.images(
          TrainingTags.MISTAKES,
          PhotoPreview.SIDE,
          PhotoPreview.SIDE,
          shown.stream().map(Mistake::picture).toList(),
          "The test photos that it gets wrong with the largest certainty:\n\n"
              + LogTexts.captions(shown));
    }
  }

  private static int[] counts(IntUnaryOperator countAtThreshold) {
    return IntStream.range(0, PrCurve.THRESHOLDS).map(countAtThreshold).toArray();
  }

  /** Says how it ended, and ends the file. */
  @Override
  public void close() {
    try (log) {
      values.clear();
      values.hparams(HParams.sessionEnd(outcome, clock.instant()));
      log.write(writer -> writer.write(0, values));
    }
  }
}

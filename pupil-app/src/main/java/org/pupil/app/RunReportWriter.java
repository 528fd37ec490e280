package org.pupil.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.assessment.Assessment;
import org.pupil.assessment.LabelDifferences;
import org.pupil.engine.Engines;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.Scores;
import org.pupil.record.ReportFile;
import org.pupil.report.EvaluationReport;
import org.pupil.report.MistakeExplanation;
import org.pupil.report.PhotoPictures;
import org.pupil.report.RunReport;
import org.pupil.run.RunResult;
import org.pupil.run.RunSettings;

/** Writes the report of a training run beside its event files, where the board shows it. */
final class RunReportWriter {
  private final RunSettings settings;
  private final Launcher launcher;
  private final Clock clock;

  /**
   * @param settings of the training run
   * @param launcher how Pupil is called, for what is to be typed
   * @param clock tells the day
   */
  RunReportWriter(RunSettings settings, Launcher launcher, Clock clock) {
    this.settings = settings;
    this.launcher = launcher;
    this.clock = clock;
  }

  /**
   * Writes it.
   *
   * @param problems what was said of the photos, a sentence each
   * @param imageDir where they are, as it was typed
   * @param checkCommand what to type for a full check
   * @throws org.pupil.errors.PupilException (unavailable) if it cannot be written
   */
  void write(RunResult result, List<String> problems, String imageDir, String checkCommand) {
    Path file = result.outputs().summariesDir().resolve(ReportFile.OF_RUN);
    PhotoPictures pictures = new PhotoPictures(settings.alpha());
    String about = "Photos in " + imageDir;
    String made = ReportOption.made(clock);
    Optional<EvaluationReport> test =
        result
            .predictions()
            .map(
                predictions -> {
                  Assessment assessment = assessment(result, predictions);
                  Map<String, MistakeExplanation> why =
                      new MistakeExplainer(
                              launcher, graph(result), Engines.named(settings.engine()))
                          .of(assessment, pictures);
                  return new EvaluationReport(assessment, Optional.empty(), why, about, made);
                });
    new RunReport(result, graph(result), test, problems, checkCommand, about, made)
        .write(file, pictures);
  }

  /** The model where it stays: that of the newest run is replaced by the next. */
  private static Path graph(RunResult result) {
    Path graph = result.outputs().graph();
    return result.run().map(run -> run.path().resolve(graph.getFileName())).orElse(graph);
  }

  private static Assessment assessment(RunResult result, Predictions predictions) {
    return new Assessment(
        result.testPhotos(),
        predictions,
        Scores.of(predictions),
        List.of(),
        LabelDifferences.NONE,
        Optional.empty(),
        Optional.empty());
  }
}

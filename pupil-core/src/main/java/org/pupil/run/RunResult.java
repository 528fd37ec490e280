package org.pupil.run;

import java.util.List;
import java.util.Optional;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.Predictions;
import org.pupil.labelling.OnnxExport;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.training.TrainingResult;

/**
 * What a training run came to.
 *
 * @param result the final layer and how it was found
 * @param test its score on the test photos
 * @param testPhotos the photos that {@code test} speaks of, by its indexes
 * @param assessment what the run says of itself and its photos beside the test
 * @param predictions what was predicted of these; empty where there are none
 * @param description what the model says of itself
 * @param auto what {@code --optimizer=auto} reaches on the same photos, where another was used and
 *     the caller asked for it
 * @param fineTuning what came of training layers of the backbone too; empty if there was none
 * @param outputs where everything is; the model where that of the newest run is, if it became that
 * @param run the run's own folder; empty if flags placed everything elsewhere
 * @param onnx the model for other programs, if it was asked for and could be made
 * @param onnxFailure why it could not be made; the model itself is there all the same
 * @param missingLogs what could not be written to the logs, or not to its end, for a person
 */
public record RunResult(
    TrainingResult result,
    Evaluation test,
    List<Photo> testPhotos,
    QuickAssessment assessment,
    Optional<Predictions> predictions,
    Optional<ModelDescription> description,
    Optional<Evaluation> auto,
    Optional<FineTuningReport> fineTuning,
    Outputs outputs,
    Optional<RunFolder> run,
    Optional<OnnxExport.Exported> onnx,
    Optional<PupilException> onnxFailure,
    List<String> missingLogs) {
  public RunResult {
    testPhotos = List.copyOf(testPhotos);
    missingLogs = List.copyOf(missingLogs);
  }

  /** Of a training run without an ONNX file whose logs are whole; of its model nothing is known. */
  public RunResult(
      TrainingResult result,
      Evaluation test,
      List<Photo> testPhotos,
      Optional<Evaluation> auto,
      Outputs outputs,
      Optional<RunFolder> run) {
    this(
        result,
        test,
        testPhotos,
        QuickAssessment.NONE,
        Optional.empty(),
        Optional.empty(),
        auto,
        Optional.empty(),
        outputs,
        run,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  RunResult with(Model model, Predictions found, QuickAssessment said) {
    return new RunResult(
        result,
        test,
        testPhotos,
        said,
        found.photos() == 0 ? Optional.empty() : Optional.of(found),
        model.description(),
        auto,
        fineTuning,
        outputs,
        run,
        onnx,
        onnxFailure,
        missingLogs);
  }

  RunResult withFineTuning(Optional<FineTuningReport> report) {
    return new RunResult(
        result,
        test,
        testPhotos,
        assessment,
        predictions,
        description,
        auto,
        report,
        outputs,
        run,
        onnx,
        onnxFailure,
        missingLogs);
  }

  RunResult withOnnx(OnnxExport.Exported exported) {
    return with(Optional.of(exported), Optional.empty(), missingLogs);
  }

  RunResult withOnnxFailure(PupilException failure) {
    return with(Optional.empty(), Optional.of(failure), missingLogs);
  }

  RunResult withMissingLogs(List<String> missing) {
    return with(onnx, onnxFailure, missing);
  }

  private RunResult with(
      Optional<OnnxExport.Exported> exported,
      Optional<PupilException> failure,
      List<String> missing) {
    return new RunResult(
        result,
        test,
        testPhotos,
        assessment,
        predictions,
        description,
        auto,
        fineTuning,
        outputs,
        run,
        exported,
        failure,
        missing);
  }

  /** Set if the training run diverged. */
  public Optional<TrainingResult.Divergence> divergence() {
    return result.divergence();
  }
}

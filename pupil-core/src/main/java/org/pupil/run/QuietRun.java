package org.pupil.run;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Split;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Evaluation;
import org.pupil.model.Model;
import org.pupil.training.TrainingResult;

/**
 * A training run that leaves nothing on the disk but bottlenecks in the cache: no model, no scores,
 * no logs. It gives what {@link TrainingRun} gives, number by number.
 */
public final class QuietRun {
  private final RunSettings settings;
  private final Clock clock;
  private final RunStops stops;
  private final RunListener listener;

  /**
   * What the run gives.
   *
   * @param model the classifier
   * @param result the final layer and how it was found
   * @param test its score on the test photos
   * @param assessment what it says of itself and its photos beside the test
   */
  public record Result(
      Model model, TrainingResult result, Evaluation test, QuickAssessment assessment) {
    /** The scores as {@code evaluation.json} has them. */
    public String evaluationText() {
      return EvaluationFile.text(test, result, assessment);
    }
  }

  /**
   * @param settings of these the outputs are not looked at, but for the name of the graph's output
   * @param clock gives the time in the model
   * @param environment the environment variables, for the proxy of downloads
   * @param listener hears what happens; what it throws ends the run
   */
  public QuietRun(
      RunSettings settings, Clock clock, Map<String, String> environment, RunListener listener) {
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.stops = new RunStops(settings, clock, environment, listener);
  }

  /**
   * Trains. Whatever can be checked is checked before the first photo is decoded.
   *
   * @throws PupilException if it cannot be done
   */
  public Result run() {
    stops.checkSettings();
    Model.checkName(settings.outputs().finalTensorName());
    stops.checkCache();
    Split planned = stops.split(stops.find());
    Backbone backbone = stops.backbone();
    FineTuningStop deeper = new FineTuningStop(settings, stops, listener, backbone, planned);
    PhotoBottlenecks bottlenecks =
        stops.bottlenecks(backbone, planned.all().photos(), listener.bottlenecks());
    Split split = stops.splitOfUsable(planned, bottlenecks);
    stops.reportDuplicates(split, bottlenecks);
    TrainingSets sets =
        stops.distort(backbone, new TrainingSets(split, bottlenecks), listener.variants());
    Learned learned =
        deeper.run(
            new Learned(backbone, bottlenecks, sets, stops.train(backbone, sets, List.of())),
            split,
            listener.fineTuning(),
            listener.bottlenecks());
    TrainingResult result = learned.result();
    Evaluation test =
        Evaluation.of(result.layer(), TestPhotos.of(learned.sets(), settings.training()).data());
    ModelBuilder models =
        new ModelBuilder(settings, clock, learned.backbone(), split, learned.bottlenecks());
    Result all =
        new Result(
            models.model(result, test),
            result,
            test,
            QuickAssessment.of(result, test, learned.sets(), settings));
    deeper.forget();
    return all;
  }
}

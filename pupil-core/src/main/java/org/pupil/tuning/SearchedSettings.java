package org.pupil.tuning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pupil.backbone.BackboneRequest;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuningDepth;
import org.pupil.run.RunSettings;

/**
 * What of a space takes a pass over all photos: backbones, and depths of fine-tuning. It is made
 * before the first trial.
 */
final class SearchedSettings {
  /** More kinds of maps than anybody has the disk for. */
  private static final int MOST_FINE_TUNINGS = 100;

  private final Map<BackboneRequest, RunSettings> ofBackbones = new LinkedHashMap<>();
  private final List<RunSettings> fineTunings = new ArrayList<>();

  /**
   * Looks at a space.
   *
   * @param base what all trials have in common
   * @throws PupilException (usage) if it takes a pass for each number of a range, or settings make
   *     no sense
   */
  SearchedSettings(SearchSpace space, RunSettings base, TrialSettings settings) {
    ofBackbones.put(base.backbone(), base);
    List<Hyperparameter> ofBackbone =
        List.of(Hyperparameter.ARCHITECTURE, Hyperparameter.INPUT_SIZE);
    for (Configuration one : combined(space, ofBackbone)) {
      RunSettings run = settings.of(one);
      ofBackbones.putIfAbsent(run.backbone(), run);
    }
    boolean isFineTuned = isFineTuned(space);
    for (Hyperparameter each : space.hyperparameters()) {
      if (each.isOfFineTuning() && !isFineTuned) {
        throw PupilException.usage(
            "%s means nothing without fine-tuning: add fine_tune=last or fine_tune=none|last"
                .formatted(each.typed()));
      }
    }
    if (isFineTuned) {
      List<Hyperparameter> ofMaps =
          space.hyperparameters().stream()
              .filter(
                  each ->
                      ofBackbone.contains(each)
                          || each == Hyperparameter.FINE_TUNE
                          || each.isOfDistortions())
              .toList();
      combined(space, ofMaps).stream()
          .map(settings::of)
          .filter(run -> run.fineTuning().isWanted())
          .forEach(fineTunings::add);
      checkFew();
    }
  }

  private void checkFew() {
    if (fineTunings.size() > MOST_FINE_TUNINGS) {
      throw PupilException.usage(
          "%,d combinations of fine_tune, backbones and distortions, each of which takes passes over all photos: give fewer"
              .formatted(fineTunings.size()));
    }
  }

  private static boolean isFineTuned(SearchSpace space) {
    Domain depths = space.domains().get(Hyperparameter.FINE_TUNE);
    return depths != null
        && depths.grid(1).stream().anyMatch(typed -> FineTuningDepth.of(typed).isSome());
  }

  /** All combinations of some hyperparameters' values; none if none of them is searched over. */
  private static List<Configuration> combined(SearchSpace space, List<Hyperparameter> names) {
    Map<Hyperparameter, Domain> about = new LinkedHashMap<>();
    for (Hyperparameter name : names) {
      Domain domain = space.domains().get(name);
      if (domain != null) {
        if (domain.isOrdered()) {
          throw PupilException.usage(
              name == Hyperparameter.INPUT_SIZE
                  ? "each input_size takes a pass over all photos: give a few, as in input_size=192|224|288"
                  : "each %s takes passes over all photos for fine_tune: give a few values, as in a|b"
                      .formatted(name.typed()));
        }
        about.put(name, domain);
      }
    }
    return about.isEmpty() ? List.of() : new SearchSpace(about).grid(1);
  }

  /** Every backbone that a trial may have, that of the base first. */
  Set<BackboneRequest> requests() {
    return ofBackbones.keySet();
  }

  /** Settings that have such a backbone. */
  RunSettings of(BackboneRequest request) {
    RunSettings run = ofBackbones.get(request);
    if (run == null) {
      throw new IllegalArgumentException("no backbone of the search: " + request);
    }
    return run;
  }

  /** The settings of everything that a trial may fine-tune, whatever else it does. */
  List<RunSettings> fineTunings() {
    return fineTunings;
  }
}

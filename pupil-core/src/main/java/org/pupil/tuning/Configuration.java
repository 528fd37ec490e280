package org.pupil.tuning;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pupil.finetuning.FineTuningDepth;
import org.pupil.training.Optimizer;

/**
 * The values of some hyperparameters, as typed; the others are as {@code retrain} has them unless
 * told otherwise.
 *
 * @param values in the order of the hyperparameters
 */
public record Configuration(Map<Hyperparameter, String> values) {
  /** What {@code retrain} does unless told otherwise. */
  public static final Configuration NONE = new Configuration(Map.of());

  public Configuration {
    Map<Hyperparameter, String> ordered = new EnumMap<>(Hyperparameter.class);
    ordered.putAll(values);
    values = Collections.unmodifiableMap(ordered);
  }

  /** The value of a hyperparameter; empty if it is as it is unless told otherwise. */
  public Optional<String> get(Hyperparameter hyperparameter) {
    return Optional.ofNullable(values.get(hyperparameter));
  }

  /** Whether it is what {@code retrain} does unless told otherwise, in whatever words. */
  boolean isPlain() {
    return values.isEmpty() || values.equals(Map.of(Hyperparameter.FINE_TUNE, "none"));
  }

  /**
   * The optimizer: a learning rate, a number of steps or a batch size means one that goes in steps,
   * as on the command line.
   */
  public Optimizer optimizer() {
    return get(Hyperparameter.OPTIMIZER)
        .map(Optimizer::named)
        .orElseGet(
            () ->
                Optimizer.unlessGiven(
                    values.keySet().stream().anyMatch(Hyperparameter::isOfSteps), false));
  }

  /**
   * Which layers of the backbone are trained too; empty if it is as it is unless told otherwise.
   */
  Optional<FineTuningDepth> fineTuning() {
    return get(Hyperparameter.FINE_TUNE).map(FineTuningDepth::of);
  }

  /** The same without values that mean nothing beside the others: equal settings become equal. */
  Configuration withoutIdle() {
    Map<Hyperparameter, String> meant = new LinkedHashMap<>(values);
    if (!optimizer().isStepwise()) {
      meant.keySet().removeIf(Hyperparameter::isOfSteps);
    }
    boolean isDistorted =
        values.entrySet().stream()
            .anyMatch(
                value ->
                    value.getKey().isOfDistortions()
                        && value.getKey() != Hyperparameter.DISTORTION_VARIANTS
                        && !value.getValue().equals("0")
                        && !value.getValue().equals("false"));
    if (!isDistorted) {
      meant.remove(Hyperparameter.DISTORTION_VARIANTS);
    }
    if (!fineTuning().orElse(FineTuningDepth.NONE).isSome()) {
      meant.keySet().removeIf(Hyperparameter::isOfFineTuning);
    }
    return new Configuration(meant);
  }

  /** Such as {@code optimizer=adam learning_rate=0.01}; empty where there is nothing to say. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(value -> value.getKey().typed() + "=" + value.getValue())
        .collect(Collectors.joining(" "));
  }
}

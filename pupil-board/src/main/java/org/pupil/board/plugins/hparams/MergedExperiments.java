package org.pupil.board.plugins.hparams;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupil.board.plugins.hparams.Experiment.DataType;
import org.pupil.board.plugins.hparams.Experiment.HParamInfo;
import org.pupil.board.plugins.hparams.Experiment.MetricInfo;

/**
 * Several experiments of one log as one, so that nothing of any is hidden: PyTorch's {@code
 * add_hparams} writes an experiment with each trial. One alone stays as it is.
 */
final class MergedExperiments {
  private MergedExperiments() {}

  /**
   * Of one or more experiments, the union of their hyperparameters and metrics, in the order in
   * which they are first named.
   *
   * @param differs whether the sessions differ in a hyperparameter; each experiment knows of its
   *     own only
   */
  static Experiment of(Collection<Experiment> all, Predicate<String> differs) {
    Set<Experiment> distinct = new LinkedHashSet<>(all);
    if (distinct.size() == 1) {
      return distinct.iterator().next();
    }
    Map<String, HParamInfo> hparams = new LinkedHashMap<>();
    Map<MetricName, MetricInfo> metrics = new LinkedHashMap<>();
    for (Experiment one : distinct) {
      for (HParamInfo info : one.hparamInfos()) {
        hparams.merge(info.name(), info, MergedExperiments::hparamOfBoth);
      }
      one.metricInfos().forEach(info -> metrics.putIfAbsent(info.nameOrEmpty(), info));
    }
    return new Experiment(
        joined(distinct, Experiment::name, ", "),
        joined(distinct, Experiment::description, "\n\n"),
        joined(distinct, Experiment::user, ", "),
        distinct.stream().mapToDouble(Experiment::timeCreatedSecs).min().orElse(0),
        hparams.values().stream().map(info -> differing(info, differs)).toList(),
        List.copyOf(metrics.values()));
  }

  private static String joined(
      Set<Experiment> all, Function<Experiment, String> text, String between) {
    return all.stream()
        .map(text)
        .filter(one -> !one.isEmpty())
        .distinct()
        .collect(Collectors.joining(between));
  }

  /** Where two say different types, none is said: the values themselves tell. */
  private static HParamInfo hparamOfBoth(HParamInfo one, HParamInfo other) {
    boolean isOfOneType = one.type() == other.type();
    return new HParamInfo(
        one.name(),
        one.displayName().isEmpty() ? other.displayName() : one.displayName(),
        one.description().isEmpty() ? other.description() : one.description(),
        isOfOneType ? one.type() : DataType.DATA_TYPE_UNSET,
        isOfOneType ? valuesOfBoth(one.domainDiscrete(), other.domainDiscrete()) : null,
        isOfOneType ? intervalOfBoth(one.domainInterval(), other.domainInterval()) : null,
        one.differs() || other.differs());
  }

  private static HParamInfo differing(HParamInfo info, Predicate<String> differs) {
    return new HParamInfo(
        info.name(),
        info.displayName(),
        info.description(),
        info.type(),
        info.domainDiscrete(),
        info.domainInterval(),
        info.differs() || differs.test(info.name()));
  }

  private static @Nullable List<Object> valuesOfBoth(
      @Nullable List<Object> one, @Nullable List<Object> other) {
    if (one == null || other == null) {
      return null;
    }
    Set<Object> values = new LinkedHashSet<>(one);
    values.addAll(other);
    return new ArrayList<>(values);
  }

  private static @Nullable Interval intervalOfBoth(
      @Nullable Interval one, @Nullable Interval other) {
    return one == null || other == null
        ? null
        : new Interval(
            Math.min(one.minValue(), other.minValue()), Math.max(one.maxValue(), other.maxValue()));
  }
}

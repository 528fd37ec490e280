package org.pupil.board.plugins.hparams;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.board.log.SeriesInfo;
import org.pupil.board.plugins.hparams.Experiment.DataType;
import org.pupil.board.plugins.hparams.Experiment.DatasetType;
import org.pupil.board.plugins.hparams.Experiment.HParamInfo;
import org.pupil.board.plugins.hparams.Experiment.MetricInfo;

/** What the runs say of sessions and of the experiment that they belong to. */
final class Sessions {
  private static final String PLUGIN = "hparams";
  private static final String EXPERIMENT = "_hparams_/experiment";
  private static final String START = "_hparams_/session_start_info";
  private static final String END = "_hparams_/session_end_info";
  private static final String SCALARS = "scalars";

  private final List<Run> runs;
  private final Map<String, SessionStart> starts = new LinkedHashMap<>();
  private final Map<String, SessionEnd> ends = new LinkedHashMap<>();
  private final List<Experiment> written = new ArrayList<>();

  /** Reads what is there now. */
  Sessions(EventLogs logs) {
    runs = logs.runs();
    for (Run run : runs) {
      for (SeriesInfo series : run.series(PLUGIN)) {
        switch (series.tag()) {
          case START ->
              PluginData.sessionStart(series.pluginContent())
                  .ifPresent(start -> starts.put(run.name(), start));
          case END ->
              PluginData.sessionEnd(series.pluginContent())
                  .ifPresent(end -> ends.put(run.name(), end));
          case EXPERIMENT -> PluginData.experiment(series.pluginContent()).ifPresent(written::add);
          default -> {
            // nothing that this page shows
          }
        }
      }
    }
  }

  /** What the sessions began with, by run. */
  Map<String, SessionStart> starts() {
    return starts;
  }

  /** How a session ended; empty if it has not. */
  Optional<SessionEnd> end(String session) {
    return Optional.ofNullable(ends.get(session));
  }

  /** As somebody wrote it, several as one; else what follows from the sessions. */
  Experiment experiment() {
    if (!written.isEmpty()) {
      return MergedExperiments.of(written, this::differs);
    }
    List<HParamInfo> hparams = hparamInfos();
    return hparams.isEmpty()
        ? Experiment.NONE
        : new Experiment("", "", "", 0, hparams, metricInfos());
  }

  private boolean differs(String hparam) {
    return starts.values().stream()
            .map(start -> Optional.ofNullable(start.hparams().get(hparam)))
            .distinct()
            .count()
        > 1;
  }

  private List<HParamInfo> hparamInfos() {
    Map<String, List<Object>> valuesByName = new TreeMap<>();
    for (SessionStart start : starts.values()) {
      start
          .hparams()
          .forEach(
              (name, value) -> {
                if (HParamValues.isPlain(value)) {
                  valuesByName.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
                }
              });
    }
    List<HParamInfo> infos = new ArrayList<>();
    valuesByName.forEach((name, values) -> infos.add(hparamInfo(name, values)));
    return infos;
  }

  /** Values of different types are all taken as strings. */
  private static HParamInfo hparamInfo(String name, Collection<Object> values) {
    if (values.stream().allMatch(Double.class::isInstance)) {
      TreeSet<Double> distinct = new TreeSet<>();
      values.forEach(value -> distinct.add((Double) value));
      Interval interval = new Interval(distinct.first(), distinct.last());
      return info(name, DataType.DATA_TYPE_FLOAT64, null, interval, distinct.size() > 1);
    }
    if (values.stream().allMatch(Boolean.class::isInstance)) {
      List<Object> distinct = new ArrayList<>(new TreeSet<>(values));
      return info(name, DataType.DATA_TYPE_BOOL, distinct, null, distinct.size() > 1);
    }
    Set<String> distinct = new TreeSet<>();
    values.forEach(value -> distinct.add(HParamValues.text(value)));
    return info(
        name, DataType.DATA_TYPE_STRING, new ArrayList<>(distinct), null, distinct.size() > 1);
  }

  private static HParamInfo info(
      String name,
      DataType type,
      @Nullable List<Object> discrete,
      @Nullable Interval interval,
      boolean differs) {
    return new HParamInfo(name, "", "", type, discrete, interval, differs);
  }

  /** All scalars of runs that are sessions or below one. */
  private List<MetricInfo> metricInfos() {
    Set<MetricName> names = new TreeSet<>();
    for (Run run : runs) {
      String session = sessionOf(run.name());
      if (session != null) {
        String group = MetricRuns.group(session, run.name());
        run.series(SCALARS).forEach(series -> names.add(new MetricName(group, series.tag())));
      }
    }
    return names.stream()
        .map(name -> new MetricInfo(name, "", "", DatasetType.DATASET_UNKNOWN))
        .toList();
  }

  /** The nearest session at or above a run; null if there is none. */
  private @Nullable String sessionOf(String run) {
    return MetricRuns.atOrAbove(run).stream().filter(starts::containsKey).findFirst().orElse(null);
  }
}

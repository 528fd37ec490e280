package org.pupil.board.plugins.hparams;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.board.log.ScalarPoints;
import org.pupil.board.plugins.hparams.Experiment.MetricInfo;
import org.pupil.board.plugins.hparams.SessionGroup.MetricValue;
import org.pupil.board.plugins.hparams.SessionGroup.Session;

/** What the page of hyperparameters asks for. */
public final class HParamsAnswers {
  private static final Duration LONGEST_MATCHING = Duration.ofSeconds(2);

  private final EventLogs logs;

  public HParamsAnswers(EventLogs logs) {
    this.logs = logs;
  }

  /** Which hyperparameters and metrics there are: as somebody wrote it, else from the sessions. */
  public Experiment experiment(ExperimentRequest request) {
    return experiment(
        request.includeMetrics() == null || request.includeMetrics(), request.hparamsLimit());
  }

  private Experiment experiment(boolean withMetrics, int mostHParams) {
    Experiment experiment = new Sessions(logs).experiment().sorted(mostHParams);
    return withMetrics ? experiment : experiment.withoutMetrics();
  }

  /**
   * Rows of the table.
   *
   * @throws HParamsException if the request makes no sense
   */
  public SessionGroup.Page sessionGroups(SessionGroupsRequest request) throws HParamsException {
    Columns columns = new Columns(request.columns());
    TimeLimit limit = new TimeLimit(LONGEST_MATCHING, System::nanoTime);
    List<SessionGroup> groups = new ArrayList<>();
    for (SessionGroup group : allGroups(request)) {
      if (columns.pass(group, limit)) {
        groups.add(group);
      }
    }
    groups.sort(columns.order());
    long start = Math.min(Math.max(0, request.startIndex()), groups.size());
    long end = Math.min(start + Math.max(0, request.sliceSize()), groups.size());
    return new SessionGroup.Page(
        groups.subList((int) start, (int) end).stream().map(columns::reduced).toList(),
        groups.size());
  }

  /**
   * The table as a file.
   *
   * @param visible which of its columns are wanted: first the hyperparameters, then the metrics, in
   *     the order of the experiment; null for all
   * @throws HParamsException if the request makes no sense
   */
  public HParamsTable table(SessionGroupsRequest request, @Nullable List<Boolean> visible)
      throws HParamsException {
    return HParamsTable.of(
        experiment(request.wantsMetrics(), 0), sessionGroups(request).sessionGroups(), visible);
  }

  /** A group while its sessions are found. */
  private record Found(SessionStart first, List<Session> sessions) {}

  private List<SessionGroup> allGroups(SessionGroupsRequest request) throws HParamsException {
    Sessions sessions = new Sessions(logs);
    List<MetricName> metrics =
        request.wantsMetrics()
            ? sessions.experiment().metricInfos().stream().map(MetricInfo::nameOrEmpty).toList()
            : List.of();
    Map<String, Run> runs = new HashMap<>();
    logs.runs().forEach(run -> runs.put(run.name(), run));
    Map<String, Found> found = new LinkedHashMap<>();
    sessions
        .starts()
        .forEach(
            (name, start) -> {
              Session session = session(name, start, sessions, metrics, runs);
              if (request.allowedStatuses() != null
                  && request.allowedStatuses().contains(session.status())) {
                String group = start.groupName().isEmpty() ? name : start.groupName();
                found
                    .computeIfAbsent(group, g -> new Found(start, new ArrayList<>()))
                    .sessions
                    .add(session);
              }
            });
    List<SessionGroup> groups = new ArrayList<>();
    for (Map.Entry<String, Found> group : found.entrySet()) {
      groups.add(group(group.getKey(), group.getValue(), request));
    }
    return groups;
  }

  private static SessionGroup group(String name, Found found, SessionGroupsRequest request)
      throws HParamsException {
    List<Session> sessions =
        found.sessions.stream().sorted(Comparator.comparing(Session::name)).toList();
    Map<String, @Nullable Object> hparams = new LinkedHashMap<>(found.first.hparams());
    hparams.values().removeIf(value -> value instanceof Double number && !Double.isFinite(number));
    return new SessionGroup(
        name, hparams, GroupMetrics.of(sessions, request), sessions, found.first.monitorUrl());
  }

  private static Session session(
      String name,
      SessionStart start,
      Sessions sessions,
      List<MetricName> metrics,
      Map<String, Run> runs) {
    List<MetricValue> values = new ArrayList<>();
    for (MetricName metric : metrics) {
      Run run = runs.get(MetricRuns.run(name, metric.group()));
      ScalarPoints points = run == null ? null : run.scalars(metric.tag()).orElse(null);
      if (points != null && points.size() > 0) {
        int last = points.size() - 1;
        values.add(
            new MetricValue(metric, points.value(last), points.step(last), points.wallTime(last)));
      }
    }
    SessionEnd end = sessions.end(name).orElse(new SessionEnd(SessionStatus.STATUS_UNKNOWN, 0));
    return new Session(
        name,
        start.startTimeSecs(),
        end.endTimeSecs(),
        end.status(),
        start.modelUri(),
        values,
        start.monitorUrl());
  }
}

package org.pupil.board.plugins.hparams;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param hparams of the group's first session; without numbers that are none
 * @param metricValues what follows from those of the sessions
 */
public record SessionGroup(
    String name,
    Map<String, @Nullable Object> hparams,
    List<MetricValue> metricValues,
    List<Session> sessions,
    String monitorUrl) {
  public SessionGroup {
    // Not Map.copyOf: a value may be null, and the order stays.
    hparams = Collections.unmodifiableMap(new LinkedHashMap<>(hparams));
    metricValues = List.copyOf(metricValues);
    sessions = List.copyOf(sessions);
  }

  /** The last value of a metric, or an average of such. */
  public record MetricValue(
      MetricName name, double value, long trainingStep, double wallTimeSecs) {}

  /** One training run. */
  public record Session(
      String name,
      double startTimeSecs,
      double endTimeSecs,
      SessionStatus status,
      String modelUri,
      List<MetricValue> metricValues,
      String monitorUrl) {
    public Session {
      metricValues = List.copyOf(metricValues);
    }
  }

  static Optional<Double> value(List<MetricValue> values, MetricName name) {
    return values.stream()
        .filter(value -> value.name().equals(name))
        .map(MetricValue::value)
        .findFirst();
  }

  SessionGroup withHParams(Map<String, @Nullable Object> others) {
    return new SessionGroup(name, others, metricValues, sessions, monitorUrl);
  }

  /**
   * Some rows.
   *
   * @param totalSize how many there are
   */
  public record Page(List<SessionGroup> sessionGroups, int totalSize) {
    public Page {
      sessionGroups = List.copyOf(sessionGroups);
    }
  }
}

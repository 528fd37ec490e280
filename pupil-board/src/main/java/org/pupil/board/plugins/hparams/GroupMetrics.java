package org.pupil.board.plugins.hparams;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.board.plugins.hparams.SessionGroup.MetricValue;
import org.pupil.board.plugins.hparams.SessionGroup.Session;
import org.pupil.board.plugins.hparams.SessionGroupsRequest.Aggregation;

/** What the metrics of a group's sessions are together. */
final class GroupMetrics {
  private GroupMetrics() {}

  /**
   * The averages; or the metrics of the one session that has the median, least or greatest value of
   * a metric. A session that lacks that metric, or where it is NaN, is not the one. Of an even
   * number the lower median counts.
   *
   * @throws HParamsException if a metric must be given and is not
   */
  static List<MetricValue> of(List<Session> sessions, SessionGroupsRequest request)
      throws HParamsException {
    Aggregation aggregation = request.aggregation();
    if (aggregation == Aggregation.AGGREGATION_UNSET
        || aggregation == Aggregation.AGGREGATION_AVG) {
      return averages(sessions);
    }
    MetricName metric = request.aggregationMetric();
    if (metric == null) {
      throw new HParamsException("aggregationMetric must be given with " + aggregation);
    }
    record Measured(Session session, double value) {}
    List<Measured> measured = new ArrayList<>();
    for (Session session : sessions) {
      SessionGroup.value(session.metricValues(), metric)
          .filter(value -> !Double.isNaN(value))
          .ifPresent(value -> measured.add(new Measured(session, value)));
    }
    if (measured.isEmpty()) {
      return List.of();
    }
    Comparator<Measured> byValue = Comparator.comparingDouble(Measured::value);
    Measured chosen =
        switch (aggregation) {
          case AGGREGATION_MIN -> measured.stream().min(byValue).orElseThrow();
          // The first of those that are equal, which max would not give.
          case AGGREGATION_MAX -> measured.stream().min(byValue.reversed()).orElseThrow();
          default -> measured.stream().sorted(byValue).toList().get((measured.size() - 1) / 2);
        };
    return chosen.session.metricValues();
  }

  private static final class Sum {
    private double value;
    private long step;
    private double wallTime;
    private int count;

    void add(MetricValue one) {
      value += one.value();
      step += one.trainingStep();
      wallTime += one.wallTimeSecs();
      count++;
    }
  }

  private static List<MetricValue> averages(List<Session> sessions) {
    Map<MetricName, Sum> sums = new LinkedHashMap<>();
    for (Session session : sessions) {
      for (MetricValue value : session.metricValues()) {
        sums.computeIfAbsent(value.name(), name -> new Sum()).add(value);
      }
    }
    List<MetricValue> averages = new ArrayList<>();
    sums.forEach(
        (name, sum) ->
            averages.add(
                new MetricValue(
                    name,
                    sum.value / sum.count,
                    Math.floorDiv(sum.step, sum.count),
                    sum.wallTime / sum.count)));
    return averages;
  }
}

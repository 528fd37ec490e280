package org.pupil.board.plugins.hparams;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/** Of which session which metric is wanted. */
public record MetricEvalsRequest(
    @JsonAlias("experiment_name") @Nullable String experimentName,
    @JsonAlias("session_name") @Nullable String sessionName,
    @JsonAlias("metric_name") @Nullable MetricName metricName) {
  /** The name of the run that has it. */
  public String run() {
    return MetricRuns.run(
        sessionName == null ? "" : sessionName, metricName == null ? "" : metricName.group());
  }

  /** Its tag there. */
  public String tag() {
    return metricName == null ? "" : metricName.tag();
  }
}

package org.pupil.board.plugins.hparams;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the table are wanted. What a request leaves out is null, empty or 0.
 *
 * @param allowedStatuses sessions with another status are left out, so none are there if this is
 *     empty
 * @param colParams filters and the order, the most significant column first
 * @param startIndex the first row
 * @param sliceSize so many rows at most
 * @param includeMetrics null is yes
 */
public record SessionGroupsRequest(
    @JsonAlias("experiment_name") @Nullable String experimentName,
    @JsonAlias("allowed_statuses") @Nullable List<SessionStatus> allowedStatuses,
    @JsonAlias("col_params") @Nullable List<@Nullable ColParams> colParams,
    @JsonAlias("aggregation_type") @Nullable Aggregation aggregationType,
    @JsonAlias("aggregation_metric") @Nullable MetricName aggregationMetric,
    @JsonAlias("start_index") int startIndex,
    @JsonAlias("slice_size") int sliceSize,
    @JsonAlias("include_metrics") @Nullable Boolean includeMetrics) {

  /** How the metrics of a group follow from those of its sessions. */
  public enum Aggregation {
    AGGREGATION_UNSET,
    AGGREGATION_AVG,
    AGGREGATION_MEDIAN,
    AGGREGATION_MIN,
    AGGREGATION_MAX
  }

  /** In which order. */
  public enum SortOrder {
    ORDER_UNSPECIFIED,
    ORDER_ASC,
    ORDER_DESC
  }

  /**
   * A column: a metric or a hyperparameter, and what is wanted of it.
   *
   * @param missingValuesFirst whether groups that lack it come first, whatever the order
   * @param filterRegexp for strings: some part must match
   * @param filterInterval for numbers
   * @param filterDiscrete the value must be one of these
   * @param excludeMissingValues whether groups that lack it are left out
   * @param includeInResult if any column says so, hyperparameters without a column, and those of
   *     columns that say no, are left out of the answer
   */
  public record ColParams(
      @Nullable MetricName metric,
      @Nullable String hparam,
      @Nullable SortOrder order,
      @JsonAlias("missing_values_first") boolean missingValuesFirst,
      @JsonAlias("filter_regexp") @Nullable String filterRegexp,
      @JsonAlias("filter_interval") @Nullable Interval filterInterval,
      @JsonAlias("filter_discrete") @Nullable List<@Nullable Object> filterDiscrete,
      @JsonAlias("exclude_missing_values") boolean excludeMissingValues,
      @JsonAlias("include_in_result") @Nullable Boolean includeInResult) {}

  /** As they were sent: also those that are null. */
  List<@Nullable ColParams> columns() {
    return colParams == null ? List.of() : colParams;
  }

  boolean wantsMetrics() {
    return includeMetrics == null || includeMetrics;
  }

  Aggregation aggregation() {
    return aggregationType == null ? Aggregation.AGGREGATION_UNSET : aggregationType;
  }
}

package org.pupil.board.plugins.hparams;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which hyperparameters and metrics there are.
 *
 * @param description in Markdown
 * @param timeCreatedSecs seconds since 1970
 */
public record Experiment(
    String name,
    String description,
    String user,
    double timeCreatedSecs,
    List<HParamInfo> hparamInfos,
    List<MetricInfo> metricInfos) {
  /** That of a log which has none. */
  static final Experiment NONE = new Experiment("", "", "", 0, List.of(), List.of());

  public Experiment {
    hparamInfos = List.copyOf(hparamInfos);
    metricInfos = List.copyOf(metricInfos);
  }

  /** The types of hyperparameters, with the numbers that they have in a log. */
  public enum DataType {
    DATA_TYPE_UNSET,
    DATA_TYPE_STRING,
    DATA_TYPE_BOOL,
    DATA_TYPE_FLOAT64
  }

  /** What a metric was measured with, with the numbers that they have in a log. */
  public enum DatasetType {
    DATASET_UNKNOWN,
    DATASET_TRAINING,
    DATASET_VALIDATION
  }

  /**
   * A hyperparameter.
   *
   * @param domainDiscrete the values that it may have; null if they are not known
   * @param domainInterval the range of its values; null if it is not known
   * @param differs whether it is not the same in all sessions
   */
  public record HParamInfo(
      String name,
      String displayName,
      String description,
      DataType type,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Object> domainDiscrete,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Interval domainInterval,
      boolean differs) {}

  /** A metric. */
  public record MetricInfo(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MetricName name,
      String displayName,
      String description,
      DatasetType datasetType) {
    MetricName nameOrEmpty() {
      return name == null ? new MetricName("", "") : name;
    }
  }

  /** Those that differ come first, then by name; and so many at most, 0 for all. */
  Experiment sorted(int mostHParams) {
    List<HParamInfo> sorted =
        hparamInfos.stream()
            .sorted(
                Comparator.comparing(HParamInfo::differs)
                    .reversed()
                    .thenComparing(HParamInfo::name))
            .limit(mostHParams <= 0 ? Long.MAX_VALUE : mostHParams)
            .toList();
    return new Experiment(name, description, user, timeCreatedSecs, sorted, metricInfos);
  }

  Experiment withoutMetrics() {
    return new Experiment(name, description, user, timeCreatedSecs, hparamInfos, List.of());
  }
}

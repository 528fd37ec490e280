package org.pupil.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.log.proto.hparams.DataType;
import org.pupil.log.proto.hparams.Experiment;
import org.pupil.log.proto.hparams.HParamsPluginData;
import org.pupil.log.proto.hparams.MetricName;
import org.pupil.log.proto.hparams.SessionEndInfo;
import org.pupil.log.proto.hparams.SessionStartInfo;
import org.pupil.log.proto.hparams.Status;

/**
 * What TensorBoard's HParams page shows of one training run: its settings, and which scalars judge
 * it.
 *
 * <p>Write {@link #experiment} and {@link #sessionStart} at step 0 into the folder that holds the
 * runs {@code train} and {@code validation}, and {@link #sessionEnd} there when the training ends.
 *
 * <p>A setting is a String, a Boolean or a finite Number; TensorBoard has no whole numbers, all are
 * doubles (0.1f is written as 0.1). The messages are those of TensorBoard's {@code
 * plugins/hparams/plugin_data.proto}, version 0.
 */
public final class HParams {
  /** The plugin's name. */
  public static final String PLUGIN = "hparams";

  /** The tag of {@link #experiment}. */
  public static final String EXPERIMENT = "_hparams_/experiment";

  /** The tag of {@link #sessionStart}. */
  public static final String SESSION_START = "_hparams_/session_start_info";

  /** The tag of {@link #sessionEnd}. */
  public static final String SESSION_END = "_hparams_/session_end_info";

  private static final int VERSION = 0;

  private final String tag;
  private final HParamsPluginData data;

  private HParams(String tag, HParamsPluginData.Builder data) {
    this.tag = tag;
    this.data = data.build();
  }

  /**
   * A scalar by which training runs are compared.
   *
   * <p>Prefer scalars in the session's own folder: if that folder is the very one that TensorBoard
   * was given ({@code --logdir}), it does not find those of the runs below.
   *
   * @param group the run below the session's folder that holds it ({@code validation}), or empty
   *     for that folder itself
   * @param tag the scalar's tag there: {@code accuracy_1}
   * @param displayName what people read, or empty for the tag
   */
  public record Metric(String group, String tag, String displayName) {}

  /** How a training run ended. */
  public enum Outcome {
    SUCCESS,
    FAILURE
  }

  /**
   * Names the settings, with their types, and the metrics. Metrics that are not listed do not show.
   *
   * @throws IllegalArgumentException if a setting is of another type or not finite
   */
  public static HParams experiment(Map<String, ?> settings, List<Metric> metrics, Instant created) {
    Experiment.Builder experiment = Experiment.newBuilder().setTimeCreatedSecs(seconds(created));
    settings.forEach(
        (name, value) ->
            experiment.addHparamInfosBuilder().setName(name).setType(typeOf(name, value)));
    for (Metric metric : metrics) {
      experiment
          .addMetricInfosBuilder()
          .setName(MetricName.newBuilder().setGroup(metric.group).setTag(metric.tag))
          .setDisplayName(metric.displayName);
    }
    return new HParams(EXPERIMENT, HParamsPluginData.newBuilder().setExperiment(experiment));
  }

  /**
   * The settings of this training run. Settings keep the map's order.
   *
   * @param groupName training runs of one name are shown as one with several repeats; empty: each
   *     is its own
   * @throws IllegalArgumentException if a setting is of another type or not finite
   */
  public static HParams sessionStart(Map<String, ?> settings, String groupName, Instant start) {
    SessionStartInfo.Builder info =
        SessionStartInfo.newBuilder().setGroupName(groupName).setStartTimeSecs(seconds(start));
    settings.forEach((name, value) -> info.putHparams(name, valueOf(name, value)));
    return new HParams(SESSION_START, HParamsPluginData.newBuilder().setSessionStartInfo(info));
  }

  /** That this training run is over, and how. */
  public static HParams sessionEnd(Outcome outcome, Instant end) {
    SessionEndInfo.Builder info =
        SessionEndInfo.newBuilder()
            .setStatus(outcome == Outcome.SUCCESS ? Status.STATUS_SUCCESS : Status.STATUS_FAILURE)
            .setEndTimeSecs(seconds(end));
    return new HParams(SESSION_END, HParamsPluginData.newBuilder().setSessionEndInfo(info));
  }

  /**
   * Reads the plugin data of a summary of this plugin, whoever wrote it.
   *
   * @return empty if it is damaged or of another version: then TensorBoard does not show it either
   */
  public static Optional<HParamsPluginData> read(ByteString pluginData) {
    try {
      HParamsPluginData data = HParamsPluginData.parseFrom(pluginData);
      return data.getVersion() == VERSION ? Optional.of(data) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** Where TensorBoard looks for it. */
  String tag() {
    return tag;
  }

  /** The plugin data: all that is said; the value itself is empty. */
  HParamsPluginData data() {
    return data;
  }

  private static DataType typeOf(String name, Object value) {
    return switch (valueOf(name, value).getKindCase()) {
      case STRING_VALUE -> DataType.DATA_TYPE_STRING;
      case BOOL_VALUE -> DataType.DATA_TYPE_BOOL;
      default -> DataType.DATA_TYPE_FLOAT64;
    };
  }

  private static Value valueOf(String name, Object value) {
    if (value instanceof String text) {
      return Value.newBuilder().setStringValue(text).build();
    }
    if (value instanceof Boolean yes) {
      return Value.newBuilder().setBoolValue(yes).build();
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      // By way of its digits, so that 0.1f becomes 0.1 and not 0.10000000149011612.
      double asWritten = Double.parseDouble(number.toString());
      return Value.newBuilder().setNumberValue(asWritten).build();
    }
    throw new IllegalArgumentException(
        "a setting must be a String, a Boolean or a finite Number, " + name + " was " + value);
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }
}

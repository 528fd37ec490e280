package org.pupil.board.plugins.hparams;

import com.google.protobuf.ByteString;
import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.board.plugins.hparams.Experiment.DataType;
import org.pupil.board.plugins.hparams.Experiment.DatasetType;
import org.pupil.board.plugins.hparams.Experiment.HParamInfo;
import org.pupil.board.plugins.hparams.Experiment.MetricInfo;
import org.pupil.log.HParams;
import org.pupil.log.proto.hparams.HParamsPluginData;
import org.pupil.log.proto.hparams.SessionEndInfo;
import org.pupil.log.proto.hparams.SessionStartInfo;

/**
 * Takes sessions and experiments out of the message HParamsPluginData. What is of another version
 * or damaged does not count, and neither does a message of another kind than the tag says.
 */
final class PluginData {
  private PluginData() {}

  static Optional<Experiment> experiment(ByteString content) {
    return HParams.read(content)
        .filter(HParamsPluginData::hasExperiment)
        .map(data -> experiment(data.getExperiment()));
  }

  static Optional<SessionStart> sessionStart(ByteString content) {
    return HParams.read(content)
        .filter(HParamsPluginData::hasSessionStartInfo)
        .map(data -> sessionStart(data.getSessionStartInfo()));
  }

  static Optional<SessionEnd> sessionEnd(ByteString content) {
    return HParams.read(content)
        .filter(HParamsPluginData::hasSessionEndInfo)
        .map(data -> sessionEnd(data.getSessionEndInfo()));
  }

  private static Experiment experiment(org.pupil.log.proto.hparams.Experiment written) {
    return new Experiment(
        written.getName(),
        written.getDescription(),
        written.getUser(),
        written.getTimeCreatedSecs(),
        written.getHparamInfosList().stream().map(PluginData::hparamInfo).toList(),
        written.getMetricInfosList().stream().map(PluginData::metricInfo).toList());
  }

  private static HParamInfo hparamInfo(org.pupil.log.proto.hparams.HParamInfo written) {
    return new HParamInfo(
        written.getName(),
        written.getDisplayName(),
        written.getDescription(),
        constant(DataType.values(), written.getTypeValue()),
        written.hasDomainDiscrete() ? list(written.getDomainDiscrete()) : null,
        written.hasDomainInterval() ? interval(written.getDomainInterval()) : null,
        written.getDiffers());
  }

  private static Interval interval(org.pupil.log.proto.hparams.Interval written) {
    return new Interval(written.getMinValue(), written.getMaxValue());
  }

  private static MetricInfo metricInfo(org.pupil.log.proto.hparams.MetricInfo written) {
    return new MetricInfo(
        written.hasName()
            ? new MetricName(written.getName().getGroup(), written.getName().getTag())
            : null,
        written.getDisplayName(),
        written.getDescription(),
        constant(DatasetType.values(), written.getDatasetTypeValue()));
  }

  private static SessionStart sessionStart(SessionStartInfo written) {
    Map<String, Object> hparams = new LinkedHashMap<>();
    written.getHparamsMap().forEach((name, value) -> hparams.put(name, value(value)));
    return new SessionStart(
        hparams,
        written.getModelUri(),
        written.getMonitorUrl(),
        written.getGroupName(),
        written.getStartTimeSecs());
  }

  private static SessionEnd sessionEnd(SessionEndInfo written) {
    return new SessionEnd(
        constant(SessionStatus.values(), written.getStatusValue()), written.getEndTimeSecs());
  }

  /** A number that is not known counts as 0. */
  private static <T> T constant(T[] values, int number) {
    return values[number >= 0 && number < values.length ? number : 0];
  }

  private static List<Object> list(ListValue list) {
    List<Object> values = new ArrayList<>();
    list.getValuesList().forEach(one -> values.add(value(one)));
    return Collections.unmodifiableList(values);
  }

  private static @Nullable Object value(Value value) {
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> value.getNumberValue();
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case LIST_VALUE -> list(value.getListValue());
      case STRUCT_VALUE -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        value.getStructValue().getFieldsMap().forEach((key, one) -> fields.put(key, value(one)));
        yield fields;
      }
      case NULL_VALUE, KIND_NOT_SET -> null;
    };
  }
}

package org.pupil.board.plugins.hparams;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import com.google.protobuf.WireFormat;
import java.io.IOException;
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

/**
 * Reads the message HParamsPluginData of TensorBoard's {@code plugins/hparams/plugin_data.proto},
 * version 0, which TensorFlow's own classes lack. What is of another version or damaged does not
 * count.
 */
final class PluginData {
  private static final int VERSION = 1;
  private static final int EXPERIMENT = 2;
  private static final int SESSION_START = 3;
  private static final int SESSION_END = 4;

  private PluginData() {}

  static Optional<Experiment> experiment(ByteString content) {
    return read(content, EXPERIMENT, PluginData::experiment);
  }

  static Optional<SessionStart> sessionStart(ByteString content) {
    return read(content, SESSION_START, PluginData::sessionStart);
  }

  static Optional<SessionEnd> sessionEnd(ByteString content) {
    return read(content, SESSION_END, PluginData::sessionEnd);
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(CodedInputStream in) throws IOException;
  }

  private static <T> Optional<T> read(ByteString content, int kind, Reading<T> reading) {
    try {
      ByteString found = null;
      CodedInputStream in = content.newCodedInput();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        int field = WireFormat.getTagFieldNumber(tag);
        if (field == VERSION) {
          if (in.readInt32() != 0) {
            return Optional.empty();
          }
        } else if (field == kind) {
          found = in.readBytes();
        } else {
          in.skipField(tag);
        }
      }
      return found == null ? Optional.empty() : Optional.of(reading.read(found.newCodedInput()));
    } catch (IOException e) {
      return Optional.empty(); // damaged: as if it were not there
    }
  }

  private static Experiment experiment(CodedInputStream in) throws IOException {
    String name = "";
    String description = "";
    String user = "";
    double created = 0;
    List<HParamInfo> hparams = new ArrayList<>();
    List<MetricInfo> metrics = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> description = in.readString();
        case 2 -> user = in.readString();
        case 3 -> created = in.readDouble();
        case 4 -> hparams.add(message(in, PluginData::hparamInfo));
        case 5 -> metrics.add(message(in, PluginData::metricInfo));
        case 6 -> name = in.readString();
        default -> in.skipField(tag);
      }
    }
    return new Experiment(name, description, user, created, hparams, metrics);
  }

  private static <T> T message(CodedInputStream in, Reading<T> reading) throws IOException {
    return reading.read(in.readBytes().newCodedInput());
  }

  private static HParamInfo hparamInfo(CodedInputStream in) throws IOException {
    String name = "";
    String displayName = "";
    String description = "";
    DataType type = DataType.DATA_TYPE_UNSET;
    List<Object> discrete = null;
    Interval interval = null;
    boolean differs = false;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = in.readString();
        case 2 -> displayName = in.readString();
        case 3 -> description = in.readString();
        case 4 -> type = constant(DataType.values(), in.readEnum());
        case 5 -> {
          discrete = list(ListValue.parseFrom(in.readBytes()));
          interval = null;
        }
        case 6 -> {
          interval = message(in, PluginData::interval);
          discrete = null;
        }
        case 7 -> differs = in.readBool();
        default -> in.skipField(tag);
      }
    }
    return new HParamInfo(name, displayName, description, type, discrete, interval, differs);
  }

  private static Interval interval(CodedInputStream in) throws IOException {
    double min = 0;
    double max = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> min = in.readDouble();
        case 2 -> max = in.readDouble();
        default -> in.skipField(tag);
      }
    }
    return new Interval(min, max);
  }

  private static MetricInfo metricInfo(CodedInputStream in) throws IOException {
    MetricName name = null;
    String displayName = "";
    String description = "";
    DatasetType type = DatasetType.DATASET_UNKNOWN;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = message(in, PluginData::metricName);
        case 3 -> displayName = in.readString();
        case 4 -> description = in.readString();
        case 5 -> type = constant(DatasetType.values(), in.readEnum());
        default -> in.skipField(tag);
      }
    }
    return new MetricInfo(name, displayName, description, type);
  }

  private static MetricName metricName(CodedInputStream in) throws IOException {
    String group = "";
    String metric = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> group = in.readString();
        case 2 -> metric = in.readString();
        default -> in.skipField(tag);
      }
    }
    return new MetricName(group, metric);
  }

  private static SessionStart sessionStart(CodedInputStream in) throws IOException {
    Map<String, Object> hparams = new LinkedHashMap<>();
    String modelUri = "";
    String monitorUrl = "";
    String groupName = "";
    double start = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> readHParam(in.readBytes().newCodedInput(), hparams);
        case 2 -> modelUri = in.readString();
        case 3 -> monitorUrl = in.readString();
        case 4 -> groupName = in.readString();
        case 5 -> start = in.readDouble();
        default -> in.skipField(tag);
      }
    }
    return new SessionStart(hparams, modelUri, monitorUrl, groupName, start);
  }

  private static void readHParam(CodedInputStream in, Map<String, Object> hparams)
      throws IOException {
    String name = "";
    Value value = Value.getDefaultInstance();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> name = in.readString();
        case 2 -> value = Value.parseFrom(in.readBytes());
        default -> in.skipField(tag);
      }
    }
    hparams.put(name, value(value));
  }

  private static SessionEnd sessionEnd(CodedInputStream in) throws IOException {
    SessionStatus status = SessionStatus.STATUS_UNKNOWN;
    double end = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> status = constant(SessionStatus.values(), in.readEnum());
        case 2 -> end = in.readDouble();
        default -> in.skipField(tag);
      }
    }
    return new SessionEnd(status, end);
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

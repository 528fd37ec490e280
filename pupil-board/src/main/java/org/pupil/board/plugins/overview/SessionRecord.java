package org.pupil.board.plugins.overview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.board.log.EventRecord;
import org.pupil.board.log.Run;
import org.pupil.log.proto.Summary;

/** What Pupil wrote of a session besides numbers, which {@code formats.md} specifies. */
final class SessionRecord {
  static final String EVALUATION = "pupil/evaluation";
  static final String MISTAKE_IMAGES = "pupil/misclassified";

  private static final String FENCE = "```";
  private static final String START = "_hparams_/session_start_info";
  private static final String END = "_hparams_/session_end_info";

  // HParamsPluginData and what it has: TensorBoard's plugins/hparams/plugin_data.proto.
  private static final int SESSION_START = 3;
  private static final int SESSION_END = 4;
  private static final int START_HPARAMS = 1;
  private static final int END_STATUS = 1;
  private static final int SUCCESS = 1;

  private static final JsonMapper JSON = new JsonMapper();

  private final Run run;

  SessionRecord(Run run) {
    this.run = run;
  }

  /**
   * How a session ended.
   *
   * @param wallTime seconds since 1970
   * @param well whether it was not broken off by an error
   */
  record End(double wallTime, boolean well) {}

  /** The JSON object of a text; empty if there is none or it is something else. */
  Optional<JsonNode> json(String tag) {
    return last("text", tag)
        .flatMap(SessionRecord::value)
        .map(Summary.Value::getTensor)
        .filter(tensor -> tensor.getStringValCount() > 0)
        .map(tensor -> tensor.getStringVal(0).toStringUtf8())
        .flatMap(SessionRecord::inFence);
  }

  private static Optional<JsonNode> inFence(String markdown) {
    int from = markdown.indexOf('\n');
    int to = markdown.lastIndexOf(FENCE);
    if (!markdown.startsWith(FENCE) || from < 0 || to <= from) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(markdown.substring(from, to))).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The end; empty if it has not ended, or was killed. */
  Optional<End> end() {
    return last("hparams", END)
        .flatMap(
            record ->
                message(record, SESSION_END)
                    .map(
                        end ->
                            new End(
                                record.wallTime(),
                                end.getField(END_STATUS)
                                    .getVarintList()
                                    .contains((long) SUCCESS))));
  }

  /** The settings in their order, as texts. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    last("hparams", START)
        .flatMap(record -> message(record, SESSION_START))
        .map(start -> start.getField(START_HPARAMS).getLengthDelimitedList())
        .orElse(List.of())
        .forEach(entry -> put(entry, settings));
    return settings;
  }

  private static void put(ByteString entry, Map<String, String> settings) {
    try {
      UnknownFieldSet fields = UnknownFieldSet.parseFrom(entry);
      List<ByteString> names = fields.getField(1).getLengthDelimitedList();
      List<ByteString> values = fields.getField(2).getLengthDelimitedList();
      if (!names.isEmpty() && !values.isEmpty()) {
        settings.put(names.get(0).toStringUtf8(), text(Value.parseFrom(values.get(0))));
      }
    } catch (InvalidProtocolBufferException e) {
      return; // no setting, and no harm
    }
  }

  private static String text(Value value) {
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> {
        double number = value.getNumberValue();
        yield number == Math.rint(number) && Math.abs(number) < 1e15
            ? Long.toString((long) number)
            : Double.toString(number);
      }
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      default -> value.getStringValue();
    };
  }

  private static Optional<UnknownFieldSet> message(EventRecord record, int field) {
    return value(record)
        .flatMap(
            value -> {
              try {
                ByteString content = value.getMetadata().getPluginData().getContent();
                List<ByteString> found =
                    UnknownFieldSet.parseFrom(content).getField(field).getLengthDelimitedList();
                return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(UnknownFieldSet.parseFrom(found.get(0)));
              } catch (InvalidProtocolBufferException e) {
                return Optional.empty();
              }
            });
  }

  Optional<EventRecord> last(String plugin, String tag) {
    return run.records(plugin, tag).stream().reduce((first, last) -> last);
  }

  /** Empty if the file is gone by now: a new training run replaces the log of the one before. */
  private static Optional<Summary.Value> value(EventRecord record) {
    try {
      return Optional.of(record.value());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

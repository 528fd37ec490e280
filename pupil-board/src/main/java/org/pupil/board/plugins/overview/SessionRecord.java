package org.pupil.board.plugins.overview;

import com.google.protobuf.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pupil.board.log.EventRecord;
import org.pupil.board.log.Run;
import org.pupil.log.HParams;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.hparams.HParamsPluginData;
import org.pupil.log.proto.hparams.Status;
import org.pupil.log.proto.training.TrainingOutcome;
import org.pupil.log.proto.training.TrainingSetup;
import org.pupil.log.record.TrainingRecords;
import org.pupil.log.record.TrainingTags;

/** What Pupil wrote of a session besides numbers, which {@code formats.md} specifies. */
final class SessionRecord {
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

  /** What was known when it began; empty if it is not there. */
  Optional<TrainingSetup> setup() {
    return last("text", TrainingTags.SETUP)
        .flatMap(SessionRecord::value)
        .flatMap(TrainingRecords::setup);
  }

  /** What it came to; empty if it is not there, or not yet. */
  Optional<TrainingOutcome> outcome() {
    return last("text", TrainingTags.OUTCOME)
        .flatMap(SessionRecord::value)
        .flatMap(TrainingRecords::outcome);
  }

  /** The end; empty if it has not ended, or was killed. */
  Optional<End> end() {
    return last(HParams.PLUGIN, HParams.SESSION_END)
        .flatMap(
            record ->
                hparams(record)
                    .filter(HParamsPluginData::hasSessionEndInfo)
                    .map(
                        data ->
                            new End(
                                record.wallTime(),
                                data.getSessionEndInfo().getStatus() == Status.STATUS_SUCCESS)));
  }

  /** The settings in their order, as texts. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    last(HParams.PLUGIN, HParams.SESSION_START)
        .flatMap(SessionRecord::hparams)
        .ifPresent(
            data ->
                data.getSessionStartInfo()
                    .getHparamsMap()
                    .forEach((name, value) -> settings.put(name, text(value))));
    return settings;
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

  private static Optional<HParamsPluginData> hparams(EventRecord record) {
    return value(record)
        .flatMap(value -> HParams.read(value.getMetadata().getPluginData().getContent()));
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

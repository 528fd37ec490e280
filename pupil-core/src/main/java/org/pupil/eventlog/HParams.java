package org.pupil.eventlog;

import com.google.protobuf.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What TensorBoard's HParams page shows of one training run: its settings, and which scalars judge
 * it.
 *
 * <p>Write {@link #experiment} and {@link #sessionStart} at step 0 into the folder that holds the
 * runs {@code train} and {@code validation}, and {@link #sessionEnd} there when the teaching ends.
 *
 * <p>A setting is a String, a Boolean or a finite Number; TensorBoard has no whole numbers, all are
 * doubles (0.1f is written as 0.1). The messages are those of TensorBoard's {@code
 * plugins/hparams/plugin_data.proto}, version 0, which TensorFlow's own classes lack.
 */
public final class HParams {
  private static final int EXPERIMENT = 2;
  private static final int SESSION_START = 3;
  private static final int SESSION_END = 4;

  private static final int TYPE_STRING = 1;
  private static final int TYPE_BOOL = 2;
  private static final int TYPE_FLOAT64 = 3;

  private final String tag;
  private final byte[] content;

  private HParams(String tag, int kind, WireBuffer message) {
    this.tag = tag;
    this.content = new WireBuffer().messageField(kind, message).toByteArray();
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
    SUCCESS(1),
    FAILURE(2);

    private final int number;

    Outcome(int number) {
      this.number = number;
    }
  }

  /**
   * Names the settings, with their types, and the metrics. Metrics that are not listed do not show.
   *
   * @throws IllegalArgumentException if a setting is of another type or not finite
   */
  public static HParams experiment(Map<String, ?> settings, List<Metric> metrics, Instant created) {
    WireBuffer message = new WireBuffer().doubleField(3, seconds(created));
    settings.forEach(
        (name, value) ->
            message.messageField(
                4, new WireBuffer().stringField(1, name).integerField(4, typeOf(name, value))));
    for (Metric metric : metrics) {
      WireBuffer name = new WireBuffer().stringField(1, metric.group).stringField(2, metric.tag);
      message.messageField(
          5, new WireBuffer().messageField(1, name).stringField(3, metric.displayName));
    }
    return new HParams("_hparams_/experiment", EXPERIMENT, message);
  }

  /**
   * The settings of this training run. Settings keep the map's order.
   *
   * @param groupName training runs of one name are shown as one with several repeats; empty: each
   *     is its own
   * @throws IllegalArgumentException if a setting is of another type or not finite
   */
  public static HParams sessionStart(Map<String, ?> settings, String groupName, Instant start) {
    WireBuffer message = new WireBuffer();
    settings.forEach(
        (name, value) ->
            message.messageField(
                1,
                new WireBuffer()
                    .bytesField(1, name.getBytes(StandardCharsets.UTF_8))
                    .bytesField(2, valueOf(name, value).toByteArray())));
    message.stringField(4, groupName).doubleField(5, seconds(start));
    return new HParams("_hparams_/session_start_info", SESSION_START, message);
  }

  /** That this training run is over, and how. */
  public static HParams sessionEnd(Outcome outcome, Instant end) {
    WireBuffer message =
        new WireBuffer().integerField(1, outcome.number).doubleField(2, seconds(end));
    return new HParams("_hparams_/session_end_info", SESSION_END, message);
  }

  /** Where TensorBoard looks for it. */
  String tag() {
    return tag;
  }

  /** A serialized HParamsPluginData; a copy. */
  byte[] content() {
    return content.clone();
  }

  private static int typeOf(String name, Object value) {
    return switch (valueOf(name, value).getKindCase()) {
      case STRING_VALUE -> TYPE_STRING;
      case BOOL_VALUE -> TYPE_BOOL;
      default -> TYPE_FLOAT64;
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

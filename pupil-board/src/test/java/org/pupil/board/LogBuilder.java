package org.pupil.board;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.pupil.eventlog.EventWriter;
import org.pupil.eventlog.SummaryValues;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Writes a run's event file, at times that are always the same: half a second a step. */
public final class LogBuilder implements AutoCloseable {
  /** The time of step 0, in seconds since 1970. */
  public static final double BEGIN = 1_700_000_000;

  private static final double SECONDS_A_STEP = 0.5;

  private final EventWriter writer;
  private final StepClock clock;

  /** Tells the time of a step. */
  private static final class StepClock extends Clock {
    private Instant now;

    StepClock(double offsetSeconds) {
      now = Instant.ofEpochMilli(Math.round((BEGIN + offsetSeconds) * 1000));
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Begins a file in a run's folder. */
  public LogBuilder(Path folder) {
    clock = new StepClock(0);
    writer = EventWriter.open(folder, clock, "1.2.3");
  }

  private void at(long step) {
    clock.now = Instant.ofEpochMilli(Math.round((BEGIN + step * SECONDS_A_STEP) * 1000));
  }

  /** What Pupil's own writer writes. */
  public LogBuilder write(long step, Consumer<SummaryValues> values) {
    SummaryValues summary = new SummaryValues();
    values.accept(summary);
    at(step);
    writer.write(step, summary);
    return this;
  }

  /** Whatever a test wants. */
  public LogBuilder write(long step, Summary.Value.Builder... values) {
    Summary.Builder summary = Summary.newBuilder();
    for (Summary.Value.Builder value : values) {
      summary.addValue(value);
    }
    at(step);
    writer.write(
        Event.newBuilder()
            .setWallTime(BEGIN + step * SECONDS_A_STEP)
            .setStep(step)
            .setSummary(summary)
            .build());
    return this;
  }

  /** The writer itself. */
  public EventWriter writer() {
    return writer;
  }

  /** A value of TensorFlow 2's form. */
  public static Summary.Value.Builder tensor(
      String tag, String plugin, String description, TensorProto.Builder tensor) {
    SummaryMetadata.Builder metadata =
        SummaryMetadata.newBuilder().setSummaryDescription(description);
    metadata.getPluginDataBuilder().setPluginName(plugin);
    return Summary.Value.newBuilder().setTag(tag).setMetadata(metadata).setTensor(tensor);
  }

  /** A scalar of TensorFlow 2's form. */
  public static Summary.Value.Builder scalar(String tag, String description, float value) {
    return tensor(
        tag,
        "scalars",
        description,
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).addFloatVal(value));
  }

  /** A histogram of TensorFlow 2's form, of rows of left, right and count. */
  public static Summary.Value.Builder histogram(String tag, double... rows) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_DOUBLE);
    tensor.setTensorShape(shape(rows.length / 3, 3));
    for (double number : rows) {
      tensor.addDoubleVal(number);
    }
    return tensor(tag, "histograms", "", tensor);
  }

  /** A histogram of TensorFlow 1's form. */
  public static Summary.Value.Builder histogramProto(
      String tag, double min, double max, double[] limits, double[] counts) {
    HistogramProto.Builder histogram = HistogramProto.newBuilder().setMin(min).setMax(max);
    for (int i = 0; i < limits.length; i++) {
      histogram.addBucketLimit(limits[i]).addBucket(counts[i]);
    }
    return Summary.Value.newBuilder().setTag(tag).setHisto(histogram);
  }

  /** Strings in a tensor of some shape. */
  public static TensorProto.Builder strings(List<ByteString> strings, long... sizes) {
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_STRING)
        .setTensorShape(shape(sizes))
        .addAllStringVal(strings);
  }

  private static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }

  @Override
  public void close() {
    writer.close();
  }
}

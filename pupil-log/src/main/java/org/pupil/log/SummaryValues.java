package org.pupil.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.PrCurvePluginData;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.SummaryMetadata;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.log.proto.training.TrainingRecord;

/**
 * What one event says: any number of tagged values of one step. Make it once and {@link #clear} it
 * before each step; it keeps what it counts histograms with.
 *
 * <p>A tag is not empty, stands at most once in an event and keeps its kind for a whole run: it is
 * the name under which TensorBoard draws the series. Scalars and histograms have the form that
 * TensorFlow 1 gave them, the others that of TensorFlow 2. Not for use by several threads at once.
 */
public final class SummaryValues {
  private static final int FIRST_CAPACITY = 4096;
  private static final int PR_CURVE_ROWS = 6;
  private static final float MIN_COUNT = 1e-7f;

  /** The fields of a {@link Summary}, of which the first {@link #size} bytes count. */
  private byte[] summary = new byte[FIRST_CAPACITY];

  private int size;
  private final Set<String> tags = new HashSet<>();

  /** Tags of curves in UTF-8: the next step has the same ones. */
  private final Map<String, byte[]> encodedTags = new HashMap<>();

  private final Histogram histogram = new Histogram();

  /** Forgets all values. */
  public SummaryValues clear() {
    size = 0;
    tags.clear();
    return this;
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** One number; NaN and the infinities are allowed and are shown as gaps or markers. */
  public SummaryValues scalar(String tag, float value) {
    String name = checked(tag);
    int number = Summary.Value.SIMPLE_VALUE_FIELD_NUMBER;
    add(
        name,
        CodedOutputStream.computeFloatSize(number, value),
        out -> out.writeFloat(number, value));
    return this;
  }

  /**
   * How the values are spread, in TensorFlow 1's default buckets. TensorFlow refuses values that
   * are not finite; here they are left out. If no value is left nothing is written: TensorBoard
   * cannot draw an empty histogram.
   *
   * @return how many values were left out for being NaN or infinite
   */
  public int histogram(String tag, float[] values) {
    return histogram(tag, values, 0, values.length);
  }

  /**
   * How {@code values[from]} to {@code values[to - 1]} are spread.
   *
   * @return how many values were left out for being NaN or infinite
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public int histogram(String tag, float[] values, int from, int to) {
    Objects.checkFromToIndex(from, to, values.length);
    String name = checked(tag);
    int notFinite = histogram.fill(values, from, to);
    if (notFinite == to - from) {
      return notFinite;
    }
    int bytes = histogram.size();
    add(
        name,
        sizeOfField(Summary.Value.HISTO_FIELD_NUMBER, bytes),
        out -> {
          writeHead(Summary.Value.HISTO_FIELD_NUMBER, bytes, out);
          histogram.writeTo(out);
        });
    return notFinite;
  }

  /**
   * Pictures of one size, shown side by side.
   *
   * @param encoded PNG, JPEG, GIF or BMP files; at least one
   * @param description in Markdown; may be empty
   */
  public SummaryValues images(
      String tag, int width, int height, List<byte[]> encoded, String description) {
    if (width < 1 || height < 1 || encoded.isEmpty()) {
      throw new IllegalArgumentException(
          "images must be at least one of at least 1 x 1 pixels, were "
              + encoded.size()
              + " of "
              + width
              + " x "
              + height);
    }
    TensorProto.Builder strings =
        tensor(DataType.DT_STRING, 2L + encoded.size())
            .addStringVal(ByteString.copyFromUtf8(Integer.toString(width)))
            .addStringVal(ByteString.copyFromUtf8(Integer.toString(height)));
    encoded.forEach(picture -> strings.addStringVal(UnsafeByteOperations.unsafeWrap(picture)));
    return add(tag, strings, "images", ByteString.EMPTY, description);
  }

  /** One document in Markdown. */
  public SummaryValues text(String tag, String markdown) {
    return text(tag, markdown, TrainingRecord.getDefaultInstance());
  }

  /**
   * One document in Markdown, and the same for programs.
   *
   * @param record goes into the plugin data
   */
  public SummaryValues text(String tag, String markdown, TrainingRecord record) {
    TensorProto.Builder document =
        tensor(DataType.DT_STRING).addStringVal(ByteString.copyFromUtf8(markdown));
    return add(tag, document, "text", record.toByteString(), "");
  }

  /**
   * A precision-recall curve of one label against all others. By convention the tag ends with
   * {@code /pr_curves}.
   *
   * <p>Threshold i of n is {@code i / (n - 1)}: an example is taken as positive if its probability
   * is at or above it, so at threshold 0 all are. From the counts follow the others that
   * TensorBoard wants: negatives, precision tp / (tp + fp) and recall tp / (tp + fn), 0 where that
   * is 0 / 0.
   *
   * @param truePositives for each threshold, examples of the label that were taken as such
   * @param falsePositives for each threshold, other examples that were taken as the label
   */
  public SummaryValues prCurve(String tag, int[] truePositives, int[] falsePositives) {
    int thresholds = truePositives.length;
    if (thresholds < 2 || falsePositives.length != thresholds) {
      throw new IllegalArgumentException(
          "a curve needs two thresholds or more and as many false as true positives, had "
              + thresholds
              + " and "
              + falsePositives.length);
    }
    ByteBuffer rows =
        ByteBuffer.allocate(PR_CURVE_ROWS * thresholds * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < thresholds; i++) {
      float tp = truePositives[i];
      float fp = falsePositives[i];
      float tn = falsePositives[0] - fp;
      float fn = truePositives[0] - tp;
      float precision = tp / Math.max(MIN_COUNT, tp + fp);
      float recall = tp / Math.max(MIN_COUNT, tp + fn);
      float[] column = {tp, fp, tn, fn, precision, recall};
      for (int row = 0; row < PR_CURVE_ROWS; row++) {
        rows.putFloat((row * thresholds + i) * Float.BYTES, column[row]);
      }
    }
    TensorProto.Builder matrix =
        tensor(DataType.DT_FLOAT, PR_CURVE_ROWS, thresholds)
            .setTensorContent(UnsafeByteOperations.unsafeWrap(rows));
    PrCurvePluginData data = PrCurvePluginData.newBuilder().setNumThresholds(thresholds).build();
    return add(tag, matrix, "pr_curves", data.toByteString(), "");
  }

  /** Settings or end of a training run, for the HParams page. */
  public SummaryValues hparams(HParams hparams) {
    // Everything is in the metadata, the value itself is empty.
    return add(
        hparams.tag(),
        tensor(DataType.DT_FLOAT, 0),
        HParams.PLUGIN,
        hparams.data().toByteString(),
        "");
  }

  /** All values as they are now. */
  public Summary summary() {
    try {
      return Summary.parseFrom(ByteBuffer.wrap(summary, 0, size));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("only fields of a summary are written", e);
    }
  }

  /** How many bytes {@link #writeAsField} writes. */
  int sizeAsField(int field) {
    return sizeOfField(field, size);
  }

  /** Writes all values as they are now, as a {@link Summary} that is a field of a message. */
  void writeAsField(int field, CodedOutputStream out) throws IOException {
    writeHead(field, size, out);
    out.writeRawBytes(summary, 0, size);
  }

  /**
   * Adds a value.
   *
   * @param bytes how many the field takes that is written
   */
  private void add(String tag, int bytes, RecordWriter.Payload field) {
    int number = Summary.Value.TAG_FIELD_NUMBER;
    byte[] encoded =
        encodedTags.computeIfAbsent(tag, name -> name.getBytes(StandardCharsets.UTF_8));
    append(
        CodedOutputStream.computeByteArraySize(number, encoded) + bytes,
        out -> {
          out.writeByteArray(number, encoded);
          field.writeTo(out);
        });
  }

  /** Adds a {@link Summary.Value} of so many bytes. */
  private void append(int bytes, RecordWriter.Payload value) {
    int more = sizeOfField(Summary.VALUE_FIELD_NUMBER, bytes);
    if (summary.length - size < more) {
      summary = Arrays.copyOf(summary, Math.max(2 * summary.length, Math.addExact(size, more)));
    }
    CodedOutputStream out = CodedOutputStream.newInstance(summary, size, more);
    try {
      writeHead(Summary.VALUE_FIELD_NUMBER, bytes, out);
      value.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("a value is as long as it says", e);
    }
    size += more;
  }

  /** Bytes that a message of so many takes as a field. */
  private static int sizeOfField(int field, int bytes) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(bytes)
        + bytes;
  }

  private static void writeHead(int field, int bytes, CodedOutputStream out) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(bytes);
  }

  private SummaryValues add(
      String tag,
      TensorProto.Builder tensor,
      String plugin,
      ByteString pluginContent,
      String description) {
    String name = checked(tag);
    SummaryMetadata.Builder metadata =
        SummaryMetadata.newBuilder().setSummaryDescription(description);
    metadata.getPluginDataBuilder().setPluginName(plugin).setContent(pluginContent);
    Summary.Value value =
        Summary.Value.newBuilder().setTag(name).setMetadata(metadata).setTensor(tensor).build();
    append(value.getSerializedSize(), value::writeTo);
    return this;
  }

  private static TensorProto.Builder tensor(DataType type, long... shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long size : shape) {
      dimensions.addDimBuilder().setSize(size);
    }
    return TensorProto.newBuilder().setDtype(type).setTensorShape(dimensions);
  }

  private String checked(String tag) {
    if (tag.isEmpty()) {
      throw new IllegalArgumentException("a tag must not be empty");
    }
    if (!tags.add(tag)) {
      throw new IllegalArgumentException("tag " + tag + " stands twice in one event");
    }
    return tag;
  }
}

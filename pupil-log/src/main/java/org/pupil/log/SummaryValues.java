package org.pupil.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.PrCurvePluginData;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.SummaryMetadata;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/**
 * What one event says: any number of tagged values of one step. Make it once and {@link #clear} it
 * before each step; it keeps what it counts histograms with.
 *
 * <p>A tag is not empty, stands at most once in an event and keeps its kind for a whole run: it is
 * the name under which TensorBoard draws the series. Scalars and histograms have the form that
 * TensorFlow 1 gave them, the others that of TensorFlow 2. Not for use by several threads at once.
 */
public final class SummaryValues {
  private static final int PR_CURVE_ROWS = 6;
  private static final float MIN_COUNT = 1e-7f;

  private final Summary.Builder summary = Summary.newBuilder();
  private final Set<String> tags = new HashSet<>();
  private final Histogram histogram = new Histogram();

  /** Forgets all values. */
  public SummaryValues clear() {
    summary.clear();
    tags.clear();
    return this;
  }

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return summary.getValueCount() == 0;
  }

  /** One number; NaN and the infinities are allowed and are shown as gaps or markers. */
  public SummaryValues scalar(String tag, float value) {
    String name = checked(tag);
    summary.addValueBuilder().setTag(name).setSimpleValue(value);
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
    summary.addValueBuilder().setTag(name).setHisto(histogram.toProto());
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
    TensorProto.Builder document =
        tensor(DataType.DT_STRING).addStringVal(ByteString.copyFromUtf8(markdown));
    return add(tag, document, "text", ByteString.EMPTY, "");
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
    return summary.build();
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
    summary.addValueBuilder().setTag(name).setMetadata(metadata).setTensor(tensor);
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

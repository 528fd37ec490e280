package org.pupil.board;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.HistogramProto;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.SummaryMetadata;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/** Values as TensorFlow's own writers put them into a log. */
public final class LogValues {
  private LogValues() {}

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

  /** Texts in a tensor of one dimension. */
  public static TensorProto.Builder strings(String... texts) {
    return strings(Stream.of(texts).map(ByteString::copyFromUtf8).toList(), texts.length);
  }

  private static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }

  /** The first bytes of a PNG, enough to be taken for one. */
  public static final ByteString PNG = ByteString.fromHex("89504e470d0a1a0a0102");

  /** Images of 4 x 3 pixels, as new logs have them. */
  public static Summary.Value.Builder images(String tag, ByteString... pictures) {
    List<ByteString> strings = new ArrayList<>();
    strings.add(ByteString.copyFromUtf8("4"));
    strings.add(ByteString.copyFromUtf8("3"));
    strings.addAll(List.of(pictures));
    return tensor(tag, "images", "", strings(strings, strings.size()));
  }
}

package org.pupil.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pupil.onnx.proto.AttributeProto;
import org.pupil.onnx.proto.AttributeProto.AttributeType;
import org.pupil.onnx.proto.TensorProto.DataType;

/** Sizes of what operations give that tell sizes, make constants, or pick by position. */
final class IndexSizes {
  private IndexSizes() {}

  static Map<String, SizeRule> rules() {
    Map<String, SizeRule> rules = new HashMap<>();
    rules.put("Shape", IndexSizes::shape);
    rules.put(
        "Size",
        node -> List.of(SizedTensor.of(DataType.INT64, new Shape(), node.shape(0).elements())));
    rules.put("Constant", IndexSizes::constant);
    rules.put("ConstantOfShape", IndexSizes::constantOfShape);
    rules.put("Range", IndexSizes::range);
    rules.put("Gather", IndexSizes::gather);
    rules.put("GatherElements", IndexSizes::gatherElements);
    rules.put("GatherND", IndexSizes::gatherNd);
    rules.put("ScatterND", IndexSizes::likeFirst);
    rules.put("ScatterElements", IndexSizes::likeFirst);
    rules.put("Slice", IndexSizes::slice);
    return rules;
  }

  private static List<SizedTensor> shape(SizedNode node) {
    long[] lengths = node.shape(0).lengths();
    int start = bounded(node.integer("start", 0), lengths.length);
    int end = bounded(node.integer("end", lengths.length), lengths.length);
    return List.of(SizedTensor.list(Arrays.copyOfRange(lengths, start, Math.max(start, end))));
  }

  private static int bounded(long position, int rank) {
    long counted = position < 0 ? position + rank : position;
    return (int) Math.max(0, Math.min(rank, counted));
  }

  private static List<SizedTensor> constant(SizedNode node) {
    if (node.attributes() != 1) {
      throw new ConversionException("it must have one attribute, its value");
    }
    AttributeProto value = node.attribute("value", AttributeType.TENSOR);
    if (value != null) {
      return List.of(OnnxTensors.sized(value.getT()));
    }
    AttributeProto integer = node.attribute("value_int", AttributeType.INT);
    if (integer != null) {
      return List.of(SizedTensor.of(DataType.INT64, new Shape(), (double) integer.getI()));
    }
    if (node.has("value_ints")) {
      return List.of(SizedTensor.list(node.integers("value_ints")));
    }
    AttributeProto number = node.attribute("value_float", AttributeType.FLOAT);
    if (number != null) {
      return List.of(SizedTensor.of(DataType.FLOAT, new Shape(), number.getF()));
    }
    double[] numbers = node.numbers("value_floats");
    return List.of(SizedTensor.of(DataType.FLOAT, new Shape(numbers.length), numbers));
  }

  private static List<SizedTensor> constantOfShape(SizedNode node) {
    Shape shape = new Shape(nonNegative(node.input(0).longs()));
    AttributeProto value = node.attribute("value", AttributeType.TENSOR);
    SizedTensor number =
        value == null
            ? SizedTensor.of(DataType.FLOAT, new Shape(), 0)
            : OnnxTensors.sized(value.getT());
    if (!SizedTensor.areFew(shape) || !number.isKnown() || number.shape().elements() != 1) {
      return List.of(SizedTensor.of(number.type(), shape));
    }
    double[] values = new double[shape.elements()];
    Arrays.fill(values, number.values()[0]);
    return List.of(SizedTensor.of(number.type(), shape, values));
  }

  private static long[] nonNegative(long[] lengths) {
    if (LongStream.of(lengths).anyMatch(length -> length < 0)) {
      throw new ConversionException("it makes a tensor of " + Arrays.toString(lengths));
    }
    return lengths;
  }

  private static List<SizedTensor> range(SizedNode node) {
    double start = bound(node, 0);
    double delta = bound(node, 2);
    double count = Math.ceil((bound(node, 1) - start) / delta);
    if (!(count <= Integer.MAX_VALUE)) {
      throw new ConversionException("it counts up to " + count + " numbers");
    }
    Shape shape = new Shape((long) Math.max(0, count));
    if (!SizedTensor.areFew(shape) || !node.input(0).isWhole()) {
      return List.of(SizedTensor.of(node.input(0).type(), shape));
    }
    double[] values =
        IntStream.range(0, shape.elements()).mapToDouble(i -> start + i * delta).toArray();
    return List.of(SizedTensor.computed(node.input(0).type(), shape, values));
  }

  private static double bound(SizedNode node, int index) {
    double[] values = node.input(index).values();
    if (values.length != 1 || !node.input(index).isExact()) {
      throw new ConversionException("it cannot count from, to or by what it is given");
    }
    return values[0];
  }

  private static List<SizedTensor> gather(SizedNode node) {
    SizedTensor data = node.input(0);
    SizedTensor places = node.input(1);
    int axis = SizedNode.axis(node.integer("axis", 0), data.shape().rank());
    long[] from = data.shape().lengths();
    Shape shape =
        new Shape(
            LongStream.concat(
                    LongStream.concat(
                        Arrays.stream(from, 0, axis), LongStream.of(places.shape().lengths())),
                    Arrays.stream(from, axis + 1, from.length))
                .toArray());
    if (!data.isKnown() || !places.isKnown() || data.shape().rank() != 1) {
      return List.of(SizedTensor.of(data.type(), shape));
    }
    double[] values = data.values();
    return List.of(
        SizedTensor.of(
            data.type(),
            shape,
            Arrays.stream(places.longs())
                .mapToDouble(place -> values[SizedNode.axis(place, values.length)])
                .toArray()));
  }

  private static List<SizedTensor> gatherElements(SizedNode node) {
    return List.of(SizedTensor.of(node.input(0).type(), node.shape(1)));
  }

  private static List<SizedTensor> gatherNd(SizedNode node) {
    long[] data = node.shape(0).lengths();
    long[] places = node.shape(1).lengths();
    long batch = node.integer("batch_dims", 0);
    if (batch < 0 || batch >= Math.min(data.length, places.length)) {
      throw new ConversionException("it has no axis " + batch);
    }
    for (int axis = 0; axis < batch; axis++) {
      if (data[axis] != places[axis]) {
        throw new ConversionException(
            "it picks from %s by places of %s".formatted(node.shape(0), node.shape(1)));
      }
    }
    int used = Math.toIntExact(Math.addExact(batch, places[places.length - 1]));
    return List.of(
        SizedTensor.of(
            node.input(0).type(),
            new Shape(
                LongStream.concat(
                        Arrays.stream(places, 0, places.length - 1),
                        Arrays.stream(data, used, data.length))
                    .toArray())));
  }

  private static List<SizedTensor> likeFirst(SizedNode node) {
    return List.of(SizedTensor.of(node.input(0).type(), node.shape(0)));
  }

  private static List<SizedTensor> slice(SizedNode node) {
    SizedTensor input = node.input(0);
    long[] starts = given(node, "starts", 1);
    long[] ends = given(node, "ends", 2);
    long[] axes = node.integersOrInput("axes", 3);
    long[] steps = node.hasInput(4) ? node.input(4).longs() : null;
    long[] lengths = input.shape().lengths();
    double[] values = input.isKnown() && lengths.length == 1 ? input.values() : null;
    for (int i = 0; i < starts.length; i++) {
      int axis = SizedNode.axis(axes == null ? i : axes[i], lengths.length);
      long step = steps == null ? 1 : steps[i];
      int[] picked = picked(starts[i], ends[i], step, lengths[axis]);
      lengths[axis] = picked[1];
      values = values == null ? null : every(values, picked[0], picked[1], step);
    }
    Shape shape = new Shape(lengths);
    return List.of(
        values == null
            ? SizedTensor.of(input.type(), shape)
            : SizedTensor.of(input.type(), shape, values));
  }

  private static long[] given(SizedNode node, String name, int input) {
    long[] numbers = node.integersOrInput(name, input);
    if (numbers == null) {
      throw new ConversionException("it lacks its " + name);
    }
    return numbers;
  }

  /** Where to begin, and how many there are. */
  private static int[] picked(long start, long end, long step, long length) {
    if (step == 0 || step == Long.MIN_VALUE) {
      throw new ConversionException("it goes on by " + step);
    }
    long from = start < 0 ? start + length : start;
    long to = end < 0 ? end + length : end;
    long first = step > 0 ? clamped(from, 0, length) : clamped(from, 0, length - 1);
    long last = step > 0 ? clamped(to, 0, length) : clamped(to, -1, length - 1);
    // An end before the beginning of time, as exporters write it for "to the first".
    last = step < 0 && end < -length ? -1 : last;
    long distance = step > 0 ? last - first : first - last;
    long count = distance <= 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
    return new int[] {(int) first, (int) count};
  }

  private static long clamped(long value, long least, long most) {
    return Math.max(least, Math.min(most, value));
  }

  private static double @Nullable [] every(double[] values, int start, int count, long step) {
    return IntStream.range(0, count).mapToDouble(i -> values[(int) (start + i * step)]).toArray();
  }
}

package org.pupil.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupil.onnx.proto.TensorProto.DataType;

/** Sizes of what operations give that make one number of all along an axis. */
final class ReductionSizes {
  private static final String REDUCTIONS =
      "ReduceMean ReduceSum ReduceMax ReduceMin ReduceProd ReduceL1 ReduceL2 ReduceLogSum"
          + " ReduceLogSumExp ReduceSumSquare";

  private ReductionSizes() {}

  static Map<String, SizeRule> rules() {
    Map<String, SizeRule> rules = new HashMap<>();
    rules.put("ArgMax", ReductionSizes::place);
    rules.put("ArgMin", ReductionSizes::place);
    for (String name : REDUCTIONS.split(" ", -1)) {
      rules.put(name, node -> reduce(node, name));
    }
    return rules;
  }

  private static List<SizedTensor> place(SizedNode node) {
    long[] axis = {node.integer("axis", 0)};
    Shape shape = reduced(node.shape(0), axis, node.isOn("keepdims", true));
    return List.of(SizedTensor.of(DataType.INT64, shape));
  }

  private static List<SizedTensor> reduce(SizedNode node, String name) {
    SizedTensor input = node.input(0);
    long[] axes = node.integersOrInput("axes", 1);
    boolean isNone = axes == null || axes.length == 0;
    if (isNone && node.isOn("noop_with_empty_axes", false)) {
      return List.of(input);
    }
    Shape shape = reduced(input.shape(), isNone ? null : axes, node.isOn("keepdims", true));
    if (name.equals("ReduceProd") && input.isWhole() && input.isExact() && shape.elements() == 1) {
      double product = Arrays.stream(input.values()).reduce(1, (a, b) -> a * b);
      return List.of(SizedTensor.computed(input.type(), shape, product));
    }
    return List.of(SizedTensor.of(input.type(), shape));
  }

  /** The shape without some axes, or with length 1 for them; null stands for all axes. */
  private static Shape reduced(Shape shape, long @Nullable [] axes, boolean keeps) {
    boolean[] summed = new boolean[shape.rank()];
    Arrays.fill(summed, axes == null);
    if (axes != null) {
      Arrays.stream(axes).forEach(axis -> summed[SizedNode.axis(axis, shape.rank())] = true);
    }
    if (IntStream.range(0, shape.rank()).anyMatch(i -> summed[i] && shape.length(i) == 0)) {
      throw new ConversionException("it sums up an axis of length 0 of " + shape);
    }
    return new Shape(
        IntStream.range(0, shape.rank())
            .filter(i -> keeps || !summed[i])
            .mapToLong(i -> summed[i] ? 1 : shape.length(i))
            .toArray());
  }
}

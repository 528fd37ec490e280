package org.pupil.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pupil.onnx.proto.TensorProto.DataType;

/** Sizes of what operations give that compute each number from those at the same place. */
final class ElementwiseSizes {
  /** What gives a tensor like its first input. */
  private static final String LIKE_INPUT =
      "Relu LeakyRelu Elu Selu Celu ThresholdedRelu Sigmoid HardSigmoid HardSwish Mish Swish Tanh"
          + " Softplus Softsign Gelu Erf Exp Log Reciprocal Sign Sin Cos Clip Softmax LogSoftmax"
          + " InstanceNormalization LayerNormalization RMSNormalization LRN"
          + " LpNormalization MeanVarianceNormalization";

  /** Beyond any matrix, and such that no sum with a position overflows. */
  private static final long FARTHEST_DIAGONAL = 1 << 28;

  private ElementwiseSizes() {}

  static Map<String, SizeRule> rules() {
    Map<String, SizeRule> rules = new HashMap<>();
    for (String name : LIKE_INPUT.split(" ", -1)) {
      rules.put(name, ElementwiseSizes::likeInput);
    }
    rules.put("BatchNormalization", ElementwiseSizes::batchNormalization);
    rules.put("GroupNormalization", ElementwiseSizes::groupNormalization);
    rules.put("Dropout", ElementwiseSizes::dropout);
    rules.put("PRelu", ElementwiseSizes::slopes);
    rules.put("CumSum", ElementwiseSizes::sums);
    rules.put("Trilu", ElementwiseSizes::triangle);
    rules.put("Identity", node -> List.of(node.input(0)));
    Map.<String, DoubleUnaryOperator>of(
            "Floor", Math::floor,
            "Ceil", Math::ceil,
            "Round", Math::rint,
            "Abs", Math::abs,
            "Neg", x -> -x,
            "Sqrt", Math::sqrt)
        .forEach((name, operator) -> rules.put(name, node -> unary(node, null, operator)));
    rules.put("Not", node -> unary(node, DataType.BOOL, x -> x == 0 ? 1 : 0));
    rules.put("IsNaN", node -> unary(node, DataType.BOOL, x -> Double.isNaN(x) ? 1 : 0));
    rules.put("IsInf", node -> unary(node, DataType.BOOL, x -> Double.isInfinite(x) ? 1 : 0));
    rules.put("Cast", ElementwiseSizes::cast);
    rules.put("CastLike", node -> cast(node, node.input(1).type()));
    addArithmetic(rules);
    addComparisons(rules);
    rules.put("Where", ElementwiseSizes::where);
    return rules;
  }

  private static void addArithmetic(Map<String, SizeRule> rules) {
    Map.<String, DoubleBinaryOperator>of(
            "Add", (a, b) -> a + b,
            "Sub", (a, b) -> a - b,
            "Mul", (a, b) -> a * b,
            "Min", Math::min,
            "Max", Math::max,
            "Sum", (a, b) -> a + b)
        .forEach((name, operator) -> rules.put(name, node -> broadcast(node, null, operator)));
    rules.put("Mean", node -> broadcast(node, null, null));
    // Of floating numbers its last digit is another in every library.
    rules.put("Pow", node -> broadcast(node, null, node.input(0).isWhole() ? Math::pow : null));
    rules.put("Div", ElementwiseSizes::quotient);
    rules.put("Mod", ElementwiseSizes::remainder);
  }

  private static List<SizedTensor> quotient(SizedNode node) {
    checkDivisor(node);
    boolean isWhole = node.input(0).isWhole();
    return broadcast(node, null, isWhole ? (a, b) -> truncated(a / b) : (a, b) -> a / b);
  }

  private static List<SizedTensor> remainder(SizedNode node) {
    checkDivisor(node);
    boolean isFloating = node.isOn("fmod", false);
    return broadcast(
        node, null, isFloating ? (a, b) -> a % b : (a, b) -> a - b * Math.floor(a / b));
  }

  /**
   * A processor stops a program that divides whole numbers by 0, or the smallest by -1, and ONNX
   * Runtime does not look before it divides. So the divisor must be known.
   */
  private static void checkDivisor(SizedNode node) {
    if (!node.input(0).isWhole() && !node.input(1).isWhole()) {
      return;
    }
    if (!node.input(1).isExact()) {
      throw new ConversionException("it divides whole numbers by some that are not known");
    }
    for (double divisor : node.input(1).values()) {
      if (divisor == 0) {
        throw new ConversionException("it divides a size by 0");
      }
      if (divisor == -1 && !isSafelyNegated(node.input(0))) {
        throw new ConversionException("it divides whole numbers that are not known by -1");
      }
    }
  }

  private static boolean isSafelyNegated(SizedTensor tensor) {
    return tensor.isExact()
        && Arrays.stream(tensor.values()).allMatch(value -> value > Integer.MIN_VALUE);
  }

  private static void addComparisons(Map<String, SizeRule> rules) {
    Map.<String, DoubleBinaryOperator>of(
            "Equal", (a, b) -> a == b ? 1 : 0,
            "Less", (a, b) -> a < b ? 1 : 0,
            "LessOrEqual", (a, b) -> a <= b ? 1 : 0,
            "Greater", (a, b) -> a > b ? 1 : 0,
            "GreaterOrEqual", (a, b) -> a >= b ? 1 : 0,
            "And", (a, b) -> a != 0 && b != 0 ? 1 : 0,
            "Or", (a, b) -> a != 0 || b != 0 ? 1 : 0,
            "Xor", (a, b) -> (a != 0) == (b != 0) ? 0 : 1)
        .forEach(
            (name, operator) -> rules.put(name, node -> broadcast(node, DataType.BOOL, operator)));
  }

  private static List<SizedTensor> likeInput(SizedNode node) {
    return List.of(SizedTensor.of(node.input(0).type(), node.shape(0)));
  }

  private static List<SizedTensor> batchNormalization(SizedNode node) {
    if (node.isOn("training_mode", false)) {
      throw new ConversionException("it is in training mode: export the network for inference");
    }
    return likeInput(node);
  }

  private static List<SizedTensor> groupNormalization(SizedNode node) {
    long groups = node.integer("num_groups", 0);
    if (node.shape(0).rank() < 3 || groups < 1 || node.shape(0).length(1) % groups != 0) {
      throw new ConversionException(
          "its num_groups %d does not fit values of %s".formatted(groups, node.shape(0)));
    }
    return likeInput(node);
  }

  private static List<SizedTensor> slopes(SizedNode node) {
    if (!Shape.broadcast(node.shape(0), node.shape(1)).equals(node.shape(0))) {
      throw new ConversionException(
          "its slopes of %s do not fit values of %s".formatted(node.shape(1), node.shape(0)));
    }
    return likeInput(node);
  }

  private static List<SizedTensor> sums(SizedNode node) {
    if (node.shape(1).rank() > 1 || node.shape(1).elements() != 1) {
      throw new ConversionException("its axis is not one number, but " + node.shape(1));
    }
    return likeInput(node);
  }

  private static List<SizedTensor> triangle(SizedNode node) {
    Shape shape = node.shape(0);
    long[] diagonal = node.hasInput(1) ? node.input(1).longs() : new long[] {0};
    if (shape.rank() < 2
        || diagonal.length != 1
        || diagonal[0] < -FARTHEST_DIAGONAL
        || diagonal[0] > FARTHEST_DIAGONAL) {
      throw new ConversionException("its diagonal does not fit values of " + shape);
    }
    return likeInput(node);
  }

  private static List<SizedTensor> dropout(SizedNode node) {
    if (node.hasInput(2) && (!node.input(2).isKnown() || node.input(2).values()[0] != 0)) {
      throw new ConversionException("it is in training mode: export the network for inference");
    }
    return likeInput(node);
  }

  private static List<SizedTensor> unary(
      SizedNode node, @Nullable DataType type, DoubleUnaryOperator operator) {
    SizedTensor input = node.input(0);
    DataType given = type == null ? input.type() : type;
    if (!input.isKnown()) {
      return List.of(SizedTensor.of(given, input.shape()));
    }
    double[] values = input.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.applyAsDouble(values[i]);
    }
    return List.of(SizedTensor.computed(given, input.shape(), values));
  }

  private static List<SizedTensor> cast(SizedNode node) {
    DataType type = DataType.forNumber((int) node.integer("to", 0));
    return cast(node, type == null ? DataType.UNDEFINED : type);
  }

  private static List<SizedTensor> cast(SizedNode node, DataType to) {
    OnnxForm.checkType(to);
    if (node.input(0).type() == to) {
      return List.of(node.input(0));
    }
    if (!node.input(0).isExact()) {
      return List.of(SizedTensor.of(to, node.shape(0)));
    }
    boolean isWhole = to == DataType.INT64 || to == DataType.INT32;
    return unary(
        node, to, x -> to == DataType.BOOL ? (x != 0 ? 1 : 0) : isWhole ? truncated(x) : x);
  }

  private static double truncated(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  /** Any number of inputs, by the usual rule of broadcasting. */
  private static List<SizedTensor> broadcast(
      SizedNode node, @Nullable DataType type, @Nullable DoubleBinaryOperator operator) {
    SizedTensor result = node.input(0);
    for (int i = 1; i < node.inputs(); i++) {
      result = broadcast(result, node.input(i), operator);
    }
    if (type == null) {
      return List.of(result);
    }
    return List.of(
        result.isKnown()
            ? SizedTensor.of(type, result.shape(), result.values())
            : SizedTensor.of(type, result.shape()));
  }

  private static SizedTensor broadcast(
      SizedTensor a, SizedTensor b, @Nullable DoubleBinaryOperator operator) {
    Shape shape = Shape.broadcast(a.shape(), b.shape());
    if (operator == null || !a.isExact() || !b.isExact() || !SizedTensor.areFew(shape)) {
      return SizedTensor.of(a.type(), shape);
    }
    double[] left = spread(a, shape);
    double[] right = spread(b, shape);
    for (int i = 0; i < left.length; i++) {
      left[i] = operator.applyAsDouble(left[i], right[i]);
    }
    return SizedTensor.computed(a.type(), shape, left);
  }

  /** The numbers of a tensor, repeated until they have a larger shape. */
  static double[] spread(SizedTensor tensor, Shape shape) {
    double[] from = tensor.values();
    double[] to = new double[shape.elements()];
    for (int place = 0; place < to.length; place++) {
      int rest = place;
      int at = 0;
      int step = 1;
      for (int back = 1; back <= shape.rank(); back++) {
        int length = (int) shape.length(-back);
        int position = rest % length;
        rest /= length;
        if (back <= tensor.shape().rank()) {
          int own = (int) tensor.shape().length(-back);
          at += own == 1 ? 0 : position * step;
          step *= own;
        }
      }
      to[place] = from[at];
    }
    return to;
  }

  private static List<SizedTensor> where(SizedNode node) {
    Shape shape = Shape.broadcast(node.shape(0), Shape.broadcast(node.shape(1), node.shape(2)));
    DataType type = node.input(1).type();
    boolean isKnown = node.input(0).isKnown() && node.input(1).isKnown() && node.input(2).isKnown();
    if (!isKnown || !SizedTensor.areFew(shape)) {
      return List.of(SizedTensor.of(type, shape));
    }
    double[] condition = spread(node.input(0), shape);
    double[] yes = spread(node.input(1), shape);
    double[] no = spread(node.input(2), shape);
    for (int i = 0; i < yes.length; i++) {
      yes[i] = condition[i] != 0 ? yes[i] : no[i];
    }
    return List.of(SizedTensor.of(type, shape, yes));
  }
}

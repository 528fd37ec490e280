package org.pupil.onnx;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.pupil.onnx.proto.AttributeProto;
import org.pupil.onnx.proto.AttributeProto.AttributeType;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.OperatorSetIdProto;
import org.pupil.onnx.proto.TensorProto;
import org.pupil.onnx.proto.TensorProto.DataType;

/**
 * Graphs of one operation between an image and a vector, whose inputs and attributes are drawn at
 * random: some that exporters write, many that none would.
 */
final class RandomOnnx {
  /** Every operation that a file may have. */
  static final List<String> OPERATIONS = SizeRule.ALL.keySet().stream().sorted().toList();

  private static final List<DataType> TYPES =
      List.of(DataType.FLOAT, DataType.INT64, DataType.INT32, DataType.DOUBLE, DataType.BOOL);

  private static final List<Long> ODD_NUMBERS =
      Stream.of(
              LongStream.of(
                  0, -1, -2, 7, 64, 255, 1L << 16, 1L << 20, 1L << 31, 1L << 32, 1L << 40),
              LongStream.of(Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE))
          .flatMap(LongStream::boxed)
          .toList();

  private static final List<Float> ODD_FLOATS =
      List.of(
          0f, -1f, 0.5f, 3f, Float.NaN, Float.POSITIVE_INFINITY, 1e38f, -1e38f, Float.MIN_VALUE);

  private static final List<String> OF_WINDOWS =
      List.of("kernel_shape", "pads", "strides", "dilations", "auto_pad", "ceil_mode", "group");

  /** What an operation looks at; the others get some of what many look at. */
  private static final Map<String, List<String>> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("Conv", OF_WINDOWS),
          Map.entry("MaxPool", OF_WINDOWS),
          Map.entry("AveragePool", OF_WINDOWS),
          Map.entry("LpPool", OF_WINDOWS),
          Map.entry(
              "Resize",
              List.of("mode", "coordinate_transformation_mode", "nearest_mode", "antialias")),
          Map.entry("Upsample", List.of("mode", "scales")),
          Map.entry("Pad", List.of("mode", "pads")),
          Map.entry("Einsum", List.of("equation")),
          Map.entry("LRN", List.of("size", "alpha", "beta", "bias")),
          Map.entry("GroupNormalization", List.of("num_groups", "epsilon")),
          Map.entry("DepthToSpace", List.of("blocksize", "mode")),
          Map.entry("SpaceToDepth", List.of("blocksize")),
          Map.entry("Split", List.of("axis", "split", "num_outputs")),
          Map.entry("GatherND", List.of("batch_dims")),
          Map.entry("Transpose", List.of("perm")),
          Map.entry("Cast", List.of("to")),
          Map.entry("CumSum", List.of("exclusive", "reverse")),
          Map.entry("Mod", List.of("fmod")),
          Map.entry("Slice", List.of("starts", "ends", "axes")));

  private static final Map<Integer, Set<String>> INPUTS =
      Map.of(
          2,
              Set.of(
                  ("Add Sub Mul Div Mod Pow And Or Xor Equal Less LessOrEqual Greater GreaterOrEqual"
                          + " MatMul Gather GatherElements GatherND Reshape Expand Tile Squeeze"
                          + " Unsqueeze PRelu CumSum Trilu Split Conv Gemm Pad Max Min Sum Mean"
                          + " Concat CastLike Einsum RMSNormalization")
                      .split(" ", -1)),
          3,
              Set.of(
                  ("Where ScatterND ScatterElements Range Slice Clip InstanceNormalization"
                          + " GroupNormalization LayerNormalization Upsample Resize")
                      .split(" ", -1)),
          5, Set.of("BatchNormalization"));

  private static final List<String> OF_MANY =
      List.of("axis", "axes", "keepdims", "alpha", "epsilon", "transA", "transB", "upper");

  private static final Map<String, List<String>> WORDS =
      Map.of(
          "auto_pad", List.of("SAME_UPPER", "SAME_LOWER", "VALID", "NOTSET"),
          "mode",
              List.of("constant", "reflect", "edge", "wrap", "nearest", "linear", "cubic", "CRD"),
          "coordinate_transformation_mode",
              List.of("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel"),
          "nearest_mode", List.of("floor", "ceil", "round_prefer_floor", "round_prefer_ceil"),
          "equation", List.of("abcd->a", "abcd,d->abc", "aacd->ac", "abcd->dcba", "abcd,ef->abef"));

  private static final Set<String> FLOATS = Set.of("alpha", "beta", "bias", "epsilon");

  private static final Set<String> LISTS =
      Set.of(
          "axes",
          "kernel_shape",
          "pads",
          "strides",
          "dilations",
          "perm",
          "split",
          "starts",
          "ends");

  private static final List<Integer> OPERATOR_SETS = List.of(7, 9, 11, 12, 13, 15, 17, 17, 18, 21);

  private final Random random;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("random");

  private RandomOnnx(Random random) {
    this.random = random;
  }

  /** A model with an operation, from {@code image} [1,3,8,8]; the same for the same numbers. */
  static ModelProto model(String operation, Random random) {
    RandomOnnx made = new RandomOnnx(random);
    made.build(operation);
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(made.any(OPERATOR_SETS)))
        .setGraph(made.graph)
        .build();
  }

  private void build(String operation) {
    graph.addInput(OnnxGraph.floats("image", new Shape(1, 3, 8, 8)));
    DataType type = oneIn(3) ? any(TYPES) : DataType.FLOAT;
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operation).setName("node");
    int inputs = oneIn(8) ? 1 + random.nextInt(5) : inputs(operation);
    int place = oneIn(4) ? random.nextInt(inputs) : 0;
    String data = data(type);
    for (int i = 0; i < inputs; i++) {
      node.addInput(i == place ? data : oneIn(10) ? "" : constant("w" + i, operation, type));
    }
    Set<String> given = new HashSet<>();
    List<String> known = ATTRIBUTES.getOrDefault(operation, OF_MANY);
    int most = known == OF_MANY ? 1 : known.size();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      given.add(any(known));
    }
    given.stream().sorted().forEach(name -> node.addAttribute(attribute(name)));
    int outputs = operation.equals("Split") ? 1 + random.nextInt(4) : 1;
    for (int i = 0; i < outputs; i++) {
      node.addOutput("out" + i);
    }
    graph.addNode(node);
    toVector("out" + random.nextInt(outputs));
  }

  private static int inputs(String operation) {
    return INPUTS.entrySet().stream()
        .filter(entry -> entry.getValue().contains(operation))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(1);
  }

  /** A tensor that the image decides. */
  private String data(DataType type) {
    String data = "image";
    if (oneIn(4)) {
      add("ReduceMean", "mean", List.of(data), ints("axes", 2, 3));
      data = "mean";
    }
    if (type != DataType.FLOAT) {
      add("Cast", "cast", List.of(data), integer("to", type.getNumber()));
      data = "cast";
    }
    return data;
  }

  /** Whatever an operation gives becomes [1,d], and is added to the mean of the image. */
  private void toVector(String last) {
    graph.addInitializer(numbers("flat", 1, -1)).addInitializer(numbers("one", 1, 1));
    add("Cast", "float", List.of(last), integer("to", DataType.FLOAT_VALUE));
    add("Reshape", "row", List.of("float", "flat"));
    add("ReduceMean", "all", List.of("image"));
    add("Reshape", "bias", List.of("all", "one"));
    add("Add", "vector", List.of("row", "bias"));
    graph.addOutput(OnnxGraph.floats("vector", new Shape(1, 3)));
  }

  private void add(
      String operation, String output, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operation)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
  }

  /** A constant, which ONNX Runtime sees at once or only when it has folded what gives it. */
  private String constant(String name, String operation, DataType type) {
    TensorProto.Builder tensor = TensorProto.newBuilder();
    if (operation.equals("Conv")) {
      fill(tensor, DataType.FLOAT, random.nextInt(4), oneIn(3) ? random.nextInt(4) : 3, 2, 3);
    } else if (operation.equals("Resize")) {
      fill(tensor, oneIn(3) ? DataType.INT64 : DataType.FLOAT, oneIn(3) ? 0 : 4);
    } else {
      fill(tensor, oneIn(2) ? type : oneIn(4) ? any(TYPES) : DataType.INT64, dims());
    }
    if (oneIn(3)) {
      graph.addInitializer(tensor.setName(name + "_given"));
      add("Identity", name, List.of(name + "_given"));
    } else {
      graph.addInitializer(tensor.setName(name));
    }
    return name;
  }

  private long[] dims() {
    return switch (random.nextInt(7)) {
      case 0 -> new long[] {};
      case 1 -> new long[] {random.nextInt(5)};
      case 2 -> new long[] {3, 1, 1};
      case 3 -> new long[] {1, 3, 8, 8};
      case 4 -> new long[] {random.nextInt(3), random.nextInt(9)};
      case 5 -> new long[] {4};
      default -> new long[] {8};
    };
  }

  private void fill(TensorProto.Builder tensor, DataType type, long... dims) {
    tensor.setDataType(type.getNumber());
    int count = 1;
    for (long length : dims) {
      tensor.addDims(length);
      count *= (int) length;
    }
    for (int i = 0; i < count; i++) {
      switch (type) {
        case FLOAT -> tensor.addFloatData(oneIn(6) ? any(ODD_FLOATS) : random.nextFloat());
        case DOUBLE -> tensor.addDoubleData(random.nextFloat());
        case INT64 -> tensor.addInt64Data(number());
        case BOOL -> tensor.addInt32Data(random.nextInt(2));
        default -> tensor.addInt32Data((int) number());
      }
    }
  }

  private AttributeProto attribute(String name) {
    if (oneIn(25)) {
      return integer(name, number()); // of another type than it should be
    }
    if (WORDS.containsKey(name)) {
      return AttributeProto.newBuilder()
          .setName(name)
          .setType(AttributeType.STRING)
          .setS(ByteString.copyFromUtf8(any(WORDS.get(name))))
          .build();
    }
    if (FLOATS.contains(name)) {
      return AttributeProto.newBuilder()
          .setName(name)
          .setType(AttributeType.FLOAT)
          .setF(any(ODD_FLOATS))
          .build();
    }
    if (name.equals("scales")) {
      AttributeProto.Builder scales =
          AttributeProto.newBuilder().setName(name).setType(AttributeType.FLOATS);
      Stream.of(1f, 1f, 2f, 2f).forEach(s -> scales.addFloats(oneIn(5) ? any(ODD_FLOATS) : s));
      return scales.build();
    }
    if (LISTS.contains(name)) {
      return ints(name, list(name));
    }
    return integer(name, name.equals("to") ? any(TYPES).getNumber() : number());
  }

  private long[] list(String name) {
    if (name.equals("perm")) {
      List<Long> axes = new ArrayList<>(List.of(0L, 1L, 2L, 3L));
      Collections.shuffle(axes, random);
      return axes.stream().mapToLong(Long::longValue).toArray();
    }
    int length = oneIn(5) ? random.nextInt(5) : name.equals("pads") ? (oneIn(2) ? 4 : 8) : 2;
    return LongStream.generate(() -> oneIn(4) ? number() : 1 + random.nextInt(3))
        .limit(length)
        .toArray();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder list =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    LongStream.of(values).forEach(list::addInts);
    return list.build();
  }

  private static TensorProto numbers(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.INT64_VALUE)
            .addDims(values.length);
    LongStream.of(values).forEach(tensor::addInt64Data);
    return tensor.build();
  }

  private long number() {
    return oneIn(3) ? any(ODD_NUMBERS) : random.nextInt(5) - 1;
  }

  private boolean oneIn(int many) {
    return random.nextInt(many) == 0;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}

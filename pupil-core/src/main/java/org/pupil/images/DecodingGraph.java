package org.pupil.images;

import java.util.Map;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/**
 * The names and the making of the graph that turns bytes into pixels, by the same operations and
 * constants as the original scripts: decode, stretch bilinearly with the legacy coordinates (corner
 * pixels at {@code y * scale}, not at pixel centres), subtract the mean, divide by the deviation.
 *
 * <p>The graph has one branch for each way to decode, since TensorFlow fixes a JPEG's scale when a
 * graph is made; and each branch ends in three outputs. A run computes only what its output needs.
 *
 * <p>The nodes are written down one by one: TensorFlow's own builder costs a twentieth of a second,
 * which is much for a program that labels one photo.
 */
final class DecodingGraph {
  static final String CONTENTS = "contents";
  static final String RGB = "rgb";
  static final String PERMUTATION = "permutation";
  static final String REVERSED_AXES = "reversed_axes";
  static final String DISTORTED_SIZE = "distorted_size";
  static final String WINDOW_BEGIN = "window_begin";
  static final String MIRRORED_AXES = "mirrored_axes";
  static final String BRIGHTNESS = "brightness";

  private static final String FIRST_AXIS = "first_axis";
  private static final String SIZE = "size";
  private static final String WINDOW_SIZE = "window_size";
  private static final String MEAN = "mean";
  private static final String SCALE = "scale";
  private static final String WHITE = "white";
  private static final String ROUNDING = "rounding";
  private static final String COLOURS_BEGIN = "colours_begin";
  private static final String COLOURS_SIZE = "colours_size";
  private static final String ALPHA_BEGIN = "alpha_begin";
  private static final String ALPHA_SIZE = "alpha_size";

  /** The scales that libjpeg decodes at: 1/1, 1/2, 1/4 and 1/8. */
  private static final int[] JPEG_RATIOS = {1, 2, 4, 8};

  /** A way to get the pixels of a photo as they are stored, [h,w,3] of uint8. */
  enum Branch {
    JPEG_1,
    JPEG_2,
    JPEG_4,
    JPEG_8,
    /** A PNG or GIF. */
    LOSSLESS,
    /** A PNG with alpha, put on white. */
    PNG_ON_WHITE,
    /** Pixels that are already decoded, fed as {@link #RGB}. */
    DECODED;

    /** A JPEG decoded at 1/ratio. */
    static Branch jpeg(int ratio) {
      return valueOf("JPEG_" + ratio);
    }
  }

  /** What is done with a branch's pixels; all but the first need a turn to be fed. */
  enum Output {
    PIXELS,
    TURNED_PIXELS,
    DISTORTED_PIXELS;

    String of(Branch branch) {
      return branch + "/" + this;
    }
  }

  private final GraphDef.Builder graph = GraphDef.newBuilder();

  private DecodingGraph() {}

  static GraphDef make(InputSpec spec) {
    DecodingGraph decoding = new DecodingGraph();
    decoding.addFeeds();
    decoding.addConstants(spec);
    for (int ratio : JPEG_RATIOS) {
      Branch branch = Branch.jpeg(ratio);
      decoding.add(
          Nodes.node(
              branch.name(),
              "DecodeJpeg",
              Map.of("channels", Nodes.integer(3), "ratio", Nodes.integer(ratio)),
              CONTENTS));
      decoding.addOutputs(branch);
    }
    decoding.add(decodeImage(Branch.LOSSLESS.name(), 3));
    decoding.addOutputs(Branch.LOSSLESS);
    decoding.addPngOnWhite();
    decoding.addOutputs(Branch.PNG_ON_WHITE);
    decoding.add(Nodes.operation(Branch.DECODED.name(), "Identity", DataType.DT_UINT8, RGB));
    decoding.addOutputs(Branch.DECODED);
    return decoding.graph.build();
  }

  private static NodeDef decodeImage(String name, int channels) {
    return Nodes.node(
        name,
        "DecodeImage",
        Map.of("channels", Nodes.integer(channels), "expand_animations", Nodes.bool(false)),
        CONTENTS);
  }

  private void addFeeds() {
    add(Nodes.placeholder(CONTENTS, DataType.DT_STRING));
    add(Nodes.placeholder(RGB, DataType.DT_UINT8));
    for (String vector :
        new String[] {PERMUTATION, REVERSED_AXES, DISTORTED_SIZE, WINDOW_BEGIN, MIRRORED_AXES}) {
      add(Nodes.placeholder(vector, DataType.DT_INT32));
    }
    add(Nodes.placeholder(BRIGHTNESS, DataType.DT_FLOAT));
  }

  private void addConstants(InputSpec spec) {
    add(Nodes.constant(FIRST_AXIS, new int[] {0}));
    add(Nodes.constant(WHITE, new int[] {255}));
    add(Nodes.constant(ROUNDING, new int[] {127}));
    add(Nodes.constant(COLOURS_BEGIN, new int[] {0, 0, 0}, 3));
    add(Nodes.constant(ALPHA_BEGIN, new int[] {0, 0, 3}, 3));
    add(Nodes.constant(COLOURS_SIZE, new int[] {-1, -1, 3}, 3));
    add(Nodes.constant(ALPHA_SIZE, new int[] {-1, -1, 1}, 3));
    add(Nodes.constant(SIZE, new int[] {spec.height(), spec.width()}, 2));
    add(Nodes.constant(WINDOW_SIZE, new int[] {1, spec.height(), spec.width(), 3}, 4));
    add(Nodes.constant(MEAN, new float[] {spec.mean()}));
    add(Nodes.constant(SCALE, new float[] {1.0f / spec.std()}));
  }

  /** The formula of {@link Alpha#WHITE}, in whole numbers. */
  private void addPngOnWhite() {
    String name = Branch.PNG_ON_WHITE.name();
    String rgba = name + "/rgba";
    add(decodeImage(rgba, 4));
    String colours = integers(name + "/colours", rgba, COLOURS_BEGIN, COLOURS_SIZE);
    String alpha = integers(name + "/alpha", rgba, ALPHA_BEGIN, ALPHA_SIZE);
    String lit = arithmetic(name + "/lit", "Mul", colours, alpha);
    String gap = arithmetic(name + "/gap", "Sub", WHITE, alpha);
    String light = arithmetic(name + "/light", "Mul", gap, WHITE);
    String sum = arithmetic(name + "/sum", "AddV2", lit, light);
    String rounded = arithmetic(name + "/rounded", "AddV2", sum, ROUNDING);
    String seen = arithmetic(name + "/seen", "FloorDiv", rounded, WHITE);
    addCast(name, seen, DataType.DT_INT32, DataType.DT_UINT8);
  }

  private String integers(String name, String image, String begin, String size) {
    String slice = name + "/bytes";
    add(
        Nodes.node(
            slice,
            "Slice",
            Map.of("T", Nodes.type(DataType.DT_UINT8), "Index", Nodes.type(DataType.DT_INT32)),
            image,
            begin,
            size));
    addCast(name, slice, DataType.DT_UINT8, DataType.DT_INT32);
    return name;
  }

  private String arithmetic(String name, String operation, String left, String right) {
    add(Nodes.operation(name, operation, DataType.DT_INT32, left, right));
    return name;
  }

  private void addCast(String name, String from, DataType type, DataType wanted) {
    add(
        Nodes.node(
            name, "Cast", Map.of("SrcT", Nodes.type(type), "DstT", Nodes.type(wanted)), from));
  }

  private void addOutputs(Branch branch) {
    addScaled(Output.PIXELS.of(branch), addStretched(branch + "/stretched", branch.name(), SIZE));

    String turned = branch + "/turned";
    String transposed = branch + "/transposed";
    add(Nodes.operation(transposed, "Transpose", DataType.DT_UINT8, branch.name(), PERMUTATION));
    add(Nodes.operation(turned, "ReverseV2", DataType.DT_UINT8, transposed, REVERSED_AXES));
    addScaled(Output.TURNED_PIXELS.of(branch), addStretched(turned + "/stretched", turned, SIZE));
    addScaled(Output.DISTORTED_PIXELS.of(branch), addDistorted(branch + "/distorted", turned));
  }

  private String addStretched(String name, String image, String size) {
    String batch = name + "/batch";
    add(Nodes.operation(batch, "ExpandDims", DataType.DT_UINT8, image, FIRST_AXIS));
    add(Nodes.operation(name, "ResizeBilinear", DataType.DT_UINT8, batch, size));
    return name;
  }

  private String addDistorted(String name, String image) {
    String stretched = addStretched(name + "/stretched", image, DISTORTED_SIZE);
    String window = name + "/window";
    String mirrored = name + "/mirrored";
    add(
        Nodes.node(
            window,
            "Slice",
            Map.of("T", Nodes.type(DataType.DT_FLOAT), "Index", Nodes.type(DataType.DT_INT32)),
            stretched,
            WINDOW_BEGIN,
            WINDOW_SIZE));
    add(Nodes.operation(mirrored, "ReverseV2", window, MIRRORED_AXES));
    add(Nodes.operation(name, "Mul", mirrored, BRIGHTNESS));
    return name;
  }

  private void addScaled(String name, String image) {
    String centred = name + "/centred";
    add(Nodes.operation(centred, "Sub", image, MEAN));
    add(Nodes.operation(name, "Mul", centred, SCALE));
  }

  private void add(NodeDef node) {
    graph.addNode(node);
  }
}

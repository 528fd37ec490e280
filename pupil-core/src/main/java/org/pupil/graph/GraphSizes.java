package org.pupil.graph;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;

/**
 * The places in a graph where one number makes TensorFlow take any amount of memory: constants that
 * are written shorter than they are, paddings, sizes to stretch to, and attributes. Elsewhere a
 * tensor is as large as those that went into it make it, which costs its author bytes or nodes; a
 * graph that is too large in that way ends for want of memory, as an honest one does.
 */
final class GraphSizes implements NodeCheck {
  /** More than any side, window, padding or number of outputs in a network for photos. */
  private static final long LARGEST = 1 << 14;

  /** Of all constants together, the values that do not stand in the file. */
  private static final long MOST_UNWRITTEN = 1L << 26;

  /** Stands for any larger number; a file's whole content less is still too many. */
  private static final long TOO_MANY = 1L << 40;

  /** The inputs that say how much larger the output is; they must be constants. */
  private static final Map<String, List<Integer>> GROWTH =
      Map.of(
          "Pad", List.of(1),
          "PadV2", List.of(1),
          "MirrorPad", List.of(1),
          "SpaceToBatchND", List.of(1, 2),
          "ResizeBilinear", List.of(1),
          "ResizeNearestNeighbor", List.of(1),
          "ResizeBicubic", List.of(1),
          "ResizeArea", List.of(1));

  /** Values that are handles to something else. */
  private static final Set<DataType> HANDLES = Set.of(DataType.DT_RESOURCE, DataType.DT_VARIANT);

  private final GraphConstants constants;
  private long unwritten;

  GraphSizes(GraphConstants constants) {
    this.constants = constants;
  }

  @Override
  public @Nullable String trouble(NodeDef node) {
    for (Map.Entry<String, AttrValue> attribute : node.getAttrMap().entrySet()) {
      if (!attribute.getKey().startsWith("_") && !isUsual(attribute.getValue())) {
        return " has an attribute that no network for photos has: " + shown(attribute.getKey());
      }
    }
    if (node.getOp().equals("Const")) {
      unwritten += unwritten(node.getAttrOrDefault("value", AttrValue.getDefaultInstance()));
      return unwritten > MOST_UNWRITTEN ? " makes a constant larger than any network needs" : null;
    }
    for (int input : GROWTH.getOrDefault(node.getOp(), List.of())) {
      if (!isSmallConstant(node, input)) {
        return " grows its input by what is no small constant; export the graph for one size";
      }
    }
    return null;
  }

  private static String shown(String name) {
    return name.matches("\\w{1,40}") ? name : "?";
  }

  private static boolean isUsual(AttrValue value) {
    return switch (value.getValueCase()) {
      case I -> isSmall(value.getI());
      case TYPE -> !HANDLES.contains(value.getType());
      case LIST -> isUsual(value.getList());
      case FUNC -> false;
      default -> true;
    };
  }

  private static boolean isUsual(AttrValue.ListValue list) {
    return list.getFuncCount() == 0
        && list.getIList().stream().allMatch(GraphSizes::isSmall)
        && list.getTypeList().stream().noneMatch(HANDLES::contains);
  }

  private static boolean isSmall(long number) {
    return number >= -LARGEST && number <= LARGEST;
  }

  /** How many values a constant has beyond those that are written down. */
  private static long unwritten(AttrValue value) {
    TensorProto tensor = value.getTensor();
    if (!tensor.getTensorContent().isEmpty()) {
      return 0; // TensorFlow compares its length with the shape
    }
    long size = 1;
    for (var dimension : tensor.getTensorShape().getDimList()) {
      long length = dimension.getSize();
      if (length == 0) {
        return 0;
      }
      size = length < 0 || size > MOST_UNWRITTEN / length ? TOO_MANY : size * length;
    }
    // A written value is at least a byte long.
    return Math.max(0, size - tensor.getSerializedSize());
  }

  private boolean isSmallConstant(NodeDef node, int input) {
    return input >= node.getInputCount() // TensorFlow will say that it lacks an input
        || constants
            .input(node, input)
            .filter(value -> GraphConstants.wholeNumbers(value).allMatch(GraphSizes::isSmall))
            .isPresent();
  }
}

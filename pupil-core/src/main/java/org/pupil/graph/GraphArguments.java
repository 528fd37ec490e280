package org.pupil.graph;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;

/**
 * Arguments that TensorFlow does not check itself: with an axis that is a matrix, say, it ends the
 * whole process. Networks for photos have small constants there.
 */
final class GraphArguments implements NodeCheck {
  /**
   * An input that must be a constant.
   *
   * @param input which input of the node, from 0
   * @param rank how many dimensions it has: 0 for a number, 1 for a list
   * @param least the least value it may have
   * @param most the greatest
   */
  private record Argument(int input, int rank, long least, long most) {
    static Argument axis(int input) {
      return new Argument(input, 0, -MOST_DIMENSIONS, MOST_DIMENSIONS);
    }

    boolean allows(TensorProto value) {
      return value.getTensorShape().getDimCount() == rank
          && (value.getDtype() == DataType.DT_INT32 || value.getDtype() == DataType.DT_INT64)
          && GraphConstants.wholeNumbers(value).allMatch(n -> n >= least && n <= most);
    }
  }

  private static final long MOST_DIMENSIONS = 8;

  private static final Map<String, List<Argument>> CONSTANTS =
      Map.of(
          "Split", List.of(Argument.axis(0)),
          "SplitV", List.of(new Argument(1, 1, -1, 1 << 14), Argument.axis(2)),
          "GatherV2", List.of(Argument.axis(2)),
          "Transpose", List.of(new Argument(1, 1, 0, MOST_DIMENSIONS)));

  /** Products of letters; what comes out is among what goes in. */
  private static final Pattern EQUATION =
      Pattern.compile("([a-zA-Z]{1,8}(?:,[a-zA-Z]{1,8})?)->([a-zA-Z]{0,8})");

  private final GraphConstants constants;

  GraphArguments(GraphConstants constants) {
    this.constants = constants;
  }

  @Override
  public @Nullable String trouble(NodeDef node) {
    for (Argument argument : CONSTANTS.getOrDefault(node.getOp(), List.of())) {
      if (argument.input < node.getInputCount()
          && constants.input(node, argument.input).filter(argument::allows).isEmpty()) {
        return " takes as its input "
            + argument.input
            + " what is no constant, or none that a network for photos has there";
      }
    }
    if (node.getOp().equals("GatherV2") && attribute(node, "batch_dims").getI() != 0) {
      return " gathers in batches, which no network for photos does";
    }
    if (node.getOp().equals("Einsum")
        && !isUsual(attribute(node, "equation").getS().toStringUtf8())) {
      return " has an equation that no network for photos has";
    }
    return null;
  }

  private static AttrValue attribute(NodeDef node, String name) {
    return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
  }

  private static boolean isUsual(String equation) {
    Matcher parts = EQUATION.matcher(equation);
    if (!parts.matches()) {
      return false;
    }
    String result = parts.group(2);
    return result.chars().allMatch(letter -> parts.group(1).indexOf(letter) >= 0)
        && result.chars().distinct().count() == result.length();
  }
}

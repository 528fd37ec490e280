package org.pupil.graph;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/**
 * The operations that a graph may have, by where the graph came from.
 *
 * <p>A graph is a program. TensorFlow has operations that read and write files, print, start
 * servers, wait, loop, and end the process; people pass model files around. So a graph out of a
 * file has operations of {@link #OF_NETWORKS} or is not loaded. The graphs that Pupil composes
 * itself need a few others: each kind of them has a list of its own here, which no node out of a
 * file is ever measured by.
 */
public final class AllowedOperations {
  /**
   * What networks for photos compute with, and nothing that does more than compute: the outcome is
   * a function of the image and of the file's constants.
   *
   * <p>Left out on purpose: everything stateful but {@code Assert} and {@code CheckNumerics}, which
   * only fail; loops and calls of functions; and what makes a tensor of any size out of a number
   * ({@code Fill}, {@code Range}, {@code Tile}, {@code BroadcastTo}). {@link GraphSizes} bounds
   * what does so and is needed. {@code ReverseV2} is left out since it ends the process when it is
   * given a single number; {@link GraphArguments} looks at others of that kind.
   */
  public static final AllowedOperations OF_NETWORKS =
      new AllowedOperations(
          // values that are there or are fed
          "Const Placeholder PlaceholderWithDefault",
          // what passes on all values or one of two; no loop can be made of it without Enter and
          // NextIteration
          "Identity IdentityN StopGradient PreventGradient Snapshot NoOp Switch Merge",
          "CheckNumerics Assert",
          // layers
          "Conv2D DepthwiseConv2dNative MatMul BatchMatMul BatchMatMulV2 Einsum BiasAdd BiasAddV1",
          "MaxPool AvgPool LRN FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3",
          "BatchNormWithGlobalNormalization Softmax LogSoftmax",
          "Relu Relu6 LeakyRelu Elu Selu Sigmoid Tanh Softplus Softsign Erf",
          "FakeQuantWithMinMaxArgs FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsPerChannel",
          "Dequantize",
          // arithmetic
          "Add AddV2 AddN Sub Mul MulNoNan RealDiv Div DivNoNan FloorDiv FloorMod Maximum Minimum Neg",
          "Abs Sign Square SquaredDifference Sqrt Rsqrt Pow Exp Expm1 Log Log1p Reciprocal Inv",
          "Floor Ceil Round Rint ClipByValue Cast",
          "Mean Sum Max Min Prod All Any ArgMax ArgMin",
          "Equal NotEqual Less LessEqual Greater GreaterEqual LogicalAnd LogicalOr LogicalNot",
          "IsNan IsInf IsFinite Select SelectV2 ZerosLike OnesLike",
          // shapes
          "Shape ShapeN Rank Size Reshape Squeeze ExpandDims Transpose Concat ConcatV2 Split SplitV",
          "Slice StridedSlice Pack Unpack Gather GatherV2 DepthToSpace SpaceToDepth",
          "Pad PadV2 MirrorPad SpaceToBatchND BatchToSpaceND",
          "ResizeBilinear ResizeNearestNeighbor ResizeBicubic ResizeArea");

  /** What the original scripts decode photos with; it is measured against. */
  public static final AllowedOperations OF_DECODING =
      new AllowedOperations("Placeholder Const DecodeJpeg Cast ExpandDims ResizeBilinear Sub");

  private final Set<String> names;

  private AllowedOperations(String... lines) {
    this.names = Set.of(String.join(" ", lines).split(" ", -1));
  }

  /**
   * Looks whether a graph may be loaded. Its library is not looked at: nothing on the lists calls a
   * function, and none is loaded.
   *
   * @return what is wrong with the first node that may not be, with its name and operation
   */
  public Optional<String> trouble(GraphDef graph) {
    Optional<String> trouble = new Listed().firstTrouble(graph);
    if (trouble.isPresent() || this != OF_NETWORKS) {
      return trouble;
    }
    GraphConstants constants = new GraphConstants(graph);
    return Stream.of(
            new IdentityChains(graph), new GraphSizes(constants), new GraphArguments(constants))
        .flatMap(check -> check.firstTrouble(graph).stream())
        .findFirst();
  }

  /** Whether the operations are on the list. */
  private final class Listed implements NodeCheck {
    @Override
    public @Nullable String trouble(NodeDef node) {
      return names.contains(node.getOp()) ? null : reason(node.getOp());
    }
  }

  Set<String> names() {
    return names;
  }

  private static String reason(String operation) {
    if (operation.startsWith("Variable") || operation.equals("VarHandleOp")) {
      return " is a variable without a value; give a frozen graph or a SavedModel";
    }
    return " is an operation that Pupil does not run, since it may do more than compute a result"
        + " from a photo; export the graph for inference, without it";
  }
}

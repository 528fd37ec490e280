package org.pupil.onnx;

import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto.DataType;
import org.pupil.onnx.proto.TensorShapeProto;
import org.pupil.onnx.proto.TypeProto;
import org.pupil.onnx.proto.ValueInfoProto;

/** An ONNX graph that multiplies two float32 matrices of any size. */
public final class ProductGraph {
  /** The left matrix. */
  public static final String LEFT = "left";

  /** The right matrix. */
  public static final String RIGHT = "right";

  /** Their product. */
  public static final String PRODUCT = "product";

  private ProductGraph() {}

  /**
   * The graph.
   *
   * @param leftTransposed whether the left matrix is transposed before
   * @param rightTransposed whether the right one is
   */
  public static ModelProto of(boolean leftTransposed, boolean rightTransposed) {
    return GraphConverter.model(
        GraphProto.newBuilder()
            .setName("product")
            .addInput(matrix(LEFT, "a", "b"))
            .addInput(matrix(RIGHT, "c", "d"))
            .addOutput(matrix(PRODUCT, "e", "f"))
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("Gemm")
                    .addInput(LEFT)
                    .addInput(RIGHT)
                    .addOutput(PRODUCT)
                    .addAttribute(Attributes.integer("transA", leftTransposed ? 1 : 0))
                    .addAttribute(Attributes.integer("transB", rightTransposed ? 1 : 0)))
            .build());
  }

  private static ValueInfoProto matrix(String name, String rows, String columns) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(DataType.FLOAT_VALUE)
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(anyLength(rows))
                                .addDim(anyLength(columns)))))
        .build();
  }

  private static TensorShapeProto.Dimension anyLength(String name) {
    return TensorShapeProto.Dimension.newBuilder().setDimParam(name).build();
  }
}

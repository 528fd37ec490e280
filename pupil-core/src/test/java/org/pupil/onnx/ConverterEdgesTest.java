package org.pupil.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pupil.graph.Nodes;
import org.pupil.graph.TensorName;
import org.pupil.graph.TinyGraph;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto;

/** What no network does that anybody publishes, and a graph may do all the same. */
class ConverterEdgesTest {
  private static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  private static List<String> operations(ModelProto model) {
    return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  @Test
  void largeConstantsAreAddedInNoTime() {
    int numbers = 300_000;
    GraphDef graph =
        new TinyGraph()
            .add(Nodes.placeholder("input", 1, 1, 1, 1))
            .add(Nodes.constant("a", new float[numbers], numbers))
            .add(Nodes.constant("b", new float[numbers], numbers))
            .node("Add", "sum", "a", "b")
            .node("Mul", "output", "input", "sum")
            .build();

    long[] shape =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () ->
                GraphConverter.shapeOf(
                    graph, "input", new long[] {1, 1, 1, 1}, TensorName.parse("output")));

    assertThat(shape).containsExactly(1, 1, 1, numbers);
  }

  /** To ONNX no axes are all axes. */
  @Test
  void aMeanOverNoAxesIsTheTensorItself() {
    GraphDef graph =
        new TinyGraph()
            .images("input", 1, 2, 2)
            .ints("axes")
            .mean("output", "input", "axes", false)
            .build();

    ModelProto model =
        GraphConverter.convert(graph, "input", new long[] {1, 2, 2, 3}, List.of("output"));

    assertThat(operations(model)).containsExactly("Identity");
  }

  /** As wide as it has channels, so that the numbers of the one would fit the other. */
  @Test
  void aNormalizationOverAnotherAxisIsNoPartOfTheConvolution() {
    GraphDef graph =
        new TinyGraph()
            .add(Nodes.placeholder("input", 1, 3, 3, 3))
            .add(Nodes.constant("kernel", new float[9], 1, 1, 3, 3))
            .add(
                NodeDef.newBuilder()
                    .setName("convolution")
                    .setOp("Conv2D")
                    .addAllInput(List.of("input", "kernel"))
                    .putAttr("padding", text("VALID"))
                    .putAttr("data_format", text("NCHW"))
                    .build())
            .floats("numbers", 1, 2, 3)
            .add(
                NodeDef.newBuilder()
                    .setName("output")
                    .setOp("FusedBatchNormV3")
                    .addAllInput(List.of("convolution", "numbers", "numbers", "numbers", "numbers"))
                    .putAttr("is_training", Nodes.bool(false))
                    .build())
            .build();

    ModelProto model =
        GraphConverter.convert(graph, "input", new long[] {1, 3, 3, 3}, List.of("output"));

    assertThat(operations(model)).contains("Conv", "BatchNormalization");
  }

  @Test
  void aStepBeyondAllEndsPicksTheFirst() {
    GraphProto graph =
        GraphProto.newBuilder()
            .addInitializer(list("starts", 0))
            .addInitializer(list("ends", 5))
            .addInitializer(list("axes", 1))
            .addInitializer(list("steps", Long.MAX_VALUE))
            .addNode(
                NodeProto.newBuilder()
                    .setOpType("Slice")
                    .addAllInput(List.of("input", "starts", "ends", "axes", "steps"))
                    .addOutput("output"))
            .build();

    Shape shape =
        OnnxSizes.of(graph, "input", new Shape(1, 3, 4, 4), "some.onnx").get("output").shape();

    assertThat(shape).isEqualTo(new Shape(1, 1, 4, 4));
  }

  private static TensorProto list(String name, long... values) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64_VALUE)
        .addDims(values.length)
        .addAllInt64Data(Arrays.stream(values).boxed().toList())
        .build();
  }
}

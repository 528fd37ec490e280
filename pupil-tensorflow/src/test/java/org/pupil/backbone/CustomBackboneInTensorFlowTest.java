package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.pupil.backbone.Run.Images;
import org.pupil.graph.Nodes;
import org.pupil.graph.TinyGraph;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.network.NetworkEngine;
import org.pupil.tensorflow.TensorFlowEngine;

/** The tests of own backbones with TensorFlow, and what only TensorFlow runs. */
class CustomBackboneInTensorFlowTest extends CustomBackboneTest {
  @Override
  NetworkEngine engine() {
    return new TensorFlowEngine();
  }

  @Test
  void anOutputOfANodeCanBeNamedByItsNumber() throws IOException {
    GraphDef graph =
        new TinyGraph()
            .images("in", -1, -1, -1)
            .ints("axes", 1, 2)
            .mean("pooled", "in", "axes", false)
            .add(
                NodeDef.newBuilder()
                    .setName("two")
                    .setOp("IdentityN")
                    .addInput("in")
                    .addInput("pooled")
                    .putAttr(
                        "T", Nodes.types(java.util.List.of(DataType.DT_FLOAT, DataType.DT_FLOAT)))
                    .build())
            .build();
    Images images = Images.counted(2, 4, 5);

    Backbone backbone = resolve(complete(graph, "two:1"));

    assertThat(Run.backbone(backbone, images)).containsExactly(images.means(), within(1e-5f));
    assertBadModel(complete(graph, "two:2"), "two has 2 outputs, so there is no two:2");
    assertBadModel(complete(graph, "two"), "gives [n,4,5,3] for images of 4 x 5");
  }

  @Test
  void aGraphThatThisTensorFlowCannotRunIsRefusedInOneLine() throws IOException {
    GraphDef mismatch =
        new TinyGraph().images("in", -1, 4, 5).ints("i", 1).node("Mul", "out", "in", "i").build();

    assertBadModel(complete(mismatch, "out"), "cannot use " + folder.resolve("own.pb"));
  }

  /** The sizes as {@code shape}, to which the place of the largest of one value is added: 0. */
  private static TinyGraph withComputedSizes(int... sizes) {
    NodeDef place =
        NodeDef.newBuilder()
            .setName("place")
            .setOp("ArgMax")
            .addInput("mean")
            .addInput("first")
            .putAttr("T", Nodes.type(DataType.DT_FLOAT))
            .putAttr("output_type", Nodes.type(DataType.DT_INT32))
            .build();
    return new TinyGraph()
        .images("in", -1, 4, 5)
        .ints("sizes", sizes)
        .ints("all", 0, 1, 2, 3)
        .mean("mean", "in", "all", true)
        .add(Nodes.constant("first", new int[] {0}))
        .add(place)
        .add(Nodes.operation("zero", "Squeeze", DataType.DT_INT32, "place"))
        .add(Nodes.operation("shape", "Add", DataType.DT_INT32, "sizes", "zero"));
  }

  @Test
  void aShapeThatOnlyRunningTellsIsFoundByRunning() throws IOException {
    NodeDef reshape =
        NodeDef.newBuilder()
            .setName("out")
            .setOp("Reshape")
            .addInput("in")
            .addInput("shape")
            .putAttr("T", Nodes.type(DataType.DT_FLOAT))
            .putAttr("Tshape", Nodes.type(DataType.DT_INT32))
            .build();
    GraphDef flat = withComputedSizes(-1, 60).add(reshape).build();
    GraphDef folded = withComputedSizes(-1, 30).add(reshape).build();

    assertThat(resolve(complete(flat, "out")).bottleneckSize()).isEqualTo(60);
    assertBadModel(complete(folded, "out"), "does not give one row a photo");
  }

  @Test
  void autoTakesTensorFlowForWhatOnnxRuntimeCannotRun() throws IOException {
    GraphDef odd =
        new TinyGraph()
            .images("in", -1, 4, 5)
            .node("Rint", "odd", "in")
            .ints("axes", 1, 2)
            .mean("pooled", "odd", "axes", false)
            .build();

    Backbone backbone = Catalogs.offline().resolve(complete(odd, "pooled"));

    assertThat(backbone.engine().name()).isEqualTo("tensorflow");
    assertThat(Run.backbone(backbone, Images.counted(2, 4, 5))).hasSize(6);
  }
}

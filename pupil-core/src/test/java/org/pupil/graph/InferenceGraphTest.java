package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pupil.backbone.Run;
import org.pupil.backbone.Run.Images;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

class InferenceGraphTest {
  static final Images IMAGES = Images.counted(2, 4, 5);

  static GraphDef prepared(GraphDef graph, String input, String layer) {
    return InferenceGraph.of(
            new GraphIndex(graph, "a.pb"), Nodes.placeholder(input, -1, 4, 5, 3), List.of(layer))
        .graph();
  }

  static GraphDef prepared(TinyGraph graph, String layer) {
    return prepared(graph.build(), "in", layer);
  }

  static TinyGraph switched(TinyGraph graph) {
    return graph
        .node("Switch", "switch", "in", "training")
        .floats("ten", 10)
        .node("Mul", "trained", "switch:1", "ten")
        .node("Neg", "inferred", "switch")
        .add(
            NodeDef.newBuilder()
                .setName("merge")
                .setOp("Merge")
                .addInput("trained")
                .addInput("inferred")
                .putAttr("T", Nodes.type(DataType.DT_FLOAT))
                .putAttr("N", AttrValue.newBuilder().setI(2).build())
                .build());
  }

  @Test
  void theInputBecomesAPlaceholderOfTheImagesSizeAndWhatWasAboveItGoes() {
    GraphDef graph =
        new TinyGraph()
            .images("jpeg", 1, 8, 8)
            .floats("two", 2)
            .node("Mul", "Mul", "jpeg", "two")
            .node("Neg", "out", "Mul")
            .build();

    GraphDef prepared = prepared(graph, "Mul", "out");

    assertThat(prepared.getNodeList()).extracting(NodeDef::getName).containsExactly("Mul", "out");
    assertThat(prepared.getNode(0).getOp()).isEqualTo("Placeholder");
    assertThat(prepared.getNode(0).getAttrOrThrow("shape")).isEqualTo(Nodes.shape(-1, 4, 5, 3));
  }

  @Test
  void aSwitchThatAPersonWouldFeedIsOffAndTheTrainingWayIsGone() {
    TinyGraph graph =
        switched(
            new TinyGraph().images("in", -1, -1, -1).placeholder("training", DataType.DT_BOOL));

    GraphDef prepared = prepared(graph, "merge");

    assertThat(prepared.getNodeList())
        .extracting(NodeDef::getOp)
        .doesNotContain("Switch", "Merge", "Mul")
        .contains("Neg");
    float[] out = Run.graph(prepared, "in", IMAGES, "merge");
    assertThat(out[7]).isEqualTo(-IMAGES.values[7]);
  }

  @Test
  void aSwitchWithADefaultTakesItAlsoThroughNot() {
    TinyGraph graph =
        switched(
            new TinyGraph()
                .images("in", -1, -1, -1)
                .bool("no", false)
                .add(
                    NodeDef.newBuilder()
                        .setName("inference")
                        .setOp("PlaceholderWithDefault")
                        .addInput("no")
                        .putAttr("dtype", Nodes.type(DataType.DT_BOOL))
                        .putAttr("shape", Nodes.shape())
                        .build())
                .add(
                    NodeDef.newBuilder()
                        .setName("training")
                        .setOp("LogicalNot")
                        .addInput("inference")
                        .build()));

    float[] out = Run.graph(prepared(graph, "merge"), "in", IMAGES, "merge");

    assertThat(out[7]).isEqualTo(10 * IMAGES.values[7]);
  }

  @Test
  void aLayerThatIsComputedOnlyInTrainingIsRefused() {
    TinyGraph graph =
        switched(
            new TinyGraph().images("in", -1, -1, -1).placeholder("training", DataType.DT_BOOL));

    assertThatThrownBy(() -> prepared(graph, "trained"))
        .isInstanceOf(PupilException.class)
        .hasMessage("a.pb: trained is computed only in training; choose another layer");
  }

  @Test
  void aSecondInputIsRefusedByName() {
    TinyGraph graph =
        new TinyGraph()
            .images("in", -1, -1, -1)
            .placeholder("dropout/keep_prob", DataType.DT_FLOAT)
            .node("Mul", "out", "in", "dropout/keep_prob");

    assertThatThrownBy(() -> prepared(graph, "out"))
        .hasMessageContaining("needs a second input, dropout/keep_prob");
  }

  @Test
  void aLayerBesideTheImagesIsRefused() {
    TinyGraph graph =
        new TinyGraph().images("in", -1, -1, -1).floats("x", 1).node("Neg", "out", "x");

    assertThatThrownBy(() -> prepared(graph, "out"))
        .hasMessageContaining("out does not depend on the input in");
  }

  @Test
  void aBatchNormInTrainingModeIsRefusedAlsoWhereTheAttributeIsLeftOut() {
    TinyGraph graph =
        new TinyGraph()
            .images("in", -1, -1, -1)
            .floats("v", 1, 1, 1)
            .node("FusedBatchNorm", "bn", "in", "v", "v", "v", "v");

    assertThatThrownBy(() -> prepared(graph, "bn"))
        .hasMessageContaining("the batch norm bn is in training mode");
  }

  @Test
  void theBatchNormOf2015GivesWhatItsFormulaSays() {
    for (boolean scaled : new boolean[] {true, false}) {
      GraphDef prepared = prepared(oldBatchNorm(scaled), "in", "bn");

      float[] out = Run.graph(prepared, "in", IMAGES, "bn");

      float[] mean = {0.5f, 0.25f, 0.75f};
      float[] variance = {4, 0.5f, 1};
      float[] beta = {1, 2, 3};
      float[] gamma = {2, -3, 0.5f};
      for (int i = 0; i < out.length; i++) {
        int c = i % 3;
        double normal = (IMAGES.values[i] - mean[c]) / Math.sqrt(variance[c] + 0.001);
        double expected = normal * (scaled ? gamma[c] : 1) + beta[c];
        assertThat(out[i]).isCloseTo((float) expected, within(1e-5f));
      }
      assertThat(prepared.getVersions().getProducer()).isEqualTo(9);
    }
  }

  private static GraphDef oldBatchNorm(boolean scaled) {
    return new TinyGraph()
        .producer(8)
        .images("in", 1, -1, -1)
        .floats("m", 0.5f, 0.25f, 0.75f)
        .floats("v", 4, 0.5f, 1)
        .floats("b", 1, 2, 3)
        .floats("g", 2, -3, 0.5f)
        .add(
            NodeDef.newBuilder()
                .setName("bn")
                .setOp("BatchNormWithGlobalNormalization")
                .addAllInput(List.of("in", "m", "v", "b", "g"))
                .putAttr("T", Nodes.type(DataType.DT_FLOAT))
                .putAttr("variance_epsilon", AttrValue.newBuilder().setF(0.001f).build())
                .putAttr("scale_after_normalization", AttrValue.newBuilder().setB(scaled).build())
                .build())
        .build();
  }

  @Test
  void aGraphForOneImageTakesAnyNumber() {
    GraphDef graph =
        new TinyGraph()
            .images("in", 1, 4, 5)
            .ints("flat", 1, 60)
            .add(
                NodeDef.newBuilder()
                    .setName("out")
                    .setOp("Reshape")
                    .addInput("in")
                    .addInput("flat")
                    .putAttr("T", Nodes.type(DataType.DT_FLOAT))
                    .putAttr("Tshape", Nodes.type(DataType.DT_INT32))
                    .build())
            .build();

    GraphDef prepared = prepared(graph, "in", "out");

    assertThat(Run.graph(prepared, "in", IMAGES, "out")).containsExactly(IMAGES.values);
  }

  @Test
  void whereItWasTrainedIsForgotten() {
    GraphDef graph =
        new TinyGraph()
            .images("in", -1, 4, 5)
            .add(
                NodeDef.newBuilder()
                    .setName("out")
                    .setOp("CheckNumerics")
                    .addInput("in")
                    .setDevice("/device:GPU:3")
                    .putAttr("T", Nodes.type(DataType.DT_FLOAT))
                    .putAttr("_class", AttrValue.getDefaultInstance())
                    .putAttr("message", AttrValue.getDefaultInstance())
                    .build())
            .build();

    assertThat(prepared(graph, "in", "out").getNode(1))
        .isEqualTo(Nodes.identity("out", "in", DataType.DT_FLOAT));
  }
}

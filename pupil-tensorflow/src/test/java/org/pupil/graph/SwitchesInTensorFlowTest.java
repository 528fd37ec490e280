package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupil.graph.InferenceGraphTest.IMAGES;
import static org.pupil.graph.InferenceGraphTest.prepared;
import static org.pupil.graph.InferenceGraphTest.switched;

import org.junit.jupiter.api.Test;
import org.pupil.backbone.Run;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/** What only TensorFlow runs of the graphs of {@link InferenceGraphTest}. */
class SwitchesInTensorFlowTest {
  @Test
  void aSwitchThatDependsOnTheImageStays() {
    TinyGraph graph =
        switched(
            new TinyGraph()
                .images("in", -1, -1, -1)
                .ints("axes", 0, 1, 2, 3)
                .mean("mean", "in", "axes", false)
                .floats("half_vector", 0.5f)
                .ints("axis", 0)
                .mean("half", "half_vector", "axis", false)
                .node("Greater", "training", "mean", "half"));

    GraphDef prepared = prepared(graph, "merge");

    assertThat(prepared.getNodeList()).extracting(NodeDef::getOp).contains("Switch", "Merge");
    assertThat(Run.graph(prepared, "in", IMAGES, "merge")[7]).isEqualTo(-IMAGES.values[7]);
  }
}

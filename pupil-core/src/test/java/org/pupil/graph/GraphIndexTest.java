package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

class GraphIndexTest {

  @Test
  void aGraphThatDoesNotHangTogetherIsRefused() {
    GraphDef missing = new TinyGraph().node("Relu", "end", "start:1").build();
    GraphDef twice = new TinyGraph().floats("x", 1).floats("x", 2).build();
    GraphDef nameless = GraphDef.newBuilder().addNode(NodeDef.newBuilder().setOp("Relu")).build();

    assertThatThrownBy(() -> new GraphIndex(missing, "a.pb"))
        .isInstanceOf(PupilException.class)
        .hasMessage("a.pb is damaged: end takes start:1, which is missing");
    assertThatThrownBy(() -> new GraphIndex(twice, "a.pb"))
        .hasMessage("a.pb is damaged: two of its nodes are called x");
    assertThatThrownBy(() -> new GraphIndex(nameless, "a.pb"))
        .hasMessage("a.pb is not a TensorFlow graph: a node has a name that cannot be");
  }

  @Test
  void aNameThatWouldKeepTensorFlowBusyWithoutEndIsRefused() {
    GraphDef longest = new TinyGraph().floats("x".repeat(2000), 1).build();
    GraphDef longer = new TinyGraph().floats("x".repeat(1_000_000), 1).build();

    assertThat(new GraphIndex(longest, "a.pb").has("x".repeat(2000))).isTrue();
    assertThatThrownBy(() -> new GraphIndex(longer, "a.pb"))
        .hasMessage("a.pb is not a TensorFlow graph: a node has a name that cannot be");
  }

  @Test
  void aGraphOfMoreNodesThanAnyNetworkHasIsRefused() {
    GraphDef.Builder graph = GraphDef.newBuilder();
    for (int i = 0; i <= 100_000; i++) {
      graph.addNode(NodeDef.newBuilder().setName("n" + i).setOp("NoOp"));
    }
    assertThatThrownBy(() -> new GraphIndex(graph.build(), "a.pb"))
        .hasMessage("a.pb has 100001 nodes; a network for photos has 100000 at most");
  }

  @Test
  void pruningKeepsAncestorsAlsoByControlEdgesAndTheirOrder() {
    GraphDef graph =
        new TinyGraph()
            .floats("unused", 1)
            .images("in", -1, 4, 4)
            .node("Relu", "first", "in")
            .node("Relu", "second", "in", "^first")
            .node("Relu", "after", "second")
            .build();

    GraphDef pruned = new GraphIndex(graph, "g").prunedTo(java.util.List.of("second"));

    assertThat(pruned.getNodeList())
        .extracting(NodeDef::getName)
        .containsExactly("in", "first", "second");
    assertThat(pruned.getVersions()).isEqualTo(graph.getVersions());
  }

  @Test
  void candidatesArePlaceholdersAndPooledNodesFromTheEndAndThenTheEnds() {
    GraphDef graph =
        new TinyGraph()
            .images("photos", -1, 224, 192)
            .ints("axes", 1, 2)
            .mean("early", "photos", "axes", true)
            .mean("late", "photos", "axes", false)
            .node("Relu", "end", "late")
            .node("Relu", "other_end", "early")
            .build();
    GraphIndex index = new GraphIndex(graph, "g");

    assertThat(index.inputCandidates()).containsExactly("photos (float, [?,224,192,3])");
    assertThat(index.bottleneckCandidates()).containsExactly("late", "early", "other_end", "end");
  }

  @Test
  void theMapThatIsPooledIsFoundThroughChangesOfShapeOnly() {
    GraphDef graph =
        new TinyGraph()
            .images("in", -1, 4, 4)
            .node("Relu", "map", "in")
            .ints("axes", 1, 2)
            .mean("pool", "map", "axes", true)
            .node("Squeeze", "flat", "pool")
            .node("Relu", "not_only_shape", "flat")
            .build();
    GraphIndex index = new GraphIndex(graph, "g");

    assertThat(index.pooledMap("flat")).contains("map");
    assertThat(index.pooledMap("pool")).contains("map");
    assertThat(index.pooledMap("not_only_shape")).isEmpty();
    assertThat(index.pooledMap("in")).isEmpty();
  }

  @Test
  void tensorNamesAreReadAsTensorFlowWritesThem() {
    assertThat(TensorName.parse("a/b")).isEqualTo(new TensorName("a/b", 0));
    assertThat(TensorName.parse("a/b:0")).isEqualTo(new TensorName("a/b", 0));
    assertThat(TensorName.parse("a/b:12")).isEqualTo(new TensorName("a/b", 12));
    assertThat(TensorName.parse("^a/b")).isEqualTo(TensorName.control("a/b"));
    assertThat(TensorName.parse("a:x")).isEqualTo(new TensorName("a:x", 0));
    assertThat(TensorName.parse("a:12").toString()).isEqualTo("a:12");
    assertThat(TensorName.parse("a:0").toString()).isEqualTo("a");
  }
}

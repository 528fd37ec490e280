package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pupil.log.proto.GraphDef;

class IdentityChainsTest {
  private static GraphDef chain(int length, String first) {
    GraphDef.Builder graph = GraphDef.newBuilder();
    // The last one first: the order of a file's nodes is its author's.
    for (int i = length - 1; i >= 0; i--) {
      graph.addNode(Nodes.operation("n" + i, "Identity", i == 0 ? first : "n" + (i - 1)));
    }
    return graph.build();
  }

  /** TensorFlow 2.18 ended the process at 4,500. */
  @Test
  void aChainThatIsTooLongForTensorFlowsStackIsRefused() {
    assertThat(AllowedOperations.OF_NETWORKS.trouble(chain(1000, "x"))).isEmpty();
    assertThat(AllowedOperations.OF_NETWORKS.trouble(chain(1001, "x")))
        .contains("n1000 (Identity) ends a chain of more than 1000 nodes that change nothing");
    assertThat(AllowedOperations.OF_NETWORKS.trouble(chain(90_000, "x"))).isPresent();
  }

  @Test
  void aCircleIsAChainWithoutEnd() {
    assertThat(AllowedOperations.OF_NETWORKS.trouble(chain(5, "n4"))).isPresent();
  }

  @Test
  void nodesThatOnlyStopTheGradientCountToo() {
    GraphDef.Builder graph = chain(600, "x").toBuilder();
    for (int i = 600; i <= 1000; i++) {
      graph.addNode(Nodes.operation("n" + i, "StopGradient", "n" + (i - 1)));
    }
    assertThat(AllowedOperations.OF_NETWORKS.trouble(graph.build()))
        .contains("n1000 (StopGradient) ends a chain of more than 1000 nodes that change nothing");
  }

  @Test
  void whatIsBetweenTwoChainsParts() {
    GraphDef two =
        chain(900, "x").toBuilder()
            .addNode(Nodes.operation("between", "Relu", "n899"))
            .addNode(Nodes.operation("m", "Identity", "between"))
            .build();
    assertThat(AllowedOperations.OF_NETWORKS.trouble(two)).isEmpty();
  }
}

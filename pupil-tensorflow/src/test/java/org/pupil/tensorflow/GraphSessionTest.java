package org.pupil.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.tensorflow.GraphSession.Preparation;

class GraphSessionTest {
  /** {@code y = x * weights}, x [n,3], weights [3,2]. */
  private static GraphDef product() {
    return GraphDef.newBuilder()
        .addNode(Nodes.placeholder("x", -1, 3))
        .addNode(Nodes.constant("weights", new float[] {1, 2, 3, 4, 5, 6}, 3, 2))
        .addNode(Nodes.operation("y", "MatMul", "x", "weights"))
        .build();
  }

  /** Enough work that two runs overlap: x [n,64] through ten layers. */
  private static GraphDef layers() {
    float[] weights = new float[64 * 64];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.sin(i * 0.7) / 5;
    }
    GraphDef.Builder graph =
        GraphDef.newBuilder()
            .addNode(Nodes.placeholder("layer0", -1, 64))
            .addNode(Nodes.constant("weights", weights, 64, 64));
    for (int i = 1; i <= 10; i++) {
      graph
          .addNode(Nodes.operation("product" + i, "MatMul", "layer" + (i - 1), "weights"))
          .addNode(Nodes.operation("layer" + i, "Tanh", "product" + i));
    }
    return graph.build();
  }

  @ParameterizedTest
  @EnumSource(Preparation.class)
  void aRunGivesValuesAndTheirShape(Preparation preparation) {
    try (GraphSession session = GraphSession.open(product(), preparation)) {
      FloatArray y = session.run("y", Feed.floats("x", new float[] {1, 0, 0, 0, 1, 1}, 2, 3));
      assertThat(y.values()).containsExactly(1, 2, 8, 10);
      assertThat(y.rank()).isEqualTo(2);
      assertThat(y.axis(0)).isEqualTo(2);
      assertThat(y.axis(-1)).isEqualTo(2);
    }
  }

  @Test
  void valuesBehindTheShapeAreNotFed() {
    try (GraphSession session = GraphSession.open(product(), Preparation.FOR_QUICK_START)) {
      FloatArray y = session.run("y", Feed.floats("x", new float[] {1, 0, 1, 7, 7, 7}, 1, 3));
      assertThat(y.values()).containsExactly(6, 8);
    }
  }

  @Test
  void aRunIntoAPartOfAnArrayWritesOnlyThere() {
    try (GraphSession session = GraphSession.open(product(), Preparation.FOR_QUICK_START)) {
      float[] target = {-1, -1, -1, -1};
      session.run(target, 1, 2, "y", Feed.floats("x", new float[] {0, 0, 1}, 1, 3));
      assertThat(target).containsExactly(-1, 5, 6, -1);
    }
  }

  @Test
  void allKindsOfValuesCanBeFed() {
    GraphDef graph =
        GraphDef.newBuilder()
            .addNode(Nodes.placeholder("bytes", DataType.DT_UINT8))
            .addNode(Nodes.placeholder("ints", DataType.DT_INT32))
            .addNode(Nodes.placeholder("text", DataType.DT_STRING))
            .addNode(cast("bytes_as_floats", DataType.DT_UINT8, "bytes"))
            .addNode(cast("ints_as_floats", DataType.DT_INT32, "ints"))
            .addNode(Nodes.constant("same_text", "a".repeat(70_000)))
            .addNode(Nodes.operation("same", "Equal", DataType.DT_STRING, "text", "same_text"))
            .addNode(cast("same_as_float", DataType.DT_BOOL, "same"))
            .addNode(Nodes.placeholder("scalar", DataType.DT_FLOAT))
            .addNode(Nodes.operation("negative", "Neg", "scalar"))
            .build();
    try (GraphSession session = GraphSession.open(graph, Preparation.FOR_QUICK_START)) {
      byte[] bytes = {0, 1, (byte) 0x80, (byte) 0xff, 9};
      assertThat(session.run("bytes_as_floats", Feed.uint8s("bytes", bytes, 2, 2)).values())
          .containsExactly(0, 1, 128, 255);
      assertThat(session.run("ints_as_floats", Feed.ints("ints", -7, 1 << 20)).values())
          .containsExactly(-7, 1 << 20);
      assertThat(session.run("ints_as_floats", Feed.ints("ints")).values()).isEmpty();
      byte[] text = "a".repeat(70_000).getBytes(StandardCharsets.US_ASCII);
      assertThat(session.run("same_as_float", Feed.bytes("text", text)).values())
          .containsExactly(1);
      assertThat(session.run("same_as_float", Feed.bytes("text", new byte[0])).values())
          .containsExactly(0);
      FloatArray scalar = session.run("negative", Feed.floats("scalar", new float[] {2.5f}));
      assertThat(scalar.values()).containsExactly(-2.5f);
      assertThat(scalar.rank()).isZero();
    }
  }

  private static org.pupil.log.proto.NodeDef cast(String name, DataType from, String input) {
    return Nodes.node(
        name,
        "Cast",
        Map.of("SrcT", Nodes.type(from), "DstT", Nodes.type(DataType.DT_FLOAT)),
        input);
  }

  @Test
  void whatDoesNotFitIsToldApart() {
    try (GraphSession session = GraphSession.open(product(), Preparation.FOR_QUICK_START)) {
      Feed x = Feed.floats("x", new float[3], 1, 3);
      assertThatThrownBy(() -> session.run("z", x))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("z");
      assertThatThrownBy(() -> session.run("y", Feed.floats("w", new float[3], 1, 3)))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("w");
      assertThatThrownBy(() -> session.run("y", Feed.floats("x", new float[4], 1, 4)))
          .isExactlyInstanceOf(GraphRunException.class)
          .satisfies(e -> assertThat(((GraphRunException) e).isOutOfMemory()).isFalse());
      assertThatThrownBy(() -> session.run("y"))
          .isExactlyInstanceOf(GraphRunException.class)
          .hasMessageContaining("x");
      assertThatThrownBy(() -> session.run(new float[9], 0, 9, "y", x))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("y gave the shape [1, 2], wanted 9 values");
    }
    assertThatThrownBy(() -> Feed.floats("x", new float[5], 2, 3))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("the shape [2, 3] needs more than 5 values");
  }

  @Test
  void anOutputThatIsNoFloatIsAnError() {
    GraphDef graph =
        GraphDef.newBuilder().addNode(Nodes.constant("ints", new int[] {1, 2}, 2)).build();
    try (GraphSession session = GraphSession.open(graph, Preparation.FOR_QUICK_START)) {
      assertThatThrownBy(() -> session.run("ints"))
          .isExactlyInstanceOf(GraphRunException.class)
          .hasMessage("ints gave DT_INT32 values, wanted floats");
    }
  }

  @Test
  void aGraphThatTensorFlowDoesNotAcceptIsAnIllegalArgument() {
    for (GraphDef bad :
        new GraphDef[] {
          GraphDef.newBuilder().addNode(Nodes.operation("y", "MatMul", "nowhere", "nor")).build(),
          GraphDef.newBuilder().addNode(Nodes.operation("y", "NoSuchOperation")).build(),
        }) {
      assertThatThrownBy(() -> GraphSession.open(bad, Preparation.FOR_SPEED))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("y");
    }
  }

  @ParameterizedTest
  @EnumSource(Preparation.class)
  void manyThreadsGetTheBitsThatOneGets(Preparation preparation) throws Exception {
    try (GraphSession session = GraphSession.open(layers(), preparation)) {
      List<float[]> alone = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        alone.add(run(session, i));
      }
      ExecutorService executor = Executors.newFixedThreadPool(6);
      try {
        List<Callable<float[]>> tasks = new ArrayList<>();
        for (int repetition = 0; repetition < 5; repetition++) {
          for (int i = 0; i < 40; i++) {
            int seed = i;
            tasks.add(() -> run(session, seed));
          }
        }
        List<Future<float[]>> together = executor.invokeAll(tasks);
        for (int i = 0; i < together.size(); i++) {
          assertThat(together.get(i).get()).containsExactly(alone.get(i % 40));
        }
      } finally {
        executor.shutdown();
      }
    }
  }

  private static float[] run(GraphSession session, int seed) {
    float[] x = new float[32 * 64];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.cos(i + seed);
    }
    return session.run("layer10", Feed.floats("layer0", x, 32, 64)).values();
  }

  @Test
  void afterClosingNothingRuns() {
    GraphSession session = GraphSession.open(product(), Preparation.FOR_QUICK_START);
    session.close();
    session.close();
    assertThatThrownBy(() -> session.run("y", Feed.floats("x", new float[3], 1, 3)))
        .isExactlyInstanceOf(IllegalStateException.class);
  }

  @Test
  void aThreadThatIsInterruptedClosesAllTheSame() {
    GraphSession session = GraphSession.open(product(), Preparation.FOR_QUICK_START);
    Thread.currentThread().interrupt();
    session.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(() -> session.run("y", Feed.floats("x", new float[3], 1, 3)))
        .isExactlyInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingWaitsForTheRunsUnderWay() throws Exception {
    for (int i = 0; i < 20; i++) {
      GraphSession session = GraphSession.open(layers(), Preparation.FOR_QUICK_START);
      ExecutorService executor = Executors.newFixedThreadPool(2);
      try {
        List<Future<Integer>> running = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
          running.add(executor.submit(() -> runUntilClosed(session)));
        }
        run(session, 1);
        session.close();
        for (Future<Integer> runs : running) {
          assertThat(runs.get()).isNotNegative();
        }
      } finally {
        executor.shutdown();
      }
    }
  }

  /** Every run gives its values, until one says that the session is closed. */
  private static int runUntilClosed(GraphSession session) {
    for (int runs = 0; ; runs++) {
      try {
        assertThat(run(session, runs)).hasSize(32 * 64);
      } catch (IllegalStateException e) {
        return runs;
      }
    }
  }
}

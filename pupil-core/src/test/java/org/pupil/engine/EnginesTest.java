package org.pupil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.graph.Nodes;
import org.pupil.graph.TensorName;
import org.pupil.graph.TinyGraph;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.model.TinyOnnx;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkFormat;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkProbe;
import org.pupil.onnx.ImageNetwork;
import org.pupil.onnx.OnnxFile;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;

/** Which engine runs what. TensorFlow is not there: these are the tests of the library alone. */
class EnginesTest {
  private static final InputSpec INPUT = new InputSpec(4, 5, 0, 1);

  private static final String WAY_OUT =
      "; TensorFlow may run it: engine tensorflow (a download of about 160 MB, once; 650 MB"
          + " unpacked)";

  /** An operation that is not converted. */
  private static GraphDef odd() {
    return new TinyGraph()
        .images("input", -1, 4, 5)
        .add(Nodes.operation("odd", "Rint", "input"))
        .ints("axes", 1, 2)
        .mean("pooled", "odd", "axes", false)
        .build();
  }

  private static NetworkGraph network(GraphDef graph) {
    return new NetworkGraph.OfTensorFlow(graph, "input", Map.of("output", "pooled"));
  }

  @Test
  void enginesAreChosenByName() {
    assertThat(Engines.named(EngineName.AUTO).name()).isEqualTo("auto");
    assertThat(Engines.named(EngineName.ONNX).name()).isEqualTo("onnx");
    assertThat(Engines.auto().preferred().name()).isEqualTo("onnx");
    assertThat(Engines.named(EngineName.ONNX).preferred().name()).isEqualTo("onnx");
  }

  @Test
  void anEngineThatIsNotThereIsUnavailable() {
    assertThatThrownBy(() -> Engines.named(EngineName.TENSORFLOW))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessage(
            "engine tensorflow needs TensorFlow, which is not there: the module pupil-tensorflow"
                + " is not on the class path");
  }

  @Test
  void bfloat16IsForTensorFlow() {
    assertThatThrownBy(() -> Engines.named(EngineName.AUTO, Purpose.MANY_PHOTOS_IN_BFLOAT16))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageStartingWith("precision bfloat16 needs TensorFlow, which is not there: ");
    assertThatThrownBy(() -> Engines.named(EngineName.ONNX, Purpose.MANY_PHOTOS_IN_BFLOAT16))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessage(
            "precision bfloat16 is for TensorFlow: leave it out, or give engine tensorflow");
    assertThat(Engines.named(EngineName.AUTO, Purpose.MANY_PHOTOS).name()).isEqualTo("auto");
  }

  @Test
  void bfloat16IsNotFasterWithoutTensorFlow() {
    for (EngineName name : EngineName.values()) {
      for (NetworkFormat format : NetworkFormat.values()) {
        assertThat(Engines.isFasterInBfloat16(name, format)).isFalse();
      }
    }
  }

  @Test
  void whatCannotBeConvertedIsNamedWithTheWayOut() {
    String reason =
        "odd (Rint) cannot be converted to ONNX: this operation is not among those that are"
            + " converted"
            + WAY_OUT;
    for (EngineName name : new EngineName[] {EngineName.AUTO, EngineName.ONNX}) {
      NetworkEngine engine = Engines.named(name);
      assertThatThrownBy(() -> engine.open(network(odd()), INPUT, Purpose.FEW_PHOTOS))
          .isInstanceOfSatisfying(
              PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
          .hasMessage(reason);
      try (NetworkProbe probe = engine.probe(odd(), "input", "my.pb")) {
        assertThatThrownBy(() -> probe.shape(TensorName.parse("pooled")))
            .hasMessage("my.pb: " + reason);
      }
    }
  }

  /** It only says that it was asked. */
  private static final class OtherEngine implements NetworkEngine {
    @Override
    public String name() {
      return "other";
    }

    @Override
    public void preload() {}

    @Override
    public Network open(NetworkGraph graph, InputSpec input, Purpose purpose) {
      throw PupilException.badModel("the other engine was asked");
    }

    @Override
    public NetworkProbe probe(GraphDef graph, String input, String where) {
      NetworkEngine engine = this;
      return new NetworkProbe() {
        @Override
        public NetworkEngine engine() {
          return engine;
        }

        @Override
        public DataType type(TensorName tensor) {
          return DataType.DT_INT64;
        }

        @Override
        public Optional<long[]> shape(TensorName tensor) {
          return Optional.of(new long[] {-1, 3});
        }

        @Override
        public void close() {}
      };
    }
  }

  @Test
  void autoTakesTheOtherEngineForWhatTheFirstCannotConvertAndForNothingElse() {
    NetworkEngine auto = new AutoEngine(new OnnxEngine(), () -> Optional.of(new OtherEngine()));

    assertThatThrownBy(() -> auto.open(network(odd()), INPUT, Purpose.FEW_PHOTOS))
        .hasMessage("the other engine was asked");
    NetworkGraph noNode =
        new NetworkGraph.OfTensorFlow(odd(), "input", Map.of("output", "nowhere"));
    assertThatThrownBy(() -> auto.open(noNode, INPUT, Purpose.FEW_PHOTOS))
        .hasMessage("the graph has no node nowhere");
    GraphDef pool = TinyGraph.pool("input", "pooled");
    auto.open(network(pool), INPUT, Purpose.FEW_PHOTOS).close();
  }

  @Test
  void noOtherEngineIsAskedForAnOnnxNetwork() {
    NetworkEngine auto = new AutoEngine(new OnnxEngine(), () -> Optional.of(new OtherEngine()));
    // To ONNX this operation is newer than the operator set of the file.
    OnnxFile file = OnnxFile.of(withNode("Gelu"), "some.onnx");
    ImageNetwork network = ImageNetwork.of(file, file.input("photos"), 4, 5, List.of("last"));
    NetworkGraph graph = new NetworkGraph.OfOnnx(network, Map.of("output", "last"));

    assertThatThrownBy(() -> auto.open(graph, INPUT, Purpose.FEW_PHOTOS))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
        .hasMessageStartingWith("some.onnx: ONNX Runtime does not accept the graph: ")
        .hasMessageNotContaining("TensorFlow");
  }

  private static ModelProto withNode(String operation) {
    ModelProto.Builder model = TinyOnnx.backboneModel().toBuilder();
    model
        .getGraphBuilder()
        .addNode(NodeProto.newBuilder().setOpType(operation).addInput("pooled").addOutput("last"));
    return model.build();
  }

  @Test
  void aProbeSaysWhichEngineRunsTheGraph() {
    NetworkEngine auto = new AutoEngine(new OnnxEngine(), () -> Optional.of(new OtherEngine()));
    try (NetworkProbe probe = auto.probe(TinyGraph.pool("input", "pooled"), "input", "my.pb")) {
      probe.shape(TensorName.parse("pooled"));
      assertThat(probe.engine().name()).isEqualTo("onnx");
    }
    try (NetworkProbe probe = auto.probe(odd(), "input", "my.pb")) {
      assertThat(probe.shape(TensorName.parse("pooled"))).contains(new long[] {-1, 3});
      assertThat(probe.type(TensorName.parse("pooled"))).isEqualTo(DataType.DT_INT64);
      assertThat(probe.engine().name()).isEqualTo("other");
    }
  }
}

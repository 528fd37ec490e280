package org.pupil.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;

/** Every operation against what TensorFlow computes, see src/test/reference/onnx_operations.py. */
class OperationsTest {
  record Case(String name, GraphDef graph, Literal fed, Literal expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = OperationsTest.class.getResourceAsStream("operations.graphs")) {
      for (GraphDef graph = GraphDef.parseDelimitedFrom(in);
          graph != null;
          graph = GraphDef.parseDelimitedFrom(in)) {
        cases.add(
            new Case(
                constant(graph, "case").getStringVal(0).toStringUtf8(),
                graph,
                Literal.of(constant(graph, "fed")),
                Literal.of(constant(graph, "expected"))));
      }
    }
    return cases;
  }

  private static TensorProto constant(GraphDef graph, String name) {
    NodeDef node =
        graph.getNodeList().stream().filter(n -> n.getName().equals(name)).findAny().orElseThrow();
    return node.getAttrOrThrow("value").getTensor();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computesWhatTensorFlowComputes(Case example) throws Exception {
    byte[] model =
        GraphConverter.convert(
                example.graph(), "input", example.fed().shape().lengths(), List.of("output"))
            .toByteArray();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor fed =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.wrap(example.fed().floats()),
                example.fed().shape().lengths());
        OrtSession.Result result = session.run(Map.of("input", fed))) {
      OnnxValue output = result.get("output").orElseThrow();
      FloatBuffer values = ((OnnxTensor) output).getFloatBuffer();
      float[] computed = new float[values.remaining()];
      values.get(computed);
      assertThat(((OnnxTensor) output).getInfo().getShape())
          .isEqualTo(example.expected().shape().lengths());
      assertClose(computed, example.expected().floats());
    }
  }

  private static void assertClose(float[] computed, float[] expected) {
    float largest = 1e-3f;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(computed[i])
          .as("number %d", i)
          .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(2e-6f * largest));
    }
  }
}

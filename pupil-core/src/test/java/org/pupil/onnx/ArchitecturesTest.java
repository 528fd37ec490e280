package org.pupil.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/**
 * Whole networks against what TensorFlow computes, see src/test/reference/onnx_architectures.py.
 */
class ArchitecturesTest {
  private static final float TOLERANCE = 1e-5f;

  private static GraphDef graph(String name) throws IOException {
    try (InputStream in =
        ArchitecturesTest.class.getResourceAsStream("architectures/" + name + ".pb")) {
      return GraphDef.parseFrom(in);
    }
  }

  private static float[] expected(GraphDef graph) {
    NodeDef node =
        graph.getNodeList().stream()
            .filter(n -> n.getName().equals("expected"))
            .findAny()
            .orElseThrow();
    return Literal.of(node.getAttrOrThrow("value").getTensor()).floats();
  }

  /** Two images, as the script makes them. */
  private static float[] images(int height, int width) {
    float[] images = new float[2 * height * width * 3];
    for (int i = 0; i < images.length; i++) {
      float number = (7919L * i + 104729L * (i / 331)) % 256 / 127.5f - 1;
      images[i] = i < images.length / 2 ? number : number / 2;
    }
    return images;
  }

  private static float[] run(byte[] model, float[] images, int height, int width)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor fed =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(images), new long[] {2, height, width, 3});
        OrtSession.Result result = session.run(Map.of("input", fed))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] computed = new float[values.remaining()];
      values.get(computed);
      return computed;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "inception_v3, 107, 139",
    "mobilenet_v2,  97, 113",
    "resnet_v1_50,  97, 113",
    "resnet_v2_50,  97, 113"
  })
  void computesWhatTensorFlowComputes(String name, int height, int width) throws Exception {
    GraphDef graph = graph(name);
    float[] expected = expected(graph);
    byte[] model =
        GraphConverter.convert(graph, "input", new long[] {-1, height, width, 3}, List.of("output"))
            .toByteArray();

    float[] computed = run(model, images(height, width), height, width);

    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(computed)
        .hasSameSizeAs(expected)
        .containsExactly(expected, within(TOLERANCE * largest));
  }
}

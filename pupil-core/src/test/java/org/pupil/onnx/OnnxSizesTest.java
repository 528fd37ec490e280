package org.pupil.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.images.InputSpec;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkGraph;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;

class OnnxSizesTest {
  private static final int HEIGHT = 16;
  private static final int WIDTH = 24;

  /** Every tensor on the way has the size that was said before it was computed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "transformer_11",
        "transformer_13",
        "transformer_17",
        "transformer_18",
        "transformer_20",
        "convolutional_12",
        "convolutional_21",
        "channels_last_13"
      })
  void sizesAreThoseThatOnnxRuntimeComputes(String name) throws IOException, OrtException {
    OnnxFile file = file(name);
    ImageInput input = file.input("pixel_values");
    ImageNetwork network = ImageNetwork.of(file, input, HEIGHT, WIDTH, file.outputs());
    List<String> floats = new ArrayList<>();
    for (NodeProto node : network.model().getGraph().getNodeList()) {
      node.getOutputList().stream().filter(network::isFloat).forEach(floats::add);
    }
    byte[] run = network.toRun(floats).toByteArray();
    loadAsPupilDoes(network, floats.get(0));

    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(run);
        OnnxTensor fed =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.wrap(new float[HEIGHT * WIDTH * 3]),
                new long[] {1, HEIGHT, WIDTH, 3});
        OrtSession.Result result = session.run(Map.of("pixel_values", fed))) {
      assertThat(floats).hasSizeGreaterThan(2);
      for (String tensor : floats) {
        OnnxTensor computed = (OnnxTensor) result.get(tensor).orElseThrow();
        assertThat(network.size(tensor).lengths())
            .as("%s", tensor)
            .isEqualTo(computed.getInfo().getShape());
      }
    }
  }

  /** Whoever is first decides how ONNX Runtime is loaded, for all tests. */
  private static void loadAsPupilDoes(ImageNetwork network, String output) {
    Engines.named(EngineName.ONNX)
        .open(
            new NetworkGraph.OfOnnx(network, Map.of("any", output)),
            new InputSpec(HEIGHT, WIDTH, 0, 1),
            NetworkEngine.Purpose.FEW_PHOTOS)
        .close();
  }

  private static OnnxFile file(String name) throws IOException {
    try (InputStream in = OnnxSizesTest.class.getResourceAsStream("networks/" + name + ".onnx")) {
      return OnnxFile.of(ModelProto.parseFrom(in), name);
    }
  }
}

package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.NodeDef;
import org.pupil.network.NetworkFormat;
import org.pupil.onnx.proto.ModelProto;

class OnnxModelTest {
  private static final int HEIGHT = TinyModel.INPUT.height();
  private static final int WIDTH = TinyModel.INPUT.width();

  @TempDir Path folder;

  private Path written() {
    Path file = folder.resolve("graph.onnx");
    TinyOnnx.model(folder).writeGraph(file);
    return file;
  }

  private static ModelProto onnx(Model model) {
    return ((ModelContent.OfOnnx) model.content()).model();
  }

  /** In [0, 1], different in every place. */
  private static float[] unitPixels(int count) {
    float[] pixels = new float[count * HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 37 + 11) % 256 / 255f;
    }
    return pixels;
  }

  /** As any program would run it that knows nothing of Pupil. */
  private static float[][] run(ModelProto model, float[] unitPixels, int count)
      throws OrtException {
    float[] channelsFirst = new float[unitPixels.length];
    int pixels = HEIGHT * WIDTH;
    for (int i = 0; i < unitPixels.length; i++) {
      int image = i / (pixels * 3);
      int pixel = i / 3 % pixels;
      channelsFirst[(image * 3 + i % 3) * pixels + pixel] = unitPixels[i];
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toByteArray());
        OnnxTensor fed =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.wrap(channelsFirst),
                new long[] {count, 3, HEIGHT, WIDTH});
        OrtSession.Result result = session.run(Map.of("image", fed))) {
      return (float[][]) result.get("final_result").orElseThrow().getValue();
    }
  }

  @Test
  void itGivesTheProbabilitiesOfItsLayerForAnyNumberOfImages() throws OrtException {
    float[] two = unitPixels(2);
    float[][] answers = run(onnx(Model.read(written())), two, 2);

    for (int image = 0; image < 2; image++) {
      double[] expected =
          TinyModel.probabilities(
              Arrays.copyOfRange(
                  two, image * HEIGHT * WIDTH * 3, (image + 1) * HEIGHT * WIDTH * 3));
      for (int label = 0; label < 3; label++) {
        assertThat((double) answers[image][label]).isCloseTo(expected[label], within(1e-6));
      }
    }
  }

  @Test
  void eachChannelIsScaledInItsOwnWay() throws OrtException {
    float[] pixels = unitPixels(1);
    float[][] answers = run(onnx(TinyOnnx.perChannel(folder)), pixels, 1);

    double[] logits = new double[3];
    for (int label = 0; label < 3; label++) {
      logits[label] = TinyModel.BIASES[label];
      for (int i = 0; i < pixels.length; i++) {
        int colour = i % 3;
        double scaled = (pixels[i] * 255 - (10 + 10 * colour)) / (40 + 10 * colour);
        logits[label] += scaled / (HEIGHT * WIDTH) * TinyModel.WEIGHTS[colour * 3 + label];
      }
    }
    double sum = Arrays.stream(logits).map(Math::exp).sum();
    for (int label = 0; label < 3; label++) {
      assertThat((double) answers[0][label]).isCloseTo(Math.exp(logits[label]) / sum, within(1e-6));
    }
  }

  @Test
  void itIsReadWithWhatItSaysOfItself() throws IOException {
    Path file = written();
    Model fromStream = Model.read(new ByteArrayInputStream(Files.readAllBytes(file)));

    for (Model read : List.of(Model.read(file), fromStream)) {
      assertThat(read.content().format()).isEqualTo(NetworkFormat.ONNX);
      assertThat(read.content().toByteArray()).isEqualTo(Files.readAllBytes(file));
      ModelDescription own = read.description().orElseThrow();
      assertThat(own.labels()).isEqualTo(TinyModel.LABELS);
      assertThat(own.inputLayer()).isEqualTo("image");
      assertThat(own.provenance()).isEqualTo(TinyModel.description().provenance());
    }
  }

  @Test
  void aScalingForEachChannelIsInTheDescriptionAsThreeNumbers() {
    Model model = TinyOnnx.perChannel(folder);
    ModelDescription own = model.description().orElseThrow();
    String json = own.toJson();

    assertThat(ModelDescription.fromJson(json, "m")).isEqualTo(own);
    // TinyModel's provenance has one number, written as it has always been.
    assertThat(json).contains("\"mean\":120.0,\"std\":64.0");
    String three = json.replace("\"mean\":120.0", "\"mean\":[123.675,116.28,103.53]");
    assertThat(ModelDescription.fromJson(three, "m").provenance().backbone().mean().toString())
        .isEqualTo("123.675,116.28,103.53");
    assertThat(ModelDescription.fromJson(three, "m").toJson()).isEqualTo(three);
    for (String damage : new String[] {"[1,2]", "null", "\"x\"", "{}"}) {
      String damaged = json.replace("\"mean\":120.0", "\"mean\":" + damage);
      assertThatThrownBy(() -> ModelDescription.fromJson(damaged, "m"))
          .hasMessage("m has a damaged description of itself: train it again");
    }
  }

  @Test
  void aFileThatWasCutOffIsSeenWhereverTheCutIs() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    // The metadata come last; a cut within them, between two entries, leaves a model of others.
    int metadata = whole.length - 1;
    for (int length = 0; length < metadata; length += 7) {
      Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, length));
      try {
        assertThat(Model.read(cut).description()).as("%d", length).isNotEmpty();
      } catch (PupilException e) {
        assertThat(e.getMessage()).contains(cut.toString()).doesNotContain("\n");
      } catch (AssertionError e) {
        assertThat(ModelProto.parseFrom(Files.readAllBytes(cut)).getMetadataPropsList())
            .noneMatch(entry -> entry.getKey().equals(OnnxMetadata.DESCRIPTION));
      }
    }
  }

  @Test
  void aFlippedBitIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    int unseen = 0;
    for (int bit = 0; bit < whole.length * 8; bit += 13) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        Model read = Model.read(Files.write(folder.resolve("flipped.onnx"), flipped));
        ModelProto graph = onnx(read).toBuilder().clearMetadataProps().build();
        ModelProto original =
            onnx(Model.read(folder.resolve("graph.onnx"))).toBuilder().clearMetadataProps().build();
        // What is read has its description and so its checksum, or lost that it is Pupil's.
        assertThat(read.description().isEmpty() || graph.equals(original)).isTrue();
        unseen++;
      } catch (PupilException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      }
    }
    assertThat(unseen).isLessThan(whole.length * 8 / 13 / 2);
  }

  @Test
  void itIsDrawnNodeByNode() {
    List<NodeDef> nodes = TinyOnnx.model(folder).drawing().getNodeList();

    assertThat(nodes)
        .extracting(NodeDef::getName)
        .contains("image", "input/scaled", "backbone/pooled", "final_result");
    assertThat(nodes.get(nodes.size() - 1).getInputList())
        .containsExactly("final_retrain_ops/Wx_plus_b/add");
  }
}

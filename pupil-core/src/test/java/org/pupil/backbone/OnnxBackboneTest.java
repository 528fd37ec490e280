package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.engine.Engines;
import org.pupil.images.PerChannel;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkGraph;
import org.pupil.onnx.GraphConverter;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.StringStringEntryProto;

/** Networks in the forms of several exporters; {@code onnx_networks.py} makes them. */
class OnnxBackboneTest {
  private static final int HEIGHT = 16;
  private static final int WIDTH = 24;
  private static final PerChannel MEAN = PerChannel.parse("123.675,116.28,103.53");
  private static final PerChannel STD = PerChannel.parse("58.395,57.12,57.375");

  @TempDir Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name + ".onnx");
    try (InputStream in =
        OnnxBackboneTest.class.getResourceAsStream("/org/pupil/onnx/networks/" + name + ".onnx")) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private BackboneRequest request(String name) throws IOException {
    return BackboneRequest.architecture(file(name).toString(), folder)
        .withSize(HEIGHT, WIDTH)
        .withScaling(MEAN, STD);
  }

  private Backbone resolve(BackboneRequest request) {
    return Catalogs.offline().resolve(request);
  }

  /** The image that the script fed: counted values, scaled. */
  private static float[] pixels() {
    float[] pixels = new float[HEIGHT * WIDTH * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = ((i * 37 + 11) % 256 - MEAN.all()[i % 3]) / STD.all()[i % 3];
    }
    return pixels;
  }

  private static float[] features(Backbone backbone, float[] pixels, int count) {
    try (Network network =
        Engines.auto()
            .open(
                backbone.network(Backbone.Output.FEATURES),
                backbone.input(),
                Purpose.MANY_PHOTOS)) {
      return network.run(pixels, count).values(Backbone.Output.FEATURES.outputName());
    }
  }

  private static JsonNode expected(String name) throws IOException {
    try (InputStream in =
        OnnxBackboneTest.class.getResourceAsStream("/org/pupil/onnx/networks/expected.json")) {
      return JsonMapper.builder().build().readTree(in).get(name);
    }
  }

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
  void whatAnExporterWroteGivesWhatOnnxItselfSays(String name) throws IOException {
    Backbone backbone = resolve(request(name));

    JsonNode expected = expected(name);
    assertThat(backbone.bottleneckSize()).isEqualTo(expected.size());
    float[] features = features(backbone, pixels(), 1);
    assertThat(features).hasSize(expected.size());
    for (int i = 0; i < features.length; i++) {
      assertThat(features[i])
          .as("%s %d", name, i)
          .isCloseTo((float) expected.get(i).asDouble(), within(2e-4f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"transformer_17", "convolutional_12", "channels_last_13"})
  void featuresDependOnThePhotoOnly(String name) throws IOException {
    Backbone backbone = resolve(request(name));
    float[] two = Arrays.copyOf(pixels(), 2 * HEIGHT * WIDTH * 3);
    for (int i = 0; i < HEIGHT * WIDTH * 3; i++) {
      two[HEIGHT * WIDTH * 3 + i] = -two[i] / 3;
    }
    float[] together = features(backbone, two, 2);
    float[] second = Arrays.copyOfRange(two, HEIGHT * WIDTH * 3, two.length);

    assertThat(Arrays.copyOf(together, backbone.bottleneckSize()))
        .isEqualTo(features(backbone, pixels(), 1));
    assertThat(Arrays.copyOfRange(together, backbone.bottleneckSize(), together.length))
        .isEqualTo(features(backbone, second, 1));
  }

  @Test
  void aClassifiersFeaturesAreWhatGoesIntoItsLastLayer() throws IOException {
    Backbone scores = resolve(request("transformer_20"));
    Backbone features =
        resolve(
            request("transformer_20")
                .withLayers(Optional.empty(), Optional.of(CustomOnnxBackbone.PENULTIMATE)));

    assertThat(scores.bottleneckSize()).isEqualTo(5);
    assertThat(features.bottleneckSize()).isEqualTo(8);
    assertThat(features.fingerprint()).isNotEqualTo(scores.fingerprint());
    assertThat(scores.endsInClasses()).isFalse();
  }

  @Test
  void probabilitiesOfClassesAreKnownByTheirSoftmax() throws IOException {
    BackboneRequest request = request("transformer_20");
    Path file = folder.resolve("transformer_20.onnx");
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    String scores = model.getGraph().getOutput(0).getName();
    model.getGraphBuilder().getOutputBuilder(0).setName("same");
    model
        .getGraphBuilder()
        .addNode(node("Softmax", scores, "probabilities"))
        .addNode(node("Identity", "probabilities", "same"));
    Files.write(file, model.build().toByteArray());
    Optional<String> penultimate = Optional.of(CustomOnnxBackbone.PENULTIMATE);

    assertThat(resolve(request).endsInClasses()).isTrue();
    Backbone features = resolve(request.withLayers(Optional.empty(), penultimate));
    assertThat(features.endsInClasses()).isFalse();
    assertThat(features.bottleneckSize()).isEqualTo(8);
  }

  private static NodeProto.Builder node(String operation, String from, String to) {
    return NodeProto.newBuilder().setOpType(operation).addInput(from).addOutput(to);
  }

  @Test
  void aSizeThatTheFileSaysNeedNotBeGiven() throws IOException {
    Backbone backbone =
        resolve(
            BackboneRequest.architecture(file("transformer_11").toString(), folder)
                .withScaling(MEAN, STD));

    assertThat(backbone.input().height()).isEqualTo(HEIGHT);
    assertThat(backbone.input().width()).isEqualTo(WIDTH);
    assertThat(backbone.signature())
        .isEqualTo(
            "16x24 mean 123.675,116.28,103.53 std 58.395,57.12,57.375 layers pixel_values embedding");
    assertThatThrownBy(() -> resolve(request("transformer_11").withSize(32, 24)))
        .hasMessageEndingWith("its input pixel_values takes images of 16 x 24, not 32 x 24");
  }

  @ParameterizedTest
  @CsvSource({
    "convolutional_12,true,takes images of any size: say which with inputHeight and inputWidth",
    "transformer_11,false,does not say how its pixels are scaled: give inputMean and inputStd"
  })
  void whatTheFileLeavesOpenIsAskedFor(String name, boolean scaled, String message)
      throws IOException {
    BackboneRequest plain = BackboneRequest.architecture(file(name).toString(), folder);

    assertThatThrownBy(() -> resolve(scaled ? plain.withScaling(MEAN, STD) : plain))
        .hasMessageContaining(message);
  }

  @Test
  void scalingIsReadFromTheMetadata() throws IOException {
    Path file = file("transformer_11");
    ModelProto.Builder noted = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    noted.addMetadataProps(entry("input_mean", MEAN.toString()));
    noted.addMetadataProps(entry("input_std", "57.5"));
    Files.write(file, noted.build().toByteArray());

    Backbone backbone = resolve(BackboneRequest.architecture(file.toString(), folder));

    assertThat(backbone.input().mean()).isEqualTo(MEAN);
    assertThat(backbone.input().std()).isEqualTo(PerChannel.of(57.5f));
    Files.write(file, noted.addMetadataProps(entry("input_mean", "white")).build().toByteArray());
    assertThatThrownBy(() -> resolve(BackboneRequest.architecture(file.toString(), folder)))
        .hasMessageEndingWith("its metadata input_mean are no number, nor three: white");
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  /** The embedded network as a file, as it would be exported. */
  @Test
  void aConvertedBackboneGivesTheSameNumbersBitForBit() throws IOException {
    Backbone embedded =
        resolve(BackboneRequest.architecture("mobilenet_0.25_224", folder).withSize(96, 64));
    NetworkGraph.OfTensorFlow graph =
        (NetworkGraph.OfTensorFlow) embedded.network(Backbone.Output.FEATURES);
    ModelProto converted =
        GraphConverter.convert(
            graph.graph(),
            graph.input(),
            new long[] {-1, 96, 64, 3},
            java.util.List.copyOf(graph.outputs().values()));
    Path file = Files.write(folder.resolve("mobilenet.onnx"), converted.toByteArray());
    Backbone own =
        resolve(BackboneRequest.architecture(file.toString(), folder).withScaling(127.5f, 127.5f));
    float[] pixels = new float[96 * 64 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 37 + 11) % 256 / 127.5f - 1;
    }

    assertThat(own.bottleneckSize()).isEqualTo(256);
    assertThat(features(own, pixels, 1)).isEqualTo(features(embedded, pixels, 1));
  }
}

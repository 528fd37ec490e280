package org.pupil.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupil.backbone.Backbone.Output.CONV_MAP;
import static org.pupil.backbone.Backbone.Output.FEATURES;
import static org.pupil.backbone.Backbone.Output.IMAGENET_SCORES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.SharedFolder;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.Backbone.Output;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.bottleneck.BottleneckKey;
import org.pupil.bottleneck.Precision;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.images.Alpha;
import org.pupil.images.ImageDecoder;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkResult;

/** Both engines give the same numbers for real photos, but for the last digits. */
class EnginesAgreeTest {
  private static final int PHOTOS = 6;

  /** Of the largest number of an output. */
  private static final float TOLERANCE = 1e-4f;

  private static Backbone backbone(String architecture, EngineName engine) {
    return new BackboneCatalog(
            Engines.named(engine),
            DownloadAddresses.official(),
            Map.of(),
            DownloadListener.silent())
        .resolve(BackboneRequest.architecture(architecture, Path.of("models")));
  }

  private static NetworkResult run(Backbone backbone, float[] pixels, Output... outputs) {
    try (Network network =
        backbone.engine().open(backbone.network(outputs), backbone.input(), Purpose.MANY_PHOTOS)) {
      return network.run(pixels, PHOTOS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_0.25_224", "efficientnet_lite0_224", "efficientnet_lite0_288"})
  void theSameFeaturesMapsAndScores(String architecture) throws IOException {
    Backbone onnx = backbone(architecture, EngineName.ONNX);
    Backbone tensorFlow = backbone(architecture, EngineName.TENSORFLOW);
    float[] pixels = examplePhotos(onnx);
    Output[] outputs = {FEATURES, CONV_MAP, IMAGENET_SCORES};

    NetworkResult ours = run(onnx, pixels, outputs);
    NetworkResult theirs = run(tensorFlow, pixels, outputs);

    for (Output output : outputs) {
      String name = output.outputName();
      assertThat(ours.shape(name)).isEqualTo(theirs.shape(name));
      float[] values = ours.values(name);
      float[] expected = theirs.values(name);
      float largest = 0;
      float difference = 0;
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i]));
        difference = Math.max(difference, Math.abs(values[i] - expected[i]));
      }
      assertThat(largest).as(name).isPositive();
      assertThat(difference).as(name).isLessThan(TOLERANCE * largest);
    }
  }

  private static float[] examplePhotos(Backbone backbone) throws IOException {
    int floats = backbone.input().floats();
    float[] pixels = new float[PHOTOS * floats];
    ImageDecoder decoder = new ImageDecoder(backbone.input());
    try (Stream<Path> files = Files.walk(SharedFolder.checkout().resolve("examples/photos"))) {
      List<Path> photos =
          files.filter(file -> file.toString().endsWith(".jpg")).sorted().limit(PHOTOS).toList();
      for (int i = 0; i < PHOTOS; i++) {
        decoder.decode(Files.readAllBytes(photos.get(i)), pixels, i * floats);
      }
    }
    return pixels;
  }

  @Test
  void theLibraryFindsTensorFlow() {
    assertThat(Engines.named(EngineName.TENSORFLOW)).isInstanceOf(TensorFlowEngine.class);
    assertThat(Engines.named(EngineName.AUTO, Purpose.MANY_PHOTOS_IN_BFLOAT16))
        .isInstanceOf(TensorFlowEngine.class);
  }

  /** The last digits differ, so what one engine computed is not served as the other's. */
  @Test
  void theCacheKeepsTheEnginesApart() {
    BottleneckKey onnx = key(EngineName.ONNX);

    assertThat(key(EngineName.AUTO)).isEqualTo(onnx);
    assertThat(key(EngineName.TENSORFLOW)).isNotEqualTo(onnx);
  }

  private static BottleneckKey key(EngineName engine) {
    return BottleneckKey.of(backbone("mobilenet_0.25_224", engine), Alpha.WHITE, Precision.FLOAT32);
  }
}

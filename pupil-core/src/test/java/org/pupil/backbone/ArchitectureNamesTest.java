package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;

class ArchitectureNamesTest {

  @ParameterizedTest
  @CsvSource({
    "efficientnet_lite0, efficientnet_lite0_288, 288, 127, 128, 1280, true",
    "efficientnet_lite0_224, efficientnet_lite0_224, 224, 127, 128, 1280, true",
    "EfficientNet_Lite0_1024, efficientnet_lite0_1024, 1024, 127, 128, 1280, true",
    "efficientnet_lite0_32, efficientnet_lite0_32, 32, 127, 128, 1280, true",
    "mobilenet_0.25_224, mobilenet_0.25_224, 224, 127.5, 127.5, 256, true",
    "mobilenet_0.25_128, mobilenet_0.25_128, 128, 127.5, 127.5, 256, true",
    "mobilenet_0.25_288, mobilenet_0.25_288, 288, 127.5, 127.5, 256, true",
    "mobilenet_0.5_224, mobilenet_0.50_224, 224, 127.5, 127.5, 512, false",
    "mobilenet_0.50_160, mobilenet_0.50_160, 160, 127.5, 127.5, 512, false",
    "MobileNet_0.75_192, mobilenet_0.75_192, 192, 127.5, 127.5, 768, false",
    "mobilenet_1.0_128, mobilenet_1.0_128, 128, 127.5, 127.5, 1024, false",
    "mobilenet_v1_1_224, mobilenet_1.0_224, 224, 127.5, 127.5, 1024, false",
    "mobilenet_1.0_224_quantized, mobilenet_1.0_224_quantized, 224, 127.5, 127.5, 1024, false",
    "mobilenet_0.25_128_quantized, mobilenet_0.25_128_quantized, 128, 127.5, 127.5, 256, false",
    "Inception_V3, inception_v3, 299, 128, 128, 2048, false",
  })
  void aNameIsReadInAnySpelling(
      String typed, String name, int size, float mean, float std, int features, boolean builtIn) {
    Architecture architecture = ArchitectureNames.find(typed).orElseThrow();

    assertThat(architecture.name()).isEqualTo(name);
    assertThat(architecture.input()).isEqualTo(new InputSpec(size, size, mean, std));
    assertThat(architecture.layers().featureSize()).isEqualTo(features);
    assertThat(architecture.embedded().isPresent()).isEqualTo(builtIn);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet50", "mobilenet", "mobilenet_v2_1.0_224", "inception_v4", ""})
  void aFamilyThatIsNotKnownIsNotFound(String typed) {
    assertThat(ArchitectureNames.find(typed)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "efficientnet_lite0_300, efficientnet_lite0_288",
    "efficientnet_lite0_310, efficientnet_lite0_320",
    "efficientnet_lite0_0, efficientnet_lite0_32",
    "efficientnet_lite0_99999, efficientnet_lite0_1024",
    "mobilenet_0.25_250, mobilenet_0.25_256",
  })
  void aSizeThatCannotBeNamesTheNearest(String typed, String nearest) {
    assertThatThrownBy(() -> ArchitectureNames.find(typed))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.USAGE))
        .hasMessage(
            "architecture "
                + typed
                + ": the size is a multiple of 32 from 32 to 1024; the nearest is "
                + nearest);
  }

  @Test
  void aWidthOrSizeThatWasNeverPublishedNamesThoseThatWere() {
    assertThatThrownBy(() -> ArchitectureNames.find("mobilenet_0.6_224"))
        .hasMessage(
            "architecture mobilenet_0.6_224: MobileNet comes in the widths 1.0, 0.75, 0.50 and"
                + " 0.25");
    assertThatThrownBy(() -> ArchitectureNames.find("mobilenet_0.5_256"))
        .hasMessage(
            "architecture mobilenet_0.5_256: mobilenet_0.50 comes in the sizes 224, 192, 160 and"
                + " 128");
    assertThatThrownBy(() -> ArchitectureNames.find("mobilenet_0.25_256_quantized"))
        .hasMessageContaining("comes in the sizes 224, 192, 160 and 128");
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet_05_224, mobilenet_0.50_224",
    "inceptionv3, inception_v3",
    "eficientnet_lite0_224, efficientnet_lite0_224",
    "mobilnet_0.75_160, mobilenet_0.75_160",
  })
  void aMisspeltNameNamesTheNearestAndTheFamilies(String typed, String nearest) {
    assertThat(ArchitectureNames.unknown(typed))
        .hasMessageStartingWith(
            "architecture " + typed + " is not known; the nearest is " + nearest + ". ")
        .hasMessageContaining("efficientnet_lite0_{32,64,...,1024}")
        .hasMessageContaining("mobilenet_{1.0,0.75,0.50}_{224,192,160,128}")
        .hasMessageContaining("inception_v3");
  }

  @Test
  void theOfficialArchivesAndTheirGraphsAreThoseOfGoogle() {
    Architecture half = ArchitectureNames.find("mobilenet_0.5_224").orElseThrow();

    assertThat(half.archives())
        .extracting(Architecture.OfficialArchive::path)
        .containsExactly(
            "mobilenet_v1_2018_08_02/mobilenet_v1_0.5_224.tgz", "mobilenet_v1_0.50_224_frozen.tgz");
    assertThat(half.archives().get(0).graphs())
        .contains("mobilenet_v1_0.5_224_frozen.pb", "mobilenet_v1_0.50_224/frozen_graph.pb");
    assertThat(half.graphFiles()).contains("mobilenet_v1_0.50_224/mobilenet_v1_0.50_224_frozen.pb");

    Architecture quantized = ArchitectureNames.find("mobilenet_0.5_224_quantized").orElseThrow();
    assertThat(quantized.archives())
        .extracting(Architecture.OfficialArchive::path)
        .containsExactly("mobilenet_v1_2018_08_02/mobilenet_v1_0.5_224_quant.tgz");
    assertThat(quantized.graphFiles()).contains("mobilenet_v1_0.5_224_quant_frozen.pb");

    Architecture inception = ArchitectureNames.find("inception_v3").orElseThrow();
    assertThat(inception.archives())
        .containsExactly(
            new Architecture.OfficialArchive(
                "image/imagenet/inception-2015-12-05.tgz",
                java.util.List.of("classify_image_graph_def.pb")));
  }
}

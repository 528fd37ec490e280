package org.pupil.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.Classifier;
import org.pupil.Pupil;
import org.pupil.SharedFolder;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.engine.Engines;
import org.pupil.labelling.Overrides;
import org.pupil.model.Model;

class LayerExplainerTest {
  private static final Path PHOTOS = SharedFolder.checkout().resolve("examples/photos");

  @TempDir private static Path folder;

  @BeforeAll
  static void train() {
    try (Classifier classifier =
        Pupil.teaching(PHOTOS)
            .architecture("mobilenet_0.25_128")
            .bottleneckDir(folder.resolve("bottlenecks"))
            .run()) {
      classifier.save(folder.resolve("model"));
      classifier.saveOnnx(folder.resolve("model.onnx"));
    }
  }

  private static LayerExplainer open(String file) {
    return LayerExplainer.open(Model.read(folder.resolve(file)), Overrides.NONE, Engines.auto());
  }

  private static PhotoSource duck() {
    return PhotoSource.file(PHOTOS.resolve("bird/duck.jpg"));
  }

  private static BufferedImage picture(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void theLayersOfAMobileNetAreShownFromEarlyToLate() throws IOException {
    try (LayerExplainer explainer = open("model/graph.pb")) {
      LayerPictures pictures = explainer.explain(duck(), Change.MIRRORED);

      // Layer 1, and the last one of each resolution (Howard et al., MobileNets, 2017, table 1).
      assertThat(pictures.layers())
          .extracting(LayerPictures.Layer::number, LayerPictures.Layer::size)
          .containsExactly(
              tuple(1, "64 x 64 x 8"),
              tuple(3, "64 x 64 x 16"),
              tuple(7, "32 x 32 x 32"),
              tuple(11, "16 x 16 x 64"),
              tuple(23, "8 x 8 x 128"),
              tuple(27, "4 x 4 x 256"));
      assertThat(pictures.convolutions()).isEqualTo(27);
      assertThat(pictures.layers().get(0).finds()).isEqualTo("edges and colours");
      assertThat(pictures.layers().get(5).finds()).isEqualTo("things");
      // A mirrored duck is elsewhere on each map, but it is a duck.
      assertThat(pictures.layers().get(5).similarity()).isLessThan(0.8);
      assertThat(pictures.similarityOfMeans()).isGreaterThan(0.9);

      BufferedImage filters = picture(pictures.filters().orElseThrow());
      BufferedImage maps = picture(pictures.maps());
      BufferedImage changed = picture(pictures.changed());
      assertThat(filters.getWidth()).isEqualTo(maps.getWidth()).isEqualTo(changed.getWidth());
      assertThat(maps.getHeight()).isEqualTo(changed.getHeight()).isGreaterThan(1000);
    }
  }

  @Test
  void anOnnxFileHasTheSameLayers() throws IOException {
    try (LayerExplainer graph = open("model/graph.pb");
        LayerExplainer onnx = open("model.onnx")) {
      LayerPictures expected = graph.explain(duck(), Change.GREY);
      LayerPictures pictures = onnx.explain(duck(), Change.GREY);

      assertThat(pictures.layers())
          .extracting(LayerPictures.Layer::number, LayerPictures.Layer::size)
          .containsExactlyElementsOf(
              expected.layers().stream()
                  .map(layer -> tuple(layer.number(), layer.size()))
                  .toList());
      assertThat(pictures.similarityOfMeans())
          .isCloseTo(expected.similarityOfMeans(), within(1e-4));
      assertThat(picture(pictures.filters().orElseThrow()).getHeight())
          .isEqualTo(picture(expected.filters().orElseThrow()).getHeight());
    }
  }

  @Test
  void whatIsNoImageIsRefused() {
    try (LayerExplainer explainer = open("model/graph.pb")) {
      assertThatThrownBy(
              () -> explainer.explain(PhotoSource.bytes("letter", new byte[9]), Change.GREY))
          .isInstanceOf(UndecodableImageException.class);
    }
  }
}

package org.pupil.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupil.SharedFolder;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.errors.PupilException;
import org.pupil.graph.Nodes;
import org.pupil.graph.TinyGraph;
import org.pupil.images.ImageDecoder;
import org.pupil.images.InputSpec;
import org.pupil.tensorflow.GraphSession.Preparation;
import org.tensorflow.proto.GraphDef;

class PixelNetworkTest {
  private static final int PHOTOS = 16;

  private static PixelNetwork open(GraphDef graph, String output, InputSpec spec) {
    return PixelNetwork.open(graph, "input", output, spec, Preparation.FOR_QUICK_START);
  }

  @ParameterizedTest
  @EnumSource(
      value = Preparation.class,
      names = {"FOR_SPEED", "FOR_QUICK_START"})
  void aVectorDependsOnItsImageOnly(Preparation preparation) throws Exception {
    Backbone backbone =
        new BackboneCatalog(DownloadAddresses.official(), Map.of(), DownloadListener.silent())
            .resolve(BackboneRequest.architecture("mobilenet_0.25_224", Path.of("models")));
    float[] pixels = examplePhotos(backbone.input());
    int floats = backbone.input().floats();
    try (PixelNetwork network =
        PixelNetwork.open(
            backbone.graph(),
            backbone.inputLayer(),
            backbone.bottleneckLayer(),
            backbone.input(),
            preparation)) {
      float[][] alone = new float[PHOTOS][];
      for (int i = 0; i < PHOTOS; i++) {
        alone[i] = network.run(Arrays.copyOfRange(pixels, i * floats, (i + 1) * floats), 1);
        assertThat(alone[i]).hasSize(256);
      }
      assertThat(alone[0]).isNotEqualTo(alone[1]);
      ExecutorService executor = Executors.newFixedThreadPool(3);
      try {
        List<Callable<Void>> checks = new ArrayList<>();
        for (int size : new int[] {3, 8, PHOTOS}) {
          for (int from = 0; from + size <= PHOTOS; from += size - 1) {
            float[] batch = Arrays.copyOfRange(pixels, from * floats, (from + size) * floats);
            int first = from;
            checks.add(
                () -> {
                  float[] vectors = network.run(batch, size);
                  for (int i = 0; i < size; i++) {
                    assertThat(Arrays.copyOfRange(vectors, i * 256, (i + 1) * 256))
                        .as("photo %d in a batch of %d", first + i, size)
                        .containsExactly(alone[first + i]);
                  }
                  return null;
                });
          }
        }
        for (Future<Void> check : executor.invokeAll(checks)) {
          check.get();
        }
      } finally {
        executor.shutdown();
      }
    }
  }

  private static float[] examplePhotos(InputSpec spec) throws IOException {
    Path folder = SharedFolder.checkout().resolve("examples/photos");
    float[] pixels = new float[PHOTOS * spec.floats()];
    try (ImageDecoder decoder = new ImageDecoder(spec);
        Stream<Path> files = Files.walk(folder)) {
      List<Path> photos =
          files.filter(file -> file.toString().endsWith(".jpg")).sorted().limit(PHOTOS).toList();
      for (int i = 0; i < PHOTOS; i++) {
        decoder.decode(ImageDecoder.readFile(photos.get(i)), pixels, i * spec.floats());
      }
    }
    return pixels;
  }

  @Test
  void aGraphForOneImageAtATimeGetsThemSingly() {
    InputSpec spec = new InputSpec(2, 2, 0, 1);
    // Ends in [1,3], as Inception of 2015 does, whatever the batch.
    GraphDef graph =
        new TinyGraph()
            .images("input", -1, -1, -1)
            .ints("axes", 1, 2)
            .mean("pooled", "input", "axes", false)
            .ints("shape", 1, 3)
            .add(Nodes.operation("output", "Reshape", "pooled", "shape"))
            .build();
    float[] pixels = new float[3 * spec.floats()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i;
    }
    try (PixelNetwork network = open(graph, "output", spec)) {
      for (int repetition = 0; repetition < 2; repetition++) {
        assertThat(network.run(pixels, 3))
            .containsExactly(4.5f, 5.5f, 6.5f, 16.5f, 17.5f, 18.5f, 28.5f, 29.5f, 30.5f);
      }
      assertThat(network.run(pixels, 1)).containsExactly(4.5f, 5.5f, 6.5f);
    }
  }

  @Test
  void aGraphThatGivesOneVectorForAWholeBatchGetsItsImagesSinglyToo() {
    InputSpec spec = new InputSpec(1, 2, 0, 1);
    GraphDef graph =
        new TinyGraph()
            .images("input", -1, -1, -1)
            .ints("shape", 1, -1)
            .add(Nodes.operation("output", "Reshape", "input", "shape"))
            .build();
    float[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    try (PixelNetwork network = open(graph, "output", spec)) {
      assertThat(network.run(pixels, 2)).containsExactly(pixels);
    }
  }

  @Test
  void aGraphForAnotherSizeIsABadModel() {
    GraphDef graph =
        new TinyGraph()
            .images("input", -1, 4, 4)
            .ints("shape", -1, 48)
            .add(Nodes.operation("output", "Reshape", "input", "shape"))
            .build();
    assertThatThrownBy(() -> open(graph, "output", new InputSpec(5, 5, 0, 1)))
        .isInstanceOfSatisfying(
            PupilException.class,
            e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_MODEL))
        .hasMessage("the graph cannot be used: input takes 4 rows, not 5");
  }

  @Test
  void aGraphThatFailsOnItsImagesIsABadModel() {
    GraphDef graph =
        new TinyGraph()
            .images("input", -1, -1, -1)
            .ints("shape", -1, 48)
            .add(Nodes.operation("output", "Reshape", "input", "shape"))
            .build();
    try (PixelNetwork network = open(graph, "output", new InputSpec(5, 5, 0, 1))) {
      assertThatThrownBy(() -> network.run(new float[150], 2))
          .isInstanceOfSatisfying(
              PupilException.class,
              e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_MODEL))
          .hasMessageStartingWith("TensorFlow cannot run the graph: ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void anOutputOfWholeNumbersIsABadModel() {
    GraphDef graph = new TinyGraph().images("input", -1, -1, -1).ints("output", 1, 2).build();
    assertThatThrownBy(() -> open(graph, "output", new InputSpec(5, 5, 0, 1)))
        .isInstanceOf(PupilException.class)
        .hasMessage("the graph cannot be used: output is of type DT_INT32, not DT_FLOAT");
  }
}

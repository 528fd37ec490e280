package org.pupil.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.pupil.backbone.Backbone.Output.CONV_MAP;
import static org.pupil.backbone.Backbone.Output.FEATURES;
import static org.pupil.backbone.Backbone.Output.IMAGENET_SCORES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupil.SharedFolder;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.Backbone.Output;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.errors.PupilException;
import org.pupil.graph.Nodes;
import org.pupil.graph.TinyGraph;
import org.pupil.images.ImageDecoder;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.GraphDef;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;
import org.pupil.network.OutputSpec;

class TensorFlowNetworkTest {
  private static final int PHOTOS = 16;

  private static Network open(GraphDef graph, String output, InputSpec spec) {
    return new TensorFlowEngine()
        .open(
            new NetworkGraph.OfTensorFlow(graph, "input", Map.of("output", output)),
            spec,
            Purpose.FEW_PHOTOS);
  }

  private static Backbone backbone(String architecture) {
    return new BackboneCatalog(DownloadAddresses.official(), Map.of(), DownloadListener.silent())
        .resolve(BackboneRequest.architecture(architecture, Path.of("models")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Purpose.class,
      names = {"MANY_PHOTOS", "FEW_PHOTOS"})
  void aVectorDependsOnItsImageOnly(Purpose purpose) throws Exception {
    Backbone backbone = backbone("mobilenet_0.25_224");
    float[] pixels = examplePhotos(backbone.input());
    int floats = backbone.input().floats();
    try (Network network = open(backbone, purpose, FEATURES)) {
      float[][] alone = new float[PHOTOS][];
      for (int i = 0; i < PHOTOS; i++) {
        alone[i] =
            network
                .run(Arrays.copyOfRange(pixels, i * floats, (i + 1) * floats), 1)
                .values("features");
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
                  float[] vectors = network.run(batch, size).values("features");
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

  private static Network open(Backbone backbone, Purpose purpose, Output... outputs) {
    return new TensorFlowEngine().open(backbone.network(outputs), backbone.input(), purpose);
  }

  @ParameterizedTest
  @CsvSource({"efficientnet_lite0_224, 7, 1280, 1000", "mobilenet_0.25_224, 7, 256, 1001"})
  void oneRunGivesSeveralOutputs(String architecture, int side, int features, int scores)
      throws IOException {
    Backbone backbone = backbone(architecture);
    float[] pixels = examplePhotos(backbone.input());
    int photos = 3;
    try (Network all = open(backbone, Purpose.FEW_PHOTOS, FEATURES, CONV_MAP, IMAGENET_SCORES)) {
      assertThat(all.outputs().stream().map(OutputSpec::name))
          .containsExactly("features", "conv_map", "imagenet_scores");
      NetworkResult result = all.run(pixels, photos);

      assertThat(result.shape("features")).containsExactly(photos, features);
      assertThat(result.shape("conv_map")).containsExactly(photos, side, side, features);
      assertThat(result.shape("imagenet_scores")).containsExactly(photos, scores);
      for (Output output : Output.values()) {
        String name = output.outputName();
        try (Network alone = open(backbone, Purpose.FEW_PHOTOS, output)) {
          assertThat(result.values(name))
              .as(name)
              .containsExactly(alone.run(pixels, photos).values(name));
        }
      }
      assertThat(meansOfMap(result, photos, side * side, features))
          .containsExactly(result.values("features"), within(1e-4f));
    }
  }

  /** The features are the map's means over rows and columns: [photos, features]. */
  private static float[] meansOfMap(NetworkResult result, int photos, int places, int channels) {
    float[] map = result.values("conv_map");
    float[] means = new float[photos * channels];
    for (int i = 0; i < map.length; i++) {
      int photo = i / (places * channels);
      means[photo * channels + i % channels] += map[i] / places;
    }
    return means;
  }

  @Test
  void anOutputSaysHowManyNumbersItGives() {
    Backbone backbone = backbone("mobilenet_0.25_224");
    try (Network network = open(backbone, Purpose.FEW_PHOTOS, FEATURES, CONV_MAP)) {
      assertThat(network.outputs().get(0).size()).hasValue(256);
      assertThat(network.outputs().get(1).size()).hasValue(7 * 7 * 256);
    }
    assertThat(new OutputSpec("x", Optional.of(List.of(7, -1))).size()).isEmpty();
    assertThat(new OutputSpec("x", Optional.empty()).size()).isEqualTo(OptionalInt.empty());
  }

  @Test
  void anOutputThatWasNotAskedForIsNotThere() {
    InputSpec spec = new InputSpec(1, 2, 0, 1);
    try (Network network = open(TinyGraph.pool("input", "pool"), "pool", spec)) {
      NetworkResult result = network.run(new float[6], 1);
      assertThatThrownBy(() -> result.values("conv_map"))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessage("no output conv_map among [output]");
    }
  }

  private static float[] examplePhotos(InputSpec spec) throws IOException {
    Path folder = SharedFolder.checkout().resolve("examples/photos");
    float[] pixels = new float[PHOTOS * spec.floats()];
    ImageDecoder decoder = new ImageDecoder(spec);
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> photos =
          files.filter(file -> file.toString().endsWith(".jpg")).sorted().limit(PHOTOS).toList();
      for (int i = 0; i < PHOTOS; i++) {
        decoder.decode(Files.readAllBytes(photos.get(i)), pixels, i * spec.floats());
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
    try (Network network = open(graph, "output", spec)) {
      for (int repetition = 0; repetition < 2; repetition++) {
        assertThat(network.run(pixels, 3).values("output"))
            .containsExactly(4.5f, 5.5f, 6.5f, 16.5f, 17.5f, 18.5f, 28.5f, 29.5f, 30.5f);
      }
      assertThat(network.run(pixels, 1).values("output")).containsExactly(4.5f, 5.5f, 6.5f);
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
    try (Network network = open(graph, "output", spec)) {
      NetworkResult result = network.run(pixels, 2);
      assertThat(result.values("output")).containsExactly(pixels);
      assertThat(result.shape("output")).containsExactly(2, 6);
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
    try (Network network = open(graph, "output", new InputSpec(5, 5, 0, 1))) {
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

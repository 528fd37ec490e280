package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.Backbone.Output;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.images.Alpha;
import org.pupil.images.ImageDecoder;
import org.pupil.images.InputSpec;
import org.pupil.labelling.Pictures;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkResult;
import org.pupil.network.PhotoPipeline;

/**
 * What comes out for a photo depends on the photo only, to the last bit: not on the batch, its
 * place in it, the number of threads, or what was computed before.
 */
class ExactlyRepeatableTest {
  /** More than a batch of the pipeline, and the last one is not full. */
  private static final int PHOTOS = 11;

  private static final String BACKBONES =
      """
      efficientnet_lite0_288, 96, 96
      efficientnet_lite0_288, 97, 113
      mobilenet_0.25_224,     96, 96
      mobilenet_0.25_224,     97, 113
      """;

  private static final BottleneckComputer.Listener SILENT =
      new BottleneckComputer.Listener() {
        @Override
        public void started(int photos, int cached) {}

        @Override
        public void advanced(int done) {}

        @Override
        public void finished() {}
      };

  @TempDir Path folder;

  private final NetworkEngine engine = Engines.named(EngineName.ONNX);

  private Backbone backbone(String architecture, int height, int width) {
    return new BackboneCatalog(
            engine,
            DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
            Map.of(),
            DownloadListener.silent())
        .resolve(BackboneRequest.architecture(architecture, folder).withSize(height, width));
  }

  private Network open(Backbone backbone, Purpose purpose) {
    return engine.open(backbone.network(Output.FEATURES), backbone.input(), purpose);
  }

  // --- images in memory

  private static float[][] images(InputSpec input) {
    Random random = new Random(20261129);
    float[][] images = new float[PHOTOS][input.floats()];
    for (float[] image : images) {
      for (int i = 0; i < image.length; i++) {
        image[i] = random.nextFloat() * 2 - 1;
      }
    }
    return images;
  }

  /** Runs images in one batch; what comes out is in their order. */
  private static float[][] run(Network network, float[][] images, List<Integer> batch) {
    int floats = network.input().floats();
    float[] pixels = new float[batch.size() * floats];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(images[batch.get(i)], 0, pixels, i * floats, floats);
    }
    float[] features = network.run(pixels, batch.size()).values(Output.FEATURES.outputName());
    int size = features.length / batch.size();
    return IntStream.range(0, batch.size())
        .mapToObj(i -> Arrays.copyOfRange(features, i * size, (i + 1) * size))
        .toArray(float[][]::new);
  }

  private static float[][] oneByOne(Network network, float[][] images) {
    return IntStream.range(0, images.length)
        .mapToObj(i -> run(network, images, List.of(i))[0])
        .toArray(float[][]::new);
  }

  private static void assertSameBits(float[] found, float[] expected, int photo, String how) {
    // Not equals of floats, for which 0 and -0 are the same.
    int[] bits =
        IntStream.range(0, found.length).map(i -> Float.floatToRawIntBits(found[i])).toArray();
    int[] expectedBits =
        IntStream.range(0, expected.length)
            .map(i -> Float.floatToRawIntBits(expected[i]))
            .toArray();
    assertThat(bits).as("photo %d, %s", photo, how).isEqualTo(expectedBits);
  }

  private static void checkBatches(
      Network network, float[][] images, float[][] expected, int batchSize, List<Integer> order) {
    for (int from = 0; from < order.size(); from += batchSize) {
      List<Integer> batch = order.subList(from, Math.min(order.size(), from + batchSize));
      float[][] found = run(network, images, batch);
      for (int i = 0; i < found.length; i++) {
        assertSameBits(
            found[i], expected[batch.get(i)], batch.get(i), "place " + i + " of " + batch.size());
      }
    }
  }

  private static List<Integer> shuffled(int seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, PHOTOS).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return order;
  }

  @ParameterizedTest
  @CsvSource(textBlock = BACKBONES)
  void anImagesFeaturesDoNotDependOnItsBatch(String architecture, int height, int width) {
    Backbone backbone = backbone(architecture, height, width);
    float[][] images = images(backbone.input());
    try (Network network = open(backbone, Purpose.MANY_PHOTOS)) {
      float[][] expected = oneByOne(network, images);
      assertThat(expected[0]).hasSize(backbone.bottleneckSize()).isNotEqualTo(expected[1]);
      for (int batchSize : new int[] {2, 4, PHOTOS}) {
        checkBatches(network, images, expected, batchSize, shuffled(batchSize));
      }
      float[][] again = oneByOne(network, images);
      for (int i = 0; i < PHOTOS; i++) {
        assertSameBits(again[i], expected[i], i, "later");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = BACKBONES)
  void anImagesFeaturesDoNotDependOnThreads(String architecture, int height, int width)
      throws Exception {
    Backbone backbone = backbone(architecture, height, width);
    float[][] images = images(backbone.input());
    ExecutorService threads = Executors.newFixedThreadPool(5);
    try (Network network = open(backbone, Purpose.MANY_PHOTOS)) {
      float[][] expected = oneByOne(network, images);
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int seed = 0; seed < 5; seed++) {
        List<Integer> order = shuffled(seed);
        int batchSize = 1 + 2 * seed;
        tasks.add(
            () -> {
              checkBatches(network, images, expected, batchSize, order);
              return true;
            });
      }
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        assertThat(task.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = BACKBONES)
  void anImagesFeaturesDoNotDependOnTheSession(String architecture, int height, int width) {
    Backbone backbone = backbone(architecture, height, width);
    float[][] images = images(backbone.input());
    float[][] expected;
    try (Network first = open(backbone, Purpose.MANY_PHOTOS);
        Network meanwhile = open(backbone, Purpose.FEW_PHOTOS)) {
      expected = oneByOne(first, images);
      checkBatches(meanwhile, images, expected, 4, shuffled(1));
    }
    try (Network later = open(backbone, Purpose.MANY_PHOTOS)) {
      checkBatches(later, images, expected, 4, shuffled(2));
    }
    try (Network later = open(backbone, Purpose.FEW_PHOTOS)) {
      checkBatches(later, images, expected, 3, shuffled(3));
    }
  }

  // --- photos

  /** JPEGs and PNGs of odd sizes, smaller and larger than what the backbone takes. */
  private List<Photo> photos() throws IOException {
    List<Photo> photos = new ArrayList<>();
    for (int i = 0; i < PHOTOS; i++) {
      int number = i;
      Pictures.Painter painter =
          (x, y) -> (x * 73856093 ^ y * 19349663 ^ number * 83492791) >>> 9 & 0xffffff;
      byte[] content =
          i % 2 == 0
              ? Pictures.jpeg(61 + 17 * i, 47 + 13 * i, painter)
              : Pictures.png(61 + 17 * i, 47 + 13 * i, painter);
      String name = "photo-" + i + (i % 2 == 0 ? ".jpg" : ".png");
      Path file = Files.write(folder.resolve(name), content);
      photos.add(new Photo(PhotoSource.file(file), name, 0));
    }
    return photos;
  }

  private float[][] throughPipeline(
      Backbone backbone, List<Photo> photos, List<Integer> order, int threads) {
    float[][] features = new float[PHOTOS][];
    ImageDecoder decoder = new ImageDecoder(backbone.input());
    try (Network network = open(backbone, Purpose.MANY_PHOTOS)) {
      new PhotoPipeline<Integer>(decoder, network, threads)
          .run(
              order,
              i -> photos.get(i).source().read(),
              new PhotoPipeline.Visitor<>() {
                @Override
                public void computed(List<Integer> batch, NetworkResult result) {
                  float[] values = result.values(Output.FEATURES.outputName());
                  int size = values.length / batch.size();
                  for (int i = 0; i < batch.size(); i++) {
                    features[batch.get(i)] = Arrays.copyOfRange(values, i * size, (i + 1) * size);
                  }
                }

                @Override
                public void failed(Integer i, String reason) {
                  throw new AssertionError(i + ": " + reason);
                }
              });
    }
    return features;
  }

  private PhotoBottlenecks computed(
      Backbone backbone, List<Photo> photos, int threads, String cacheName) {
    try (BottleneckCache cache = BottleneckCache.open(folder.resolve(cacheName))) {
      return new BottleneckComputer(
              backbone, Alpha.DROP, Precision.FLOAT32, cache, threads, Clock.systemUTC())
          .compute(photos, SILENT);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = BACKBONES)
  void aPhotosBottleneckDependsOnThePhotoOnly(String architecture, int height, int width)
      throws IOException {
    Backbone backbone = backbone(architecture, height, width);
    List<Photo> photos = photos();
    float[][] expected =
        throughPipeline(backbone, photos, IntStream.range(0, PHOTOS).boxed().toList(), 1);
    float[][] found = throughPipeline(backbone, photos, shuffled(4), 4);
    for (int i = 0; i < PHOTOS; i++) {
      assertSameBits(found[i], expected[i], i, "4 threads");
    }
    for (int threads : new int[] {1, 3}) {
      List<Integer> order = shuffled(10 * threads);
      PhotoBottlenecks computed =
          computed(backbone, order.stream().map(photos::get).toList(), threads, "cache-" + threads);
      assertThat(computed.computed()).isEqualTo(PHOTOS);
      for (int i = 0; i < PHOTOS; i++) {
        int photo = order.get(i);
        assertSameBits(computed.bottlenecks().row(i), expected[photo], photo, threads + " threads");
      }
    }
  }
}

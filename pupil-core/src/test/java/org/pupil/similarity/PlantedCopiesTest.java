package org.pupil.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.SharedFolder;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFolder;
import org.pupil.dataset.PhotoSource;
import org.pupil.images.Alpha;

/**
 * Copies of photos of cats and dogs are found, and strangers are not taken for copies. With {@code
 * -Dplanted.all=true} all 1399 photos are copied, which takes minutes; else some, evenly chosen.
 */
class PlantedCopiesTest {
  /** Photos that are the same, though not byte for byte, in the data itself. */
  private static final Set<String> SAME = Set.of("dog/dog.74.jpg", "dog/dog.180.jpg");

  private static final List<PlantedCopies> KINDS = List.of(PlantedCopies.values());

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

  @ParameterizedTest
  @CsvSource({"mobilenet_0.25_224, 7", "efficientnet_lite0_288, 35"})
  void copiesAreFoundAndStrangersAreNot(String architecture, int every) throws IOException {
    int step = Boolean.getBoolean("planted.all") ? 1 : every;
    List<Photo> all =
        PhotoFolder.scan(SharedFolder.get("data/cats-dogs"), LabelRule.FOLDER).photos();
    List<Photo> originals =
        IntStream.range(0, all.size()).filter(i -> i % step == 0).mapToObj(all::get).toList();
    List<Photo> photos = new ArrayList<>(originals);
    for (PlantedCopies kind : KINDS) {
      for (int i = 0; i < originals.size(); i++) {
        byte[] copy = kind.of(originals.get(i).source().read(), i);
        photos.add(new Photo(PhotoSource.bytes(kind + "-" + i, copy), kind + "/" + i, 0));
      }
    }

    NearDuplicates found = nearDuplicates(architecture, photos);

    int size = originals.size();
    Map<PlantedCopies, Integer> copiesFound = new EnumMap<>(PlantedCopies.class);
    int strangers = 0;
    for (NearDuplicates.Pair pair : found.pairs()) {
      String first = originals.get(pair.first() % size).name();
      String second = originals.get(pair.second() % size).name();
      if (pair.first() < size && pair.second() % size == pair.first()) {
        PlantedCopies kind = KINDS.get(pair.second() / size - 1);
        copiesFound.merge(kind, 1, Integer::sum);
      } else if (!first.equals(second) && !(SAME.contains(first) && SAME.contains(second))) {
        strangers++;
      }
    }
    if (step == 1) {
      System.out.printf(
          "%s: copies of %d photos found: %s; %d strangers in %d pairs%n",
          architecture, size, copiesFound, strangers, found.pairs().size());
    }
    for (PlantedCopies kind : KINDS) {
      // Of all photos 96 % of the cropped copies are found; some may be luckier or less so.
      double share = kind == PlantedCopies.CROPPED ? 0.9 : 0.95;
      assertThat(copiesFound.getOrDefault(kind, 0))
          .as("%s of %s", kind, size)
          .isGreaterThanOrEqualTo((int) Math.ceil(share * size));
    }
    assertThat(strangers).as("strangers").isLessThanOrEqualTo(found.pairs().size() / 100);
  }

  private NearDuplicates nearDuplicates(String architecture, List<Photo> photos) {
    Backbone backbone =
        new BackboneCatalog(DownloadAddresses.official(), Map.of(), DownloadListener.silent())
            .resolve(BackboneRequest.architecture(architecture, folder));
    int threads = Runtime.getRuntime().availableProcessors();
    try (BottleneckCache cache = BottleneckCache.open(folder.resolve("cache"))) {
      PhotoBottlenecks bottlenecks =
          new BottleneckComputer(
                  backbone, Alpha.WHITE, Precision.FLOAT32, cache, threads, Clock.systemUTC())
              .compute(photos, SILENT);
      assertThat(bottlenecks.failures()).isEmpty();
      List<byte[]> thumbnails =
          cache.thumbnails(
              IntStream.range(0, photos.size()).mapToObj(bottlenecks::content).toList());
      return NearDuplicates.of(
          bottlenecks.bottlenecks(), PerceptualHash.ofThumbnails(thumbnails, threads), threads);
    }
  }
}

package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupil.bottleneck.Samples.content;
import static org.pupil.bottleneck.Samples.key;
import static org.pupil.bottleneck.Samples.photo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pupil.bottleneck.BottleneckCache.PhotoContent;
import org.pupil.dataset.Photo;

/** The cache beside two hash maps: whatever is done, both know the same. */
class BottleneckCacheModelTest {
  private static final int PATHS = 4;
  private static final int VERSIONS = 3;
  private static final int CONTENTS = 5;
  private static final List<BottleneckKey> KEYS = List.of(key("small"), key("large"));
  private static final int[] FLOATS = {2, 5};

  /** A photo that was read: its path, which of its states it was in, what it held. */
  record Reading(int path, int version, int content, boolean trusted) {
    Photo asPhoto() {
      return photo("/photos/" + path + ".jpg", 100 + version % 2, 1_000_000L + version);
    }

    PhotoContent asPhotoContent() {
      long readAtMillis = Samples.file(asPhoto()).modifiedMillis() + (trusted ? 2_001 : 2_000);
      return new PhotoContent(asPhoto(), asHash(content), readAtMillis);
    }
  }

  /**
   * A call.
   *
   * @param cache which of two caches on one file is called
   * @param key which key; -1 for {@code remember}, which has none
   * @param seed makes the values
   * @param reopened whether the cache is closed and opened before
   */
  record Call(int cache, int key, List<Reading> readings, int seed, boolean reopened) {}

  @Provide
  Arbitrary<List<Call>> calls() {
    Arbitrary<Reading> reading =
        Combinators.combine(
                Arbitraries.integers().between(0, PATHS - 1),
                Arbitraries.integers().between(0, VERSIONS - 1),
                Arbitraries.integers().between(0, CONTENTS - 1),
                Arbitraries.of(true, true, true, false))
            .as(Reading::new);
    return Combinators.combine(
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(-1, 1),
            reading.list().ofMaxSize(4),
            Arbitraries.integers().between(0, 1_000_000),
            Arbitraries.of(false, false, false, true))
        .as(Call::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Property(tries = 50)
  void knowsWhatTheMapsKnow(@ForAll("calls") List<Call> calls) throws IOException {
    Path folder = Files.createTempDirectory("cache");
    BottleneckCache[] caches = {BottleneckCache.open(folder), BottleneckCache.open(folder)};
    Map<Photo, Integer> contentOfPhoto = new HashMap<>();
    List<Map<Integer, float[]>> bottlenecksOfKey = List.of(new HashMap<>(), new HashMap<>());
    try {
      for (Call call : calls) {
        if (call.reopened()) {
          caches[call.cache()].close();
          caches[call.cache()] = BottleneckCache.open(folder);
        }
        make(call, caches[call.cache()], bottlenecksOfKey);
        for (Reading reading : call.readings()) {
          // Only the last state of a path is known.
          contentOfPhoto
              .keySet()
              .removeIf(it -> it.source().name().equals(reading.asPhoto().source().name()));
          if (reading.trusted()) {
            contentOfPhoto.put(reading.asPhoto(), reading.content());
          }
        }
        assertThatBothKnowTheSame(caches[1 - call.cache()], contentOfPhoto, bottlenecksOfKey);
      }
    } finally {
      caches[0].close();
      caches[1].close();
      delete(folder);
    }
  }

  private static void make(
      Call call, BottleneckCache cache, List<Map<Integer, float[]>> bottlenecksOfKey) {
    List<PhotoContent> read = call.readings().stream().map(Reading::asPhotoContent).toList();
    if (call.key() < 0 || read.isEmpty()) {
      cache.remember(read);
      return;
    }
    float[][] rows = new float[read.size()][FLOATS[call.key()]];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = call.seed();
      rows[i][1] = i;
      bottlenecksOfKey.get(call.key()).put(call.readings().get(i).content(), rows[i]);
    }
    cache.put(KEYS.get(call.key()), read, Bottlenecks.of(rows));
  }

  private static void assertThatBothKnowTheSame(
      BottleneckCache cache,
      Map<Photo, Integer> contentOfPhoto,
      List<Map<Integer, float[]>> bottlenecksOfKey) {
    List<Photo> photos = new ArrayList<>();
    for (int i = 0; i < PATHS * VERSIONS; i++) {
      photos.add(new Reading(i % PATHS, i / PATHS, 0, true).asPhoto());
    }
    List<ContentHash> contents = new ArrayList<>();
    for (int i = 0; i < CONTENTS; i++) {
      contents.add(asHash(i));
    }
    for (int key = 0; key < KEYS.size(); key++) {
      Map<Integer, float[]> bottlenecks = bottlenecksOfKey.get(key);
      FoundBottlenecks byPhoto = cache.find(KEYS.get(key), photos);
      for (int i = 0; i < photos.size(); i++) {
        Integer content = contentOfPhoto.get(photos.get(i));
        assertThat(byPhoto.content(i).orElse(null))
            .isEqualTo(content == null ? null : asHash(content));
        assertThat(Samples.row(byPhoto, i)).isEqualTo(bottlenecks.get(content));
      }
      FoundBottlenecks byContent = cache.findContents(KEYS.get(key), contents);
      for (int i = 0; i < CONTENTS; i++) {
        assertThat(Samples.row(byContent, i)).isEqualTo(bottlenecks.get(i));
      }
      assertThat(byPhoto.damaged() + byContent.damaged()).isZero();
    }
  }

  private static ContentHash asHash(int content) {
    return content("content " + content);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

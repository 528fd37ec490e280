package org.pupil.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckCache.PhotoContent;
import org.pupil.bottleneck.BottleneckKey;
import org.pupil.bottleneck.Bottlenecks;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFile;
import org.pupil.images.InputSpec;
import org.pupil.images.PerChannel;
import org.pupil.images.ThumbnailMaker;

class CachedHashesTest {
  private static final int PHOTOS = 5;
  private static final BottleneckKey KEY = new BottleneckKey("ab".repeat(32), "any");

  @TempDir Path folder;

  private final List<ContentHash> contents = new ArrayList<>();
  private List<byte[]> thumbnails = List.of();

  /** The last photo's thumbnail is none. */
  @BeforeEach
  void fill() {
    List<PhotoContent> read = new ArrayList<>();
    List<byte[]> levels = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < PHOTOS; i++) {
      contents.add(ContentHash.of(("photo " + i).getBytes(StandardCharsets.UTF_8)));
      Photo photo = new Photo(new PhotoFile(Path.of("/" + i), 1, 1), "" + i, 0);
      read.add(new PhotoContent(photo, contents.get(i), 1_000_000));
      byte[] pixels = new byte[ThumbnailMaker.SIDE * ThumbnailMaker.SIDE * 3];
      random.nextBytes(pixels);
      levels.add(pixels);
    }
    InputSpec input = new InputSpec(48, 48, PerChannel.of(0), PerChannel.of(1));
    thumbnails = new ArrayList<>(new ThumbnailMaker(input).code(levels));
    thumbnails.set(PHOTOS - 1, new byte[] {1, 2, 3});
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      cache.put(KEY, read, Bottlenecks.of(new float[PHOTOS][2]), thumbnails);
    }
  }

  private List<Optional<PerceptualHash>> hashes() {
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      return CachedHashes.of(cache, contents, 2);
    }
  }

  private void execute(String sql) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bottlenecks.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void theyAreThoseOfTheThumbnailsAndComeFromTheCacheTheNextTime() throws Exception {
    List<Optional<PerceptualHash>> expected = PerceptualHash.ofThumbnails(thumbnails, 1);
    assertThat(expected.subList(0, PHOTOS - 1)).allMatch(Optional::isPresent);

    assertThat(hashes()).isEqualTo(expected);
    execute("DELETE FROM thumbnail");
    assertThat(hashes()).isEqualTo(expected);
  }

  @Test
  void oneOfAnotherVersionAndOneThatIsDamagedAreMadeAnew() throws Exception {
    List<Optional<PerceptualHash>> expected = hashes();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      byte[] later = cache.hashes(contents).get(1);
      later[0]++;
      cache.putHashes(contents.subList(1, 3), List.of(later, new byte[] {1}));
    }
    execute("UPDATE perceptual_hash SET checksum = 0 WHERE id = 1");

    assertThat(hashes()).isEqualTo(expected);
    execute("DELETE FROM thumbnail");
    assertThat(hashes()).isEqualTo(expected);
  }

  @Test
  void aTableThatCannotBeReadIsDoneWithout() throws Exception {
    List<Optional<PerceptualHash>> expected = hashes();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      // As another program may do while this one is running.
      execute("DROP TABLE perceptual_hash");
      assertThat(CachedHashes.of(cache, contents, 1)).isEqualTo(expected);
    }
  }

  @Test
  void oneContentTwiceHasOneHash() {
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      List<ContentHash> twice = List.of(contents.get(2), contents.get(0), contents.get(2));
      List<Optional<PerceptualHash>> found = CachedHashes.of(cache, twice, 1);

      assertThat(found).hasSize(3).allMatch(Optional::isPresent);
      assertThat(found.get(0)).isEqualTo(found.get(2)).isNotEqualTo(found.get(1));
    }
  }
}

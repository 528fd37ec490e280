package org.pupil.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckKey;
import org.pupil.bottleneck.Bottlenecks;
import org.pupil.bottleneck.ContentHash;

class CachedNearDuplicatesTest {
  private static final int PHOTOS = CachedNearDuplicates.FEWEST_KEPT;
  private static final BottleneckKey KEY = new BottleneckKey("ab".repeat(32), "any");

  @TempDir Path folder;

  private static List<ContentHash> contents(int photos) {
    List<ContentHash> contents = new ArrayList<>();
    for (int i = 0; i < photos; i++) {
      contents.add(ContentHash.of(("photo " + i).getBytes(StandardCharsets.UTF_8)));
    }
    return contents;
  }

  /** Strangers, but for each twentieth photo, which resembles the one before it. */
  private static Bottlenecks copies(int photos) {
    Random random = new Random(3);
    float[][] rows = new float[photos][32];
    for (int i = 0; i < photos; i++) {
      for (int j = 0; j < 32; j++) {
        rows[i][j] = (float) random.nextGaussian();
        if (i % 20 == 1) {
          rows[i][j] = rows[i - 1][j] + rows[i][j] / 100;
        }
      }
    }
    return Bottlenecks.of(rows);
  }

  /** None resembles another, so that only kept near-duplicates are any. */
  private static Bottlenecks strangers(int photos) {
    Random random = new Random(4);
    float[][] rows = new float[photos][32];
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return Bottlenecks.of(rows);
  }

  private NearDuplicates found(
      BottleneckKey key, List<ContentHash> contents, Bottlenecks bottlenecks) {
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      return new CachedNearDuplicates(cache, 2).of(key, contents, bottlenecks);
    }
  }

  private static NearDuplicates searched(Bottlenecks bottlenecks) {
    return NearDuplicates.of(
        bottlenecks, Collections.nCopies(bottlenecks.size(), Optional.empty()), 1);
  }

  private void execute(String sql) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bottlenecks.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void theyAreThoseThatTheSearchFindsAndAreNotLookedForAgain() {
    NearDuplicates expected = searched(copies(PHOTOS));
    assertThat(expected.groups()).hasSize(PHOTOS / 20);
    assertThat(searched(strangers(PHOTOS)).groups()).isEmpty();

    assertThat(found(KEY, contents(PHOTOS), copies(PHOTOS))).isEqualTo(expected);
    assertThat(found(KEY, contents(PHOTOS), strangers(PHOTOS))).isEqualTo(expected);
  }

  @Test
  void otherPhotosAnotherOrderAndOtherBottlenecksAreSearched() {
    found(KEY, contents(PHOTOS), copies(PHOTOS));
    List<ContentHash> turned = new ArrayList<>(contents(PHOTOS));
    Collections.swap(turned, 0, 5);
    BottleneckKey other = new BottleneckKey("ab".repeat(32), "other");

    assertThat(found(KEY, turned, strangers(PHOTOS)).groups()).isEmpty();
    assertThat(found(other, contents(PHOTOS), strangers(PHOTOS)).groups()).isEmpty();
    assertThat(found(KEY, contents(PHOTOS + 1), copies(PHOTOS + 1)))
        .isEqualTo(searched(copies(PHOTOS + 1)));
  }

  @Test
  void aPhotoWhoseThumbnailChangedIsSearchedAgain() {
    List<ContentHash> contents = contents(PHOTOS);
    found(KEY, contents, copies(PHOTOS));
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      cache.putShares(
          List.of(
              new BottleneckCache.Share(
                  KEY, contents.subList(0, 1), Bottlenecks.of(new float[][] {{1, 2}}))));
      cache.putHashes(
          contents.subList(0, 1), List.of(new PerceptualHash(2, 4, 120, 130).toBytes()));
    }
    assertThat(found(KEY, contents, strangers(PHOTOS)).groups()).isEmpty();
  }

  @Test
  void ofFewPhotosNothingIsWritten() {
    found(KEY, contents(PHOTOS - 1), copies(PHOTOS - 1));
    assertThat(found(KEY, contents(PHOTOS - 1), strangers(PHOTOS - 1)).groups()).isEmpty();
  }

  @Test
  void damagedOnesAreLookedForAndKeptAgain() throws Exception {
    NearDuplicates expected = found(KEY, contents(PHOTOS), copies(PHOTOS));
    for (String damage :
        List.of(
            "checksum = checksum + 1",
            "value = substr(value, 1, length(value) - 4)",
            "value = zeroblob(9000000)",
            "value = 'text'")) {
      execute("UPDATE near_duplicates SET " + damage);
      assertThat(found(KEY, contents(PHOTOS), strangers(PHOTOS)).groups()).as(damage).isEmpty();
      execute("UPDATE near_duplicates SET checksum = 0");
      assertThat(found(KEY, contents(PHOTOS), copies(PHOTOS))).as(damage).isEqualTo(expected);
      assertThat(found(KEY, contents(PHOTOS), strangers(PHOTOS))).as(damage).isEqualTo(expected);
    }
  }

  @Test
  void aTableThatCannotBeReadIsDoneWithout() throws Exception {
    NearDuplicates expected = found(KEY, contents(PHOTOS), copies(PHOTOS));
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      // As another program may do while this one is running.
      execute("DROP TABLE near_duplicates");
      assertThat(new CachedNearDuplicates(cache, 2).of(KEY, contents(PHOTOS), copies(PHOTOS)))
          .isEqualTo(expected);
    }
  }

  @Test
  void bytesThatMakeNoSenseAreNoAnswerWhateverTheirChecksum() {
    NearDuplicates near =
        new NearDuplicates(
            List.of(new NearDuplicates.Pair(0, 2, 0.5f)), List.of(List.of(0, 2), List.of(3, 4, 6)));
    byte[] good = CachedNearDuplicates.encode(near);
    assertThat(CachedNearDuplicates.decode(good, 7)).contains(near);
    assertThat(CachedNearDuplicates.decode(good, 6)).isEmpty();

    assertThat(CachedNearDuplicates.decode(Arrays.copyOf(good, good.length - 4), 7)).isEmpty();
    assertThat(CachedNearDuplicates.decode(Arrays.copyOf(good, good.length + 4), 7)).isEmpty();
    assertThat(CachedNearDuplicates.decode(Arrays.copyOf(good, good.length + 1), 7)).isEmpty();
    assertThat(CachedNearDuplicates.decode(new byte[0], 7)).isEmpty();
    assertThat(CachedNearDuplicates.decode(numbers(Integer.MAX_VALUE), 7)).isEmpty();
    assertThat(CachedNearDuplicates.decode(numbers(1, 1, 3, 0), 7)).as("group of one").isEmpty();
    assertThat(CachedNearDuplicates.decode(numbers(1, 2, 3, 3, 0), 7)).as("twice").isEmpty();
    assertThat(CachedNearDuplicates.decode(numbers(1, -1, 0), 7)).as("negative size").isEmpty();
    assertThat(CachedNearDuplicates.decode(numbers(0, 1, 2, 2, 0), 7)).as("own pair").isEmpty();
    assertThat(CachedNearDuplicates.decode(numbers(0, 1, -1, 2, 0), 7)).as("negative").isEmpty();
    assertThat(CachedNearDuplicates.decode(numbers(0, 0), 7)).isPresent();
  }

  private static byte[] numbers(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
    Arrays.stream(numbers).forEach(bytes::putInt);
    return bytes.array();
  }
}

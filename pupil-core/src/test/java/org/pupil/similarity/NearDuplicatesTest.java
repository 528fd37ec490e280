package org.pupil.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.bottleneck.Bottlenecks;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.similarity.NearDuplicates.Pair;

class NearDuplicatesTest {
  private static final long ALL = (1L << PerceptualHash.BITS) - 1;

  /** A hash of which some bits are turned around. */
  private static Optional<PerceptualHash> hash(long bits, int turned) {
    return Optional.of(new PerceptualHash(bits ^ ((1L << turned) - 1), ~bits & ALL, 128, 128));
  }

  /** Two directions at an angle of this cosine, not of length 1. */
  private static float[][] atAngle(double cosine) {
    return new float[][] {
      {2, 0, 0}, {(float) (5 * cosine), (float) (5 * Math.sqrt(1 - cosine * cosine)), 0}
    };
  }

  private static NearDuplicates of(float[][] rows, List<Optional<PerceptualHash>> hashes) {
    return NearDuplicates.of(Bottlenecks.of(rows), hashes, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "0.81, 0, true",
    "0.81, 10, true",
    "0.79, 0, false",
    "0.81, 11, false",
    "0.91, 11, true",
    "0.91, 18, true",
    "0.89, 18, false",
    "0.999, 19, false",
    "0.96, -1, true", // without a hash
    "0.94, -1, false",
  })
  void bothTheHashAndTheBottleneckMustBeNear(double cosine, int bits, boolean near) {
    List<Optional<PerceptualHash>> hashes =
        bits < 0
            ? List.of(hash(0x5A5A5A5AL, 0), Optional.empty())
            : List.of(hash(0x5A5A5A5AL, 0), hash(0x5A5A5A5AL, bits));

    NearDuplicates found = of(atAngle(cosine), hashes);

    assertThat(found.groups()).isEqualTo(near ? List.of(List.of(0, 1)) : List.of());
    assertThat(found.pairs()).hasSize(near ? 1 : 0);
    if (near) {
      assertThat(found.pairs().get(0).similarity()).isCloseTo((float) cosine, offset(1e-5f));
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 0, 1", "0, -9, 1", "11, 0, 0", "0, -11, 0"})
  void aPhotoOfOtherColoursIsNone(float bluer, float redder, int pairs) {
    PerceptualHash hash = new PerceptualHash(5, 6, 100, 150);
    PerceptualHash other = new PerceptualHash(5, 6, 100 + bluer, 150 + redder);

    assertThat(of(atAngle(0.99), List.of(Optional.of(hash), Optional.of(other))).pairs())
        .hasSize(pairs);
  }

  @Test
  void aMirroredPhotoIsOne() {
    PerceptualHash hash = new PerceptualHash(0x123456789AL, 0x0FEDCBA987L << 20, 90, 100);
    PerceptualHash turned =
        new PerceptualHash(/* bits= */ hash.mirrored(), /* mirrored= */ hash.bits(), 90, 100);

    assertThat(of(atAngle(0.9), List.of(Optional.of(hash), Optional.of(turned))).pairs())
        .hasSize(1);
  }

  /** Rows of a few families with copies that are near, and hashes that are near in part. */
  private static float[][] rows(Random random, int size, int dimension) {
    float[][] rows = new float[size][dimension];
    for (int i = 0; i < size; i++) {
      float[] parent = i > 10 && random.nextInt(3) == 0 ? rows[random.nextInt(i)] : new float[0];
      double noise = parent.length == 0 ? 1 : random.nextDouble();
      for (int j = 0; j < dimension; j++) {
        float origin = parent.length == 0 ? 0.5f : parent[j];
        rows[i][j] = (float) Math.max(0, origin + noise * random.nextGaussian());
      }
    }
    return rows;
  }

  private static List<Optional<PerceptualHash>> hashes(Random random, int size) {
    List<Optional<PerceptualHash>> hashes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      hashes.add(
          random.nextInt(4) == 0
              ? Optional.empty()
              : Optional.of(
                  new PerceptualHash(
                      (1L << random.nextInt(25)) - 1,
                      random.nextLong() & ALL & ~0xFFFFFFL,
                      128,
                      128)));
    }
    return hashes;
  }

  private static double cosine(float[] x, float[] y) {
    double product = 0;
    double xx = 0;
    double yy = 0;
    for (int j = 0; j < x.length; j++) {
      product += (double) x[j] * y[j];
      xx += (double) x[j] * x[j];
      yy += (double) y[j] * y[j];
    }
    return product / Math.sqrt(xx * yy);
  }

  /** The mean cosine of all pairs and of 200 more that have 0.5. */
  private static double typical(float[][] rows) {
    double sum = 200 * 0.5;
    int pairs = 200;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++, pairs++) {
        sum += cosine(rows[i], rows[j]);
      }
    }
    return sum / pairs;
  }

  /** In double precision, without any sketch. */
  private static boolean areNear(
      double cosine, double typical, Optional<PerceptualHash> a, Optional<PerceptualHash> b) {
    double share = (cosine - typical) / (1 - typical);
    if (a.isEmpty() || b.isEmpty()) {
      return share >= 0.9;
    }
    int bits = a.get().distance(b.get());
    return bits <= 10 ? share >= 0.6 : bits <= 18 && share >= 0.8;
  }

  /** There are signs in all but the first two, and a sketch in the last. */
  @ParameterizedTest
  @CsvSource({"2, 3", "60, 5", "700, 40", "900, 200", "1500, 80"})
  void noPairIsMissed(int size, int dimension) {
    Random random = new Random(size);
    float[][] rows = rows(random, size, dimension);
    List<Optional<PerceptualHash>> hashes = hashes(random, size);
    double typical = typical(rows);
    UnionFind expected = new UnionFind(size);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        if (areNear(cosine(rows[i], rows[j]), typical, hashes.get(i), hashes.get(j))) {
          expected.join(i, j);
        }
      }
    }

    NearDuplicates found = of(rows, hashes);

    UnionFind groups = new UnionFind(size);
    found.groups().forEach(group -> group.forEach(i -> groups.join(group.get(0), i)));
    assertThat(IntStream.range(0, size).map(groups::find).toArray())
        .isEqualTo(IntStream.range(0, size).map(expected::find).toArray());
    for (Pair pair : found.pairs()) {
      int i = pair.first();
      int j = pair.second();
      assertThat(areNear(cosine(rows[i], rows[j]), typical, hashes.get(i), hashes.get(j))).isTrue();
    }
    if (size == 700) {
      assertThat(found.groups().size()).as("the test needs groups").isBetween(20, 300);
    }
  }

  @Test
  void withoutHashesNearRowsAreFoundToo() {
    Random random = new Random(3);
    float[][] rows = rows(random, 400, 300);
    for (int i = 1; i < rows.length; i += 2) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = (float) Math.max(0, rows[i - 1][j] + 0.05 * random.nextGaussian());
      }
    }

    NearDuplicates found = of(rows, Collections.nCopies(400, Optional.empty()));

    assertThat(found.pairs())
        .extracting(pair -> List.of(pair.first(), pair.second()))
        .containsAll(IntStream.range(0, 200).mapToObj(i -> List.of(2 * i, 2 * i + 1)).toList());
  }

  @Test
  void theAnswerIsTheSameWithAnyThreads() {
    Random random = new Random(8);
    Bottlenecks bottlenecks = Bottlenecks.of(rows(random, 800, 70));
    List<Optional<PerceptualHash>> hashes = hashes(random, 800);

    long[] reached = new long[2];
    NearDuplicates alone =
        NearDuplicates.of(
            bottlenecks,
            hashes,
            1,
            (done, all) -> {
              assertThat(done).isBetween(reached[0], all);
              reached[0] = done;
              reached[1] = all;
            });

    assertThat(reached[0]).isPositive().isEqualTo(reached[1]);

    assertThat(NearDuplicates.of(bottlenecks, hashes, 2)).isEqualTo(alone);
    assertThat(NearDuplicates.of(bottlenecks, hashes, 5)).isEqualTo(alone);
  }

  @Test
  void aSmallGroupHasAllItsPairsAndALargeOneAPairForEachPhoto() {
    float[][] small = new float[30][];
    float[][] large = new float[5000][];
    Arrays.fill(small, new float[] {1, 2, 3});
    Arrays.fill(large, new float[] {1, 2, 3});

    NearDuplicates all = of(small, Collections.nCopies(30, hash(7, 0)));
    NearDuplicates some = of(large, Collections.nCopies(5000, hash(7, 0)));

    assertThat(all.pairs()).hasSize(30 * 29 / 2);
    assertThat(all.pairs().get(0).similarity()).isCloseTo(1, offset(1e-6f));
    assertThat(some.pairs()).hasSize(4999);
    assertThat(some.groups()).hasSize(1);
    assertThat(some.groups().get(0)).hasSize(5000);
  }

  @Test
  void rowsOfZerosAndOnePhotoAreNoTrouble() {
    assertThat(
            of(new float[][] {{0, 0}, {0, 0}, {1, 0}}, Collections.nCopies(3, hash(1, 0))).pairs())
        .isEmpty();
    assertThat(of(new float[][] {{1, 2}}, List.of(hash(1, 0))).groups()).isEmpty();
  }

  private static Photo photo(String name) {
    return new Photo(PhotoSource.bytes(name, new byte[0]), name, 0);
  }

  @Test
  void groupsByNameAndByLikenessAreJoined() {
    List<Photo> photos =
        Stream.of("a/1", "a/2", "a/3_nohash_1", "a/3_nohash_2", "a/4", "b/1", "b/2")
            .map(NearDuplicatesTest::photo)
            .toList();
    NearDuplicates found = new NearDuplicates(List.of(), List.of(List.of(1, 3), List.of(0, 5)));

    assertThat(found.photos()).isEqualTo(4);
    assertThat(found.grouped(photos))
        .extracting(Photo::group)
        .containsExactly("a/1", "a/2", "a/2", "a/2", "a/4", "a/1", "b/2");
    assertThat(found.grouped(photos))
        .extracting(Photo::name)
        .containsExactly("a/1", "a/2", "a/3_nohash_1", "a/3_nohash_2", "a/4", "b/1", "b/2");
  }

  @Test
  void everyPhotoNeedsAPlaceForItsHash() {
    assertThatThrownBy(() -> of(new float[][] {{1, 2}}, List.of()))
        .hasMessage("0 hashes for bottlenecks [1, 2]");
  }
}

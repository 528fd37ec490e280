package org.pupil.similarity;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupil.background.Progress;
import org.pupil.background.Workers;
import org.pupil.bottleneck.Bottlenecks;

/** Looks at all pairs of photos for near-duplicates. */
final class NearDuplicateSearch {
  /** The similarity of photos that are no near-duplicates. */
  static final float UNLIKE = Float.NEGATIVE_INFINITY;

  /** Photos that a thread takes at a time. */
  private static final int BLOCK = 256;

  /** What rounding may take from the product of two sketches. */
  private static final float ROUNDED = 1e-4f;

  /** Photos by whose pairs it is guessed how many pairs will have to be compared. */
  private static final int SAMPLE = 400;

  /** Pairs that could be compared in the time that a sketch takes. */
  private static final long PAIRS_OF_A_SKETCH = 200_000;

  /** And in that of one photo more in it. */
  private static final long PAIRS_OF_A_SKETCHED_PHOTO = 64;

  /** Fewer photos without a hash are compared with all sooner than {@link SignBits} are made. */
  private static final int FEWEST_FOR_SIGNS = 128;

  private final Bottlenecks bottlenecks;
  private final float[] scales;
  private final long[] hashes;
  private final long[] mirrored;
  private final float[] blueness;
  private final float[] redness;
  private final BitSet hashed = new BitSet();
  private final float least;
  private final float leastOfManyBits;
  private final float leastAlone;

  NearDuplicateSearch(Bottlenecks bottlenecks, List<Optional<PerceptualHash>> photoHashes) {
    int size = bottlenecks.size();
    this.bottlenecks = bottlenecks;
    this.scales = new float[size];
    this.hashes = new long[size];
    this.mirrored = new long[size];
    this.blueness = new float[size];
    this.redness = new float[size];
    for (int i = 0; i < size; i++) {
      scales[i] = (float) Cosines.scale(bottlenecks.row(i));
      Optional<PerceptualHash> hash = photoHashes.get(i);
      if (hash.isPresent()) {
        hashed.set(i);
        hashes[i] = hash.get().bits();
        mirrored[i] = hash.get().mirrored();
        blueness[i] = hash.get().blueness();
        redness[i] = hash.get().redness();
      }
    }
    double typical = TypicalCosine.of(bottlenecks, scales);
    this.least = cosine(typical, NearDuplicates.LEAST);
    this.leastOfManyBits = cosine(typical, NearDuplicates.LEAST_OF_MANY_BITS);
    this.leastAlone = cosine(typical, NearDuplicates.LEAST_ALONE);
  }

  /** The cosine that goes so far from a typical one to 1. */
  private static float cosine(double typical, double share) {
    return (float) (typical + share * (1 - typical));
  }

  /**
   * Photos that a chain of near-duplicates connects.
   *
   * @param progress hears how many pairs have been looked at
   */
  UnionFind connected(Workers workers, Progress progress) {
    int size = bottlenecks.size();
    int[] others = IntStream.range(0, size).filter(i -> !hashed.get(i)).toArray();
    long all = (long) size * (size - 1) / 2 + (long) others.length * size;
    AtomicLong done = new AtomicLong();
    progress.reached(0, all);
    UnionFind connected = new UnionFind(size);
    Sketch sketch = isWorthASketch() ? Sketch.of(bottlenecks, scales, workers) : null;
    int blocks = (size + BLOCK - 1) / BLOCK;
    workers.run(
        blocks,
        i -> {
          // The last blocks have the most photos before them: they begin.
          int from = (blocks - 1 - i) * BLOCK;
          int to = Math.min(size, from + BLOCK);
          compareHashes(from, to, sketch, connected);
          progress.reached(done.addAndGet((long) (to - from) * (from + to - 1) / 2), all);
        });
    if (others.length > 0) {
      SignBits signs = others.length < FEWEST_FOR_SIGNS ? null : SignBits.of(bottlenecks, workers);
      workers.run(
          others.length,
          i -> {
            compareSigns(others[i], signs, sketch, connected);
            progress.reached(done.addAndGet(size), all);
          });
    }
    return connected;
  }

  /**
   * Whether so many pairs may be near by their hashes that a sketch saves more time than it takes.
   */
  private boolean isWorthASketch() {
    int size = bottlenecks.size();
    int sample = Math.min(size, SAMPLE);
    long pairs = 0;
    long near = 0;
    for (int a = 0; a < sample; a++) {
      int j = (int) ((long) a * size / sample);
      for (int b = 0; b < a; b++, pairs++) {
        int i = (int) ((long) b * size / sample);
        near += leastCosine(i, j) <= 1 ? 1 : 0;
      }
    }
    double expected = pairs == 0 ? 0 : (double) near / pairs * size * (size - 1) / 2;
    return expected > PAIRS_OF_A_SKETCH + PAIRS_OF_A_SKETCHED_PHOTO * size;
  }

  /** Looks at pairs of photos that have hashes: one of a block, and one before it. */
  private void compareHashes(int from, int to, @Nullable Sketch sketch, UnionFind connected) {
    for (int j = from; j < to; j++) {
      if (!hashed.get(j)) {
        continue;
      }
      long hash = hashes[j];
      long turned = mirrored[j];
      for (int i = 0; i < j; i++) {
        if (bits(i, hash, turned) <= NearDuplicates.MOST_BITS && hashed.get(i)) {
          compare(i, j, sketch, connected);
        }
      }
    }
  }

  /** Looks at the pairs of a photo without a hash. */
  private void compareSigns(
      int j, @Nullable SignBits signs, @Nullable Sketch sketch, UnionFind connected) {
    int most = SignBits.most(leastAlone);
    for (int i = 0; i < bottlenecks.size(); i++) {
      // Two photos without hashes meet twice, and are looked at once.
      if ((signs == null || signs.distance(i, j) <= most) && (i < j || hashed.get(i))) {
        compare(i, j, sketch, connected);
      }
    }
  }

  /** Looks at one pair. */
  private void compare(int i, int j, @Nullable Sketch sketch, UnionFind connected) {
    float least = leastCosine(i, j);
    if (least <= 1
        && (sketch == null || sketch.bound(i, j) >= least - ROUNDED)
        && !connected.isTogether(i, j)
        && similarity(i, j) != UNLIKE) {
      connected.join(i, j);
    }
  }

  /** The cosine of two photos' bottlenecks, at most 1; or {@link #UNLIKE}. */
  float similarity(int i, int j) {
    float least = leastCosine(i, j);
    if (least > 1) {
      return UNLIKE;
    }
    float product = Cosines.product(bottlenecks.row(i), bottlenecks.row(j));
    float cosine = Cosines.bounded(product * scales[i] * scales[j]);
    return cosine >= least ? cosine : UNLIKE;
  }

  /** The cosine that two photos must have, by their hashes; above 1 if none is enough. */
  private float leastCosine(int i, int j) {
    if (!hashed.get(i) || !hashed.get(j)) {
      return leastAlone;
    }
    int bits = bits(i, hashes[j], mirrored[j]);
    boolean hasOtherColours =
        Math.abs(blueness[i] - blueness[j]) > NearDuplicates.MOST_COLOUR
            || Math.abs(redness[i] - redness[j]) > NearDuplicates.MOST_COLOUR;
    if (bits > NearDuplicates.MOST_BITS || hasOtherColours) {
      return Float.POSITIVE_INFINITY;
    }
    return bits > NearDuplicates.FEW_BITS ? leastOfManyBits : least;
  }

  /** As {@link PerceptualHash#distance}. */
  private int bits(int i, long hash, long turned) {
    int straight = Long.bitCount(hashes[i] ^ hash);
    int mirroredOnce =
        Math.min(Long.bitCount(hashes[i] ^ turned), Long.bitCount(mirrored[i] ^ hash));
    return Math.min(straight, mirroredOnce);
  }
}

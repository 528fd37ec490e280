package org.pupil.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.pupil.bottleneck.Bottlenecks;
import org.pupil.similarity.NearDuplicates;
import org.pupil.similarity.PerceptualHash;

/** How long it takes to find near-duplicates, and how that grows. */
final class NearDuplicateBenchmark {
  private static final int FLOATS = 1280;
  private static final int KINDS = 200;

  /** Each so-manieth photo is nearly the one before it. */
  private static final int COPY = 20;

  private final int cores;

  NearDuplicateBenchmark(int cores) {
    this.cores = cores;
  }

  /**
   * @param withHashes whether the photos have thumbnails; else bottlenecks are all there is
   */
  Row run(int photos, boolean withHashes, String goal) throws Exception {
    SplittableRandom random = new SplittableRandom(photos);
    Bottlenecks bottlenecks = bottlenecks(photos, random);
    List<Optional<PerceptualHash>> hashes = hashes(photos, withHashes, random);
    List<NearDuplicates> found = new ArrayList<>();
    double seconds = Timing.seconds(() -> found.add(NearDuplicates.of(bottlenecks, hashes, cores)));
    // A few more are near by chance, since their noise comes from one place.
    int groups = found.get(0).groups().size();
    if (groups < photos / COPY) {
      throw new IllegalStateException("only " + groups + " groups of near-duplicates were found");
    }
    return Row.alone(
        String.format(
            Locale.ROOT,
            "near-duplicates among %,d photos of %,d numbers%s",
            photos,
            FLOATS,
            withHashes ? "" : ", without thumbnails"),
        Row.seconds(seconds),
        goal);
  }

  /** Photos of many kinds: what they have in common, and numbers of their own. None is negative. */
  private static Bottlenecks bottlenecks(int photos, SplittableRandom random) {
    float[] noise = new float[1 << 20];
    Random gaussian = new Random(1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) gaussian.nextGaussian();
    }
    float[][] rows = new float[photos][FLOATS];
    for (int i = 0; i < photos; i++) {
      boolean isCopy = i % COPY == COPY - 1;
      int kind = random.nextInt(KINDS) * FLOATS;
      int own = random.nextInt(noise.length - FLOATS);
      for (int j = 0; j < FLOATS; j++) {
        float common = isCopy ? rows[i - 1][j] : noise[kind + j];
        rows[i][j] = Math.max(0, common + (isCopy ? 0.1f : 0.8f) * noise[own + j]);
      }
    }
    return Bottlenecks.of(rows);
  }

  private static List<Optional<PerceptualHash>> hashes(
      int photos, boolean withHashes, SplittableRandom random) {
    List<Optional<PerceptualHash>> hashes = new ArrayList<>(photos);
    for (int i = 0; i < photos; i++) {
      if (withHashes && i % COPY == COPY - 1) {
        hashes.add(hashes.get(i - 1));
      } else {
        hashes.add(
            withHashes
                ? Optional.of(new PerceptualHash(random.nextLong(), random.nextLong(), 128, 128))
                : Optional.empty());
      }
    }
    return hashes;
  }
}

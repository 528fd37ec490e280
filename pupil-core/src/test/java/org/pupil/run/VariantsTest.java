package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckKey;
import org.pupil.bottleneck.ContentHash;
import org.pupil.bottleneck.FoundBottlenecks;
import org.pupil.bottleneck.VariantListener;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.files.Sha256;
import org.pupil.images.Distortions;
import org.pupil.training.Optimizer;

/** Distorted variants of training photos, whose bottlenecks are cached. */
class VariantsTest {
  private static final Distortions TWO = distortions(2);

  @TempDir Path folder;
  private TestRun testRun;

  @BeforeEach
  void makePhotos() {
    testRun = new TestRun(folder);
    testRun.distortions = TWO;
  }

  private static Distortions distortions(int variants) {
    return new Distortions(true, 30, 20, 40, 25, 30, 20, variants);
  }

  private List<BottleneckKey> keys(BottleneckCache cache) throws IOException {
    String sha256 =
        Sha256.hex(Sha256.digest().digest(Files.readAllBytes(folder.resolve("tiny.pb"))));
    return cache.keys(sha256).stream()
        .filter(key -> key.preprocessing().contains("distorted"))
        .toList();
  }

  private Split split() {
    return testRun.heard.splits.get(testRun.heard.splits.size() - 1);
  }

  private List<ContentHash> contents(SplitSet set) {
    return IntStream.of(split().indices(set)).mapToObj(testRun.heard.bottlenecks::content).toList();
  }

  private VariantListener.Cost onlyCost() {
    assertThat(testRun.heard.variantCosts).hasSize(1);
    return testRun.heard.variantCosts.get(0);
  }

  /** How many photos of a set have each variant in the cache. */
  private List<Integer> variantsOf(SplitSet set) throws IOException {
    List<Integer> counts = new ArrayList<>();
    try (BottleneckCache cache = BottleneckCache.open(testRun.bottlenecks)) {
      for (BottleneckKey key : keys(cache)) {
        FoundBottlenecks found = cache.findContents(key, contents(set));
        counts.add(found.foundCount());
      }
    }
    return counts;
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "MOMENTUM"})
  void onlyTrainingPhotosAreEverDistorted(Optimizer optimizer) throws IOException {
    testRun.training(optimizer, 0.1, 12, 0).run();
    int training = contents(SplitSet.TRAINING).size();
    assertThat(training).isGreaterThan(20);
    assertThat(contents(SplitSet.VALIDATION)).isNotEmpty();
    assertThat(contents(SplitSet.TESTING)).isNotEmpty();
    assertThat(variantsOf(SplitSet.TRAINING)).isEqualTo(Collections.nCopies(2, training));
    assertThat(variantsOf(SplitSet.VALIDATION)).containsOnly(0);
    assertThat(variantsOf(SplitSet.TESTING)).containsOnly(0);
  }

  @Test
  void whatItCostsIsToldAndCostsNothingTheSecondTime() {
    testRun.run();
    VariantListener.Cost cost = onlyCost();
    int training = contents(SplitSet.TRAINING).size();
    assertThat(cost.photos()).isEqualTo(training);
    assertThat(cost.variants()).isEqualTo(2);
    assertThat(cost.missing()).isEqualTo(2 * training);
    assertThat(cost.left()).isPresent();
    assertThat(testRun.heard.variantsDone).isEqualTo(2 * training);

    // Other training options change nothing about it.
    testRun.training(Optimizer.ADAM, 0.01, 30, 0).run();
    testRun.training(Optimizer.AUTO, 0.01, 30, 0).run();
    assertThat(testRun.heard.variantCosts).hasSize(1);
  }

  @Test
  void moreVariantsNeedOnlyTheNewOnes() {
    testRun.run();
    testRun.heard.variantCosts.clear();
    testRun.distortions = distortions(11);
    testRun.run();
    assertThat(onlyCost().missing()).isEqualTo(9 * contents(SplitSet.TRAINING).size());
  }

  @Test
  void photosThatAreAddedChangeNothingForTheOthers() {
    testRun.run();
    int before = contents(SplitSet.TRAINING).size();
    testRun.heard.variantCosts.clear();
    // Names that are sorted before all others.
    for (int i = 0; i < 30; i++) {
      testRun.picture("apple", "a" + i + ".png", 0x801010 + i * 0x020301);
    }
    testRun.run();
    int added = contents(SplitSet.TRAINING).size() - before;
    assertThat(added).isGreaterThan(10);
    assertThat(onlyCost().missing()).isEqualTo(2 * added);
  }

  @Test
  void copiesOfAPhotoAreComputedOnce() throws IOException {
    byte[] apple = Files.readAllBytes(testRun.photos.resolve("apple/apple0.png"));
    for (int i = 0; i < 10; i++) {
      testRun.file("apple/copy" + i + ".png", apple);
    }
    testRun.run();
    List<ContentHash> training = contents(SplitSet.TRAINING);
    long distinct = training.stream().distinct().count();
    assertThat(distinct).isLessThan(training.size());
    assertThat(onlyCost().missing()).isEqualTo(2 * (int) distinct);
  }

  @Test
  void otherDistortionsAndOtherSeedsAreOthers() {
    testRun.run();
    testRun.heard.variantCosts.clear();
    testRun.distortions = new Distortions(true, 30, 20, 40, 25, 30, 21, 2);
    testRun.run();
    testRun.seed(1).run();
    assertThat(testRun.heard.variantCosts)
        .extracting(VariantListener.Cost::missing)
        .containsExactly(
            2 * contents(SplitSet.TRAINING).size(), 2 * contents(SplitSet.TRAINING).size());
  }

  @Test
  void withoutADistortionThereAreNoVariants() throws IOException {
    testRun.distortions = new Distortions(false, 0, 0, 0, 0, 0, 0, 8);
    testRun.run();
    assertThat(testRun.heard.events).doesNotContain("variants");
    assertThat(variantsOf(SplitSet.TRAINING)).isEmpty();
  }

  @Test
  void aRunThatFailedGoesOnWhereItWas() throws IOException {
    testRun.distortions = distortions(20);
    Path[] changed = new Path[1];
    byte[][] content = new byte[1][];
    testRun.heard.whenBottlenecksAreReady =
        () -> {
          List<Photo> training = split().photos(SplitSet.TRAINING);
          changed[0] = testRun.photos.resolve(training.get(training.size() - 1).name());
          try {
            content[0] = Files.readAllBytes(changed[0]);
            Files.write(changed[0], new byte[] {1});
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    assertThatThrownBy(testRun::run)
        .hasMessageContaining("has changed since this training run began");
    testRun.heard.whenBottlenecksAreReady = () -> {};
    testRun.heard.variantCosts.clear();
    Files.write(changed[0], content[0]);
    testRun.run();
    int training = contents(SplitSet.TRAINING).size();
    assertThat(onlyCost().missing()).isLessThan(20 * training);
    assertThat(variantsOf(SplitSet.TRAINING)).isEqualTo(Collections.nCopies(20, training));
  }
}

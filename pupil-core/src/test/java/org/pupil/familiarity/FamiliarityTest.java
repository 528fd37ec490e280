package org.pupil.familiarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.Labels;
import org.pupil.errors.PupilException;
import org.pupil.training.TrainingData;

class FamiliarityTest {
  private static final int DIMENSION = 24;
  private static final FamiliaritySettings USUAL = new FamiliaritySettings(95, 0);

  /** Two labels, each around a direction of its own, with noise. */
  private static float[][] photos(int count, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[count][DIMENSION];
    for (int photo = 0; photo < count; photo++) {
      for (int j = 0; j < DIMENSION; j++) {
        rows[photo][j] = (float) Math.abs(random.nextGaussian());
      }
      rows[photo][photo % 2] += 6;
    }
    return rows;
  }

  private static TrainingData data(float[][] rows, int[] groups) {
    int[] labels = IntStream.range(0, rows.length).map(photo -> photo % 2).toArray();
    return new TrainingData(new Labels(List.of("cat", "dog")), DIMENSION, rows, labels, groups);
  }

  private static TrainingData data(float[][] rows) {
    return data(rows, IntStream.range(0, rows.length).toArray());
  }

  private static double unlike(Familiarity familiarity, float[][] rows) {
    return Arrays.stream(rows).filter(row -> familiarity.isUnlike(familiarity.of(row, 0))).count()
        / (double) rows.length;
  }

  /** Those that are kept are the unusual ones, so that a few less are refused. */
  @Test
  void aboutAsManyPhotosLikeTheTrainingPhotosAreRefusedAsWereAskedFor() {
    float[][] others = photos(4000, 2);
    for (int kept : new int[] {40, 1000}) {
      Familiarity five = Familiarity.learn(data(photos(1000, 1)), USUAL, kept).orElseThrow();
      Familiarity twenty =
          Familiarity.learn(data(photos(1000, 1)), new FamiliaritySettings(80, 0), kept)
              .orElseThrow();

      assertThat(unlike(five, others)).isBetween(0.02, 0.06);
      assertThat(unlike(twenty, others)).isBetween(0.15, 0.23);
    }
  }

  @Test
  void photosOfAnotherKindAreRefused() {
    Familiarity familiarity = Familiarity.learn(data(photos(300, 1)), USUAL, 100).orElseThrow();
    float[][] others = photos(200, 3);
    for (float[] row : others) {
      row[0] = 0;
      row[1] = 0;
      row[7] += 6;
    }

    assertThat(unlike(familiarity, others)).isGreaterThan(0.98);
  }

  @Test
  void itIsTheCosineWithTheFifthNearest() {
    float[][] rows = photos(200, 1);
    Familiarity familiarity = Familiarity.learn(data(rows), USUAL, 1000).orElseThrow();
    float[] photo = photos(201, 9)[200];
    double[] cosines =
        Arrays.stream(rows).mapToDouble(row -> cosine(row, photo)).sorted().toArray();

    assertThat(familiarity.nearest()).isEqualTo(5);
    assertThat(familiarity.photos().size()).isEqualTo(200);
    assertThat(familiarity.of(photo, 0)).isCloseTo((float) cosines[195], within(2e-4f));
  }

  private static double cosine(float[] x, float[] y) {
    double product = 0;
    double squaresX = 0;
    double squaresY = 0;
    for (int j = 0; j < x.length; j++) {
      product += x[j] * y[j];
      squaresX += x[j] * x[j];
      squaresY += y[j] * y[j];
    }
    return product / Math.sqrt(squaresX * squaresY);
  }

  @Test
  void theLengthOfABottleneckDoesNotCountAndOneOfZerosHasNoDirection() {
    Familiarity familiarity = Familiarity.learn(data(photos(100, 1)), USUAL, 50).orElseThrow();
    float[] photo = photos(1, 9)[0];
    float[] thrice = new float[DIMENSION + 2];
    for (int j = 0; j < DIMENSION; j++) {
      thrice[j + 2] = 4 * photo[j];
    }

    assertThat(familiarity.of(thrice, 2)).isCloseTo(familiarity.of(photo, 0), within(1e-6f));
    assertThat(familiarity.of(new float[DIMENSION], 0)).isZero();
    thrice[5] = Float.NaN;
    assertThat(familiarity.of(thrice, 2)).isNaN();
    assertThat(familiarity.isUnlike(Float.NaN)).isTrue();
  }

  /** Each photo six times: alone, each would have a fifth neighbour that equals it. */
  @Test
  void photosOfOneGroupAreLeftOutTogether() {
    float[][] once = photos(40, 1);
    float[][] rows = new float[240][];
    Arrays.setAll(rows, photo -> once[photo % 40]);
    int[] groups = IntStream.range(0, 240).map(photo -> photo % 40).toArray();

    assertThat(Familiarity.learn(data(rows), USUAL, 240).orElseThrow().threshold())
        .isCloseTo(1, within(1e-6f));
    assertThat(Familiarity.learn(data(rows, groups), USUAL, 240).orElseThrow().threshold())
        .isLessThan(0.95f);
  }

  @Test
  void theSameSeedKeepsTheSamePhotos() {
    TrainingData data = data(photos(300, 1));
    Familiarity first = Familiarity.learn(data, USUAL, 50).orElseThrow();
    Familiarity again = Familiarity.learn(data, USUAL, 50).orElseThrow();
    Familiarity other = Familiarity.learn(data, new FamiliaritySettings(95, 1), 50).orElseThrow();

    assertThat(again.photos().toBytes()).isEqualTo(first.photos().toBytes());
    assertThat(again.threshold()).isEqualTo(first.threshold());
    assertThat(other.photos().toBytes()).isNotEqualTo(first.photos().toBytes());
  }

  @Test
  void aRareKindOfPhotosIsAmongThoseThatAreKept() {
    float[][] rows = photos(500, 1);
    for (int photo = 0; photo < 6; photo++) {
      Arrays.fill(rows[photo], 0.1f);
      rows[photo][20] = 7 + photo;
    }
    Familiarity familiarity = Familiarity.learn(data(rows), USUAL, 30).orElseThrow();

    float[] rare = new float[DIMENSION];
    rare[20] = 1;
    assertThat(familiarity.photos().cosine(rare, 0, 1)).isGreaterThan(0.99f);
  }

  @Test
  void fewPhotosRefuseNothing() {
    // One of 8 would be nearer to 11 % than to 5 %.
    Familiarity few = Familiarity.learn(data(photos(8, 1)), USUAL, 100).orElseThrow();
    assertThat(few.threshold()).isEqualTo(-1);
    Familiarity two = Familiarity.learn(data(photos(2, 1)), USUAL, 100).orElseThrow();
    assertThat(two.nearest()).isEqualTo(1);
    assertThat(two.isUnlike(two.of(photos(1, 5)[0], 0))).isFalse();
    assertThat(
            Familiarity.learn(data(photos(400, 1)), new FamiliaritySettings(100, 0), 100)
                .orElseThrow()
                .threshold())
        .isEqualTo(-1);
  }

  @Test
  void whatCannotBeLearnedIsNot() {
    assertThat(Familiarity.learn(data(photos(100, 1)), USUAL, 7)).isEmpty();
    assertThat(Familiarity.learn(data(photos(100, 1), new int[100]), USUAL, 50)).isEmpty();
  }

  @Test
  void theKeptPhotosAreReadAsTheyWereWritten() {
    CoreSet photos = Familiarity.learn(data(photos(100, 1)), USUAL, 10).orElseThrow().photos();
    byte[] bytes = photos.toBytes();

    assertThat(bytes).hasSize(2 * 10 * DIMENSION);
    assertThat(CoreSet.read(ByteBuffer.wrap(bytes), 10, DIMENSION).toBytes()).isEqualTo(bytes);
    assertThatThrownBy(() -> CoreSet.read(ByteBuffer.wrap(bytes), 11, DIMENSION))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CoreSet.read(ByteBuffer.wrap(bytes), 1 << 30, 1 << 30))
        .isInstanceOf(IllegalArgumentException.class);
    bytes[41] = 0x7c;
    assertThatThrownBy(() -> CoreSet.read(ByteBuffer.wrap(bytes), 10, DIMENSION))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void impossibleSettingsAreRefused() {
    for (double percentage : new double[] {0, -5, 100.5, Double.NaN}) {
      assertThatThrownBy(() -> new FamiliaritySettings(percentage, 0))
          .isInstanceOf(PupilException.class)
          .hasMessage("familiarPercentage must be more than 0 and at most 100, was " + percentage);
    }
  }

  @Test
  void anAnswerIsUndecidedWhileTheFirstIsNotTwiceAsLikelyAsTheSecond() {
    assertThat(Ambiguity.DEFAULT.isBetween(0.62f, 0.37f)).isTrue();
    assertThat(Ambiguity.DEFAULT.isBetween(0.5f, 0.25f)).isFalse();
    assertThat(Ambiguity.DEFAULT.isBetween(0.3f, 0.16f)).isTrue();
    assertThat(Ambiguity.DEFAULT.isBetween(1, Float.NaN)).isFalse();
    assertThatThrownBy(() -> new Ambiguity(0.9f)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Ambiguity(Float.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}

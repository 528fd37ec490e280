package org.pupil.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CuePredictionTest {
  private static final double Z = 3;

  private static List<CuePrediction.Outcome> outcomes(
      int photos, int labels, IntFunction<Cue.Value> values) {
    return outcomes(photos, labels, values, IntStream.range(0, photos).toArray());
  }

  private static List<CuePrediction.Outcome> outcomes(
      int photos, int labels, IntFunction<Cue.Value> values, int[] groups) {
    return new CuePrediction(
            IntStream.range(0, photos).mapToObj(values).toArray(Cue.Value[]::new),
            IntStream.range(0, photos).map(i -> i % labels).toArray(),
            groups,
            labels,
            7,
            Z)
        .outcomes();
  }

  private static Cue.Value number(double value) {
    return new Cue.Value(value, null);
  }

  private static Cue.Value text(String value) {
    return new Cue.Value(Double.NaN, value);
  }

  @Test
  void aValueThatOnlyOneLabelHasTellsIt() {
    List<CuePrediction.Outcome> told = outcomes(200, 4, i -> text(i % 4 == 2 ? "PNG" : "JPEG"));

    assertThat(told).hasSize(4);
    assertThat(told.get(2).accuracy()).isEqualTo(1);
    assertThat(told.get(2).low()).isBetween(0.8, 0.97);
    // Who is no PNG is one of three.
    assertThat(told.get(0).accuracy()).isBetween(0.6, 0.7);
  }

  @Test
  void manyPhotosOfOneSceneCountAsOne() {
    int[] alone = IntStream.range(0, 140).toArray();
    int[] twoScenes = IntStream.range(0, 140).map(i -> isOfAScene(i) ? 200 + i / 60 : i).toArray();
    IntFunction<Cue.Value> format = i -> text(isOfAScene(i) ? "PNG" : "JPEG");

    assertThat(outcomes(140, 2, format, alone).get(0).accuracy()).isGreaterThan(0.9);
    // Two scenes and ten other photos, of which the scenes are told.
    assertThat(outcomes(140, 2, format, twoScenes).get(0).accuracy()).isBetween(0.55, 0.65);
  }

  /** Of 60 of the 70 photos of the first label. */
  private static boolean isOfAScene(int photo) {
    return photo % 2 == 0 && photo < 120;
  }

  @Test
  void aNumberTellsByItsRange() {
    Random random = new Random(1);

    List<CuePrediction.Outcome> told =
        outcomes(200, 2, i -> number(random.nextDouble() + (i % 2 == 0 ? 0 : 0.8)));

    // By the best threshold nine of ten.
    assertThat(told.get(0).accuracy()).isBetween(0.8, 0.95);
  }

  @Test
  void aNumberTellsAlsoIfTheLabelHasBothEnds() {
    Random random = new Random(1);

    assertThat(
            outcomes(
                    200,
                    2,
                    i ->
                        number(
                            i % 2 == 0
                                ? random.nextDouble()
                                : random.nextBoolean() ? 1.5 : -random.nextDouble()))
                .get(0)
                .accuracy())
        .isGreaterThan(0.9);
  }

  /** In two hundred tests of nothing, none of 95 % confidence over all reaches far. */
  @ParameterizedTest
  @ValueSource(ints = {20, 60, 300})
  void whatTellsNothingIsNearChance(int photos) {
    Random random = new Random(2);
    for (int i = 0; i < 100; i++) {
      for (CuePrediction.Outcome told : outcomes(photos, 2, p -> number(random.nextDouble()))) {
        assertThat(told.low()).isLessThan(0.55);
      }
      for (CuePrediction.Outcome told : outcomes(photos, 2, p -> text("" + random.nextInt(9)))) {
        assertThat(told.low()).isLessThan(0.55);
      }
    }
  }

  @Test
  void copiesCountAsOneAndDoNotAnswerForEachOther() {
    // Ten photos of a day each, all of one label: 4 days a label.
    int[] days = IntStream.range(0, 80).map(i -> i / 10).toArray();
    int[] labelOf = Arrays.stream(days).map(day -> day % 2).toArray();
    Cue.Value[] values =
        Arrays.stream(days).mapToObj(day -> text("day " + day)).toArray(Cue.Value[]::new);

    CuePrediction.Outcome apart =
        new CuePrediction(values, labelOf, IntStream.range(0, 80).toArray(), 2, 1, Z)
            .outcomes()
            .get(0);
    CuePrediction.Outcome together =
        new CuePrediction(values, labelOf, days, 2, 1, Z).outcomes().get(0);

    assertThat(apart.accuracy()).isEqualTo(1);
    assertThat(together.low()).isLessThan(0.5);
  }

  @Test
  void labelsOfVeryDifferentSizesHaveTheSameWeight() {
    // Every twentieth photo is of label 1, and nothing tells it.
    int[] labelOf = IntStream.range(0, 400).map(i -> i % 20 == 0 ? 1 : 0).toArray();
    Random random = new Random(4);
    Cue.Value[] values =
        IntStream.range(0, 400)
            .mapToObj(i -> text("" + random.nextInt(2)))
            .toArray(Cue.Value[]::new);

    assertThat(
            new CuePrediction(values, labelOf, IntStream.range(0, 400).toArray(), 2, 1, Z)
                .outcomes()
                .get(0)
                .accuracy())
        .isBetween(0.25, 0.75);
  }
}

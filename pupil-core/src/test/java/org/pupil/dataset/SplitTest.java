package org.pupil.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupil.dataset.SplitSet.TESTING;
import static org.pupil.dataset.SplitSet.TRAINING;
import static org.pupil.dataset.SplitSet.VALIDATION;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

class SplitTest {
  private static final SplitSettings RETRAIN = new SplitSettings(SplitRule.RETRAIN, 10, 10, 0);

  private static SplitSettings stratified(int testing, int validation) {
    return new SplitSettings(SplitRule.STRATIFIED, testing, validation, 0);
  }

  /** Photos of a label: {@code cat/0.jpg} and on. */
  private static Stream<String> some(int count, String label) {
    return IntStream.range(0, count).mapToObj(i -> label + "/" + i + ".jpg");
  }

  private static Split split(SplitSettings settings, Stream<String> cats, Stream<String> dogs) {
    return Split.of(SplitGoldenTest.photos(Stream.concat(cats, dogs).toList()), settings);
  }

  @Test
  void aLabelWithThreePhotosHasOneInEachSet() {
    Split split = split(SplitSettings.DEFAULT, some(3, "cat"), some(90, "dog"));

    for (SplitSet set : SplitSet.values()) {
      assertThat(split.count(set, 0)).isEqualTo(1);
    }
    assertThat(split.problems()).isEmpty();
  }

  @Test
  void aLabelWithFivePhotosKeepsThreeForTraining() {
    Split split = split(SplitSettings.DEFAULT, some(5, "cat"), some(90, "dog"));

    assertThat(split.count(TRAINING, 0)).isEqualTo(3);
    assertThat(split.count(VALIDATION, 0)).isEqualTo(1);
    assertThat(split.count(TESTING, 0)).isEqualTo(1);
  }

  @Test
  void aLabelWithTwoPhotosHasNoneForValidation() {
    Split split = split(SplitSettings.DEFAULT, some(2, "cat"), some(90, "dog"));

    assertThat(split.count(TRAINING, 0)).isEqualTo(1);
    assertThat(split.count(TESTING, 0)).isEqualTo(1);
    assertThat(split.problems())
        .containsExactly(
            new Problem(
                Problem.Kind.MISSING_IN_A_SET,
                0,
                "label 'cat' has no photo for validation: labels need at least three photos each:"
                    + " add some"));
  }

  @Test
  void aLabelWithOnePhotoIsAllForTraining() {
    Split split = split(SplitSettings.DEFAULT, some(1, "cat"), some(90, "dog"));

    assertThat(split.count(TRAINING, 0)).isEqualTo(1);
    assertThat(split.problems())
        .extracting(problem -> problem.messageIn(Setting::toString))
        .containsExactly(
            "label 'cat' has no photo for validation and testing: labels need at least three photos"
                + " each: add some");
  }

  @Test
  void ofALabelWhosePhotosBelongTogetherItIsSaidThatTheyCountAsOne() {
    Split split =
        split(
            SplitSettings.DEFAULT,
            IntStream.range(0, 25).mapToObj(i -> "cat/scene_nohash_" + i + ".jpg"),
            some(90, "dog"));

    assertThat(split.problems())
        .extracting(problem -> problem.messageIn(Setting::toString))
        .containsExactly(
            "label 'cat' has no photo for validation and testing: its 25 photos are nearly the same,"
                + " or named as a group, and count as 1: add photos that differ more");
  }

  @Test
  void tooFewPhotosForAWholeSetAreBadInput() {
    assertThatExceptionOfType(PupilException.class)
        .isThrownBy(() -> split(SplitSettings.DEFAULT, some(2, "cat"), some(2, "dog")))
        .withMessage(
            "no photo at all for validation: labels need at least three photos each: add some, or"
                + " set validationPercentage=0")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_INPUT));
    assertThat(split(stratified(10, 0), some(2, "cat"), some(2, "dog")).count(TESTING))
        .isEqualTo(2);
  }

  @Test
  void noShareIsNoSet() {
    Split split = split(stratified(0, 0), some(30, "cat"), some(1, "dog"));

    assertThat(split.photos(VALIDATION)).isEmpty();
    assertThat(split.photos(TESTING)).isEmpty();
    assertThat(split.photos(TRAINING)).hasSize(31);
    assertThat(split.problems()).isEmpty();
  }

  @Test
  void setsHoldTheirPhotosInTheOrderOfTheScan() {
    Split split = split(stratified(30, 20), some(40, "cat"), some(50, "dog"));

    List<Photo> photos = split.all().photos();
    List<Photo> parts = new ArrayList<>();
    for (SplitSet set : SplitSet.values()) {
      int[] indices = split.indices(set);
      assertThat(indices).isSorted();
      assertThat(split.photos(set))
          .isEqualTo(IntStream.of(indices).mapToObj(photos::get).toList())
          .hasSize(split.count(set));
      assertThat(split.count(set)).isEqualTo(split.count(set, 0) + split.count(set, 1));
      assertThat(IntStream.of(indices)).allMatch(i -> split.setOf(i) == set);
      parts.addAll(split.photos(set));
    }
    assertThat(parts).containsExactlyInAnyOrderElementsOf(photos);
  }

  @Test
  void aBurstStaysTogetherByTheLastPartOfItsNameOnly() {
    assertThat(Photo.groupOf("cat/leaf_nohash_1.jpg")).isEqualTo("cat/leaf");
    assertThat(Photo.groupOf("cat/leaf_nohash_1_nohash_2.jpg")).isEqualTo("cat/leaf");
    assertThat(Photo.groupOf("cat_nohash_x/leaf.jpg")).isEqualTo("cat_nohash_x/leaf.jpg");
    assertThat(Photo.groupOf("cat/s_nohash_/leaf.jpg")).isEqualTo("cat/s_nohash_/leaf.jpg");
  }

  @Test
  void photosThatWereLeftOutCountForNothing() {
    Dataset photos = SplitGoldenTest.photos(Stream.concat(some(9, "cat"), some(8, "dog")).toList());
    Split planned = Split.of(photos, SplitSettings.DEFAULT);

    Split split = planned.without(photos.photos().subList(3, 9));

    assertThat(planned.without(List.of())).isSameAs(planned);
    assertThat(split.all().countByLabel()).containsExactly(3, 8);
    assertThat(split.count(VALIDATION, 0)).isEqualTo(1);
    assertThat(split.count(TESTING, 0)).isEqualTo(1);
    assertThatExceptionOfType(PupilException.class)
        .isThrownBy(() -> planned.without(photos.photos().subList(9, 17)))
        .withMessage("label 'dog' has no photo to learn from");
  }

  @Test
  void anEmptyCellUnderTheRetrainRuleIsBadInput() {
    assertThatExceptionOfType(PupilException.class)
        .isThrownBy(() -> split(RETRAIN, some(90, "cat"), some(4, "dog")))
        .withMessage(
            "label 'dog' has no photo for testing: use the default,"
                + " splitRule=stratified, or add photos")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_INPUT));
    assertThat(split(RETRAIN, some(90, "cat"), some(90, "dog")).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 10, 'testingPercentage must be 0 to 99, was -1'",
    "10, 100, 'validationPercentage must be 0 to 99, was 100'",
    "2147483647, 10, 'testingPercentage must be 0 to 99, was 2147483647'",
    "40, 60, 'testingPercentage and validationPercentage must leave photos for training: their"
        + " sum must be below 100, was 40 + 60'",
  })
  void percentagesThatMakeNoSenseAreWrongUsage(int testing, int validation, String message) {
    assertThatExceptionOfType(PupilException.class)
        .isThrownBy(() -> stratified(testing, validation))
        .withMessage(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.USAGE));
  }

  @Test
  void theRetrainRuleHasNoSeed() {
    assertThatThrownBy(() -> new SplitSettings(SplitRule.RETRAIN, 10, 10, 5))
        .hasMessage("splitSeed must be 0 with splitRule=retrain, which has one split only, was 5");
  }

  @Test
  void onePercentAndNinetyNineAreShares() {
    Split split = split(stratified(1, 98), some(200, "cat"), some(200, "dog"));

    assertThat(split.count(VALIDATION)).isGreaterThan(360);
    assertThat(split.count(TRAINING, 1)).isPositive();
    assertThat(split.settings().percentage(TRAINING)).isEqualTo(1);
  }
}

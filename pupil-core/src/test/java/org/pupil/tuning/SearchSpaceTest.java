package org.pupil.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.chance.Chance;
import org.pupil.training.Optimizer;
import org.pupil.tuning.Domain.Range;

class SearchSpaceTest {
  /** The place is that of the first bar. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "^ ~ the name of a setting is missing, as in learning_rate=log:1e-4..1",
        "learning_rate=0.1,^ ~ the name of a setting is missing, as in learning_rate=log:1e-4..1",
        "learning_rate^ ~ learning_rate needs = and its values",
        "learning_rate^,optimizer=adam ~ learning_rate needs = and its values",
        "learning_rate=^ ~ a value of learning_rate is missing",
        "^learning_rat=1 ~ learning_rat cannot be searched over: did you mean learning_rate?",
        "optimizer=adam,^optimizer=auto ~ optimizer is there already",
        "optimizer=adam|^sgd ~ optimizer must be one of auto, gradient_descent, momentum, adam, was sgd",
        "optimizer=adam|^|auto ~ a value of optimizer is missing",
        "optimizer=adam|^adam ~ adam is there already",
        "learning_rate=log:1e-4..^x ~ learning_rate must be a number above 0, was x",
        "learning_rate=log:^1e-4x..1 ~ learning_rate must be a number above 0, was 1e-4x",
        "learning_rate=^-1..1 ~ learning_rate must be a number above 0, was -1",
        "learning_rate=0.1|^NaN ~ learning_rate must be a number above 0, was NaN",
        "learning_rate=log:1..^1 ~ a range goes upwards; this one ends where it begins or below",
        "learning_rate=log:1e-4^ ~ log: needs a range, as in learning_rate=log:0.001..1",
        "learning_rate=1..^ ~ a value of learning_rate is missing",
        "train_batch_size=^0..10 ~ train_batch_size must be a whole number, 1 to 1000000, was 0",
        "train_batch_size=1..^1.5 ~ train_batch_size must be a whole number, 1 to 1000000, was 1.5",
        "random_crop=log:^0..10 ~ a logarithmic range begins above 0",
        "flip_left_right=true|^yes ~ flip_left_right must be true or false, was yes",
        "optimizer=log:^adam..auto ~ optimizer is no number: give its values as in a|b",
      })
  void whatIsNoSpaceIsToldWithThePlace(String marked, String message) {
    int place = marked.indexOf('^');
    String text = marked.substring(0, place) + marked.substring(place + 1);

    SpaceSyntaxException error =
        catchThrowableOfType(SpaceSyntaxException.class, () -> SearchSpace.parse(text));

    assertThat(error).hasMessage(message);
    assertThat(error.position()).isEqualTo(place);
  }

  @Test
  void aNameLikeNoneIsToldAllOfThem() {
    assertThatThrownBy(() -> SearchSpace.parse("colour_of_the_sky=blue"))
        .hasMessageStartingWith(
            "colour_of_the_sky cannot be searched over; what can: architecture, input_size,"
                + " optimizer, learning_rate, ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SearchSpace.DEFAULT,
        "learning_rate=0.5",
        "architecture=my/net.pb|efficientnet_lite0_224,input_size=192|224",
        "random_crop=0..20,flip_left_right=true|false",
      })
  void aSpaceIsTypedAsItIsShown(String text) {
    assertThat(SearchSpace.parse(SearchSpace.parse(text).toString()).toString())
        .isEqualTo(SearchSpace.parse(text).toString());
    assertThat(SearchSpace.parse(text).hyperparameters()).hasSize(text.split(",").length);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0001, 1, true, 0, 0.0001",
    "0.0001, 1, true, 1, 1",
    "0.0001, 1, true, 0.5, 0.01",
    "0.0001, 1, true, 0.3, 0.00158",
    "0.00001, 1, true, 0.1, 3.16e-5",
    "1, 10000000, true, 1, 1e7",
    "0.12345, 0.12346, false, 0, 0.12345",
    "0, 100, false, 0.123456, 12.3",
  })
  void numbersHaveThreeDigitsAndStayWithinTheRange(
      double low, double high, boolean isLogarithmic, double place, String text) {
    assertThat(new Range(low, high, isLogarithmic, false).at(place)).isEqualTo(text);
  }

  @Test
  void thePlaceOfANumberIsWhereItWasDrawn() {
    for (boolean isLogarithmic : new boolean[] {true, false}) {
      Range range = new Range(0.002, 50, isLogarithmic, false);
      for (double place = 0; place <= 1; place += 0.07) {
        assertThat(range.place(range.at(place))).isCloseTo(place, Offset.offset(0.001));
      }
    }
  }

  @Test
  void wholeNumbersAreWhole() {
    Range steps = new Range(16, 256, true, true);
    assertThat(steps.grid(3)).containsExactly("16", "64", "256");
    assertThat(new Range(1, 3, false, true).grid(9)).containsExactly("1", "2", "3");
  }

  @Test
  void whatMeansNothingBesideTheOthersIsLeftOut() {
    SearchSpace space = SearchSpace.parse("optimizer=auto|adam,learning_rate=0.1|0.2");
    assertThat(space.grid(1).stream().map(Configuration::toString))
        .containsExactly(
            "optimizer=auto",
            "optimizer=adam learning_rate=0.1",
            "optimizer=adam learning_rate=0.2");

    List<String> distorted =
        SearchSpace.parse("random_crop=0|10,distortion_variants=2|4").grid(1).stream()
            .map(Configuration::toString)
            .toList();
    assertThat(distorted)
        .containsExactly(
            "random_crop=0",
            "random_crop=10 distortion_variants=2",
            "random_crop=10 distortion_variants=4");
  }

  @Test
  void aLearningRateAloneMeansStepsAsOnTheCommandLine() {
    Configuration rate = SearchSpace.parse("learning_rate=0.5").grid(1).get(0);
    assertThat(rate.optimizer()).isEqualTo(Optimizer.GRADIENT_DESCENT);
    assertThat(Configuration.NONE.optimizer()).isEqualTo(Optimizer.AUTO);
  }

  @Test
  void drawingComesToAllCornersAndIsTheSameForOneSeed() {
    SearchSpace space = SearchSpace.parse(SearchSpace.DEFAULT);
    Set<String> drawn = new HashSet<>();
    Set<String> optimizers = new HashSet<>();
    Chance chance = new Chance(1, Chance.Purpose.TRIALS);
    Chance same = new Chance(1, Chance.Purpose.TRIALS);
    for (int i = 0; i < 100; i++) {
      Configuration one = space.draw(chance);
      assertThat(space.draw(same)).isEqualTo(one);
      drawn.add(one.toString());
      optimizers.add(one.get(Hyperparameter.OPTIMIZER).orElseThrow());
    }
    assertThat(drawn).hasSizeGreaterThan(95);
    assertThat(optimizers).hasSize(4);
  }
}

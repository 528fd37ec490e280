package org.pupil.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pupil.errors.Setting;

class DuplicatesTest {
  private static Stream<String> names(String label, int count) {
    return IntStream.range(0, count).mapToObj("%s/%%02d.jpg".formatted(label)::formatted);
  }

  private final Split split =
      Split.of(
          SplitGoldenTest.photos(Stream.concat(names("cat", 40), names("dog", 30)).toList()),
          new SplitSettings(SplitRule.STRATIFIED, 20, 20, 0));
  private final List<Photo> photos = split.all().photos();

  /** A content of its own for each photo, but these share the first one's. */
  private String[] contentsWithCopies(int... copies) {
    String[] contents =
        IntStream.range(0, photos.size()).mapToObj(i -> "sha" + i).toArray(String[]::new);
    for (int copy : copies) {
      contents[copy] = contents[copies[0]];
    }
    return contents;
  }

  private int cat(SplitSet set, int skip) {
    return IntStream.of(split.indices(set))
        .filter(i -> i < 40)
        .skip(skip)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void photosOfTheirOwnContentAreNoDuplicates() {
    Duplicates none = Duplicates.in(split, List.of(contentsWithCopies()));

    assertThat(none.underTwoLabels()).isEmpty();
    assertThat(none.acrossSets()).isEmpty();
    assertThat(none.problems()).isEmpty();
  }

  @Test
  void copiesInOneLabelAndSetAreNoTrouble() {
    int first = cat(SplitSet.TRAINING, 0);
    int second = cat(SplitSet.TRAINING, 3);

    assertThat(Duplicates.in(split, List.of(contentsWithCopies(first, second))).problems())
        .isEmpty();
  }

  @Test
  void aPhotoInTwoSetsIsReported() {
    int train = cat(SplitSet.TRAINING, 1);
    int test = cat(SplitSet.TESTING, 1);

    Duplicates found = Duplicates.in(split, List.of(contentsWithCopies(train, test)));

    int first = Math.min(train, test);
    int second = Math.max(train, test);
    assertThat(found.underTwoLabels()).isEmpty();
    assertThat(found.acrossSets()).containsExactly(List.of(photos.get(first), photos.get(second)));
    assertThat(found.problems())
        .containsExactly(
            new Problem(
                Problem.Kind.ACROSS_SETS,
                2,
                "the same photo in two sets of the split: %s, %s: keep one, or the test looks better than it is"
                    .formatted(photos.get(first).name(), photos.get(second).name())));
  }

  @Test
  void aPhotoUnderTwoLabelsIsToldOnceOnly() {
    int train = cat(SplitSet.TRAINING, 2);
    int test = cat(SplitSet.TESTING, 0);

    Duplicates found = Duplicates.in(split, List.of(contentsWithCopies(train, test, 45, 50)));

    assertThat(found.underTwoLabels()).hasSize(1);
    assertThat(found.acrossSets()).isEqualTo(found.underTwoLabels());
    assertThat(found.problems()).hasSize(1);
    assertThat(found.problems().get(0).kind()).isEqualTo(Problem.Kind.UNDER_TWO_LABELS);
    assertThat(found.problems().get(0).messageIn(Setting::toString))
        .startsWith("the same photo under two labels: cat/")
        .endsWith(", dog/05.jpg and 1 more: keep it under the right one");
  }

  @Test
  void manyDuplicatesAreCounted() {
    String[] contents = contentsWithCopies();
    for (int i = 0; i < 14; i++) {
      contents[40 + i] = contents[i];
    }

    List<Problem> problems = Duplicates.in(split, List.of(contents)).problems();

    assertThat(problems).hasSize(11);
    assertThat(problems.get(9).messageIn(Setting::toString)).contains("cat/09.jpg, dog/09.jpg");
    assertThat(problems.get(10))
        .isEqualTo(
            new Problem(
                Problem.Kind.UNDER_TWO_LABELS,
                8,
                "the same photo under two labels: 4 more such photos: keep it under the right one"));
  }

  @Test
  void everyPhotoNeedsAContent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Duplicates.in(split, List.of("a", "b")))
        .withMessage("contents must be as many as photos, 70, were 2");
  }
}

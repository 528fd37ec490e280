package org.pupil.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pupil.chance.Chance;

/**
 * The folds of a repeated cross-validation, for whoever trains by other means than {@link
 * CrossValidation}: the same labels, groups and seed give the same folds as there. All folds of the
 * first repeat come first, then those of the second, and so on.
 */
public final class RepeatedFolds {
  private final List<Folds> repeats;
  private final int each;

  private RepeatedFolds(List<Folds> repeats) {
    this.repeats = List.copyOf(repeats);
    this.each = repeats.get(0).count();
  }

  /**
   * Deals photos to folds.
   *
   * @param photos of which the labels and groups are looked at
   * @param repeats how often they are dealt, at least 1
   * @param folds parts that are held out in turn, at least 2; fewer where no label has as many
   *     groups
   * @param seed decides the folds
   */
  public static RepeatedFolds of(TrainingData photos, int repeats, int folds, long seed) {
    if (repeats < 1 || folds < 2) {
      throw new IllegalArgumentException(
          "there must be 1 repeat and 2 folds or more, were %d and %d".formatted(repeats, folds));
    }
    List<Folds> dealt = new ArrayList<>();
    for (int repeat = 0; repeat < repeats; repeat++) {
      dealt.add(Folds.of(photos, folds, new Chance(seed, Chance.Purpose.REPEATED_FOLDS, repeat)));
    }
    return new RepeatedFolds(dealt);
  }

  /** Folds of one repeat: 0 if no label has two groups, else at least 2. */
  public int ofOneRepeat() {
    return each;
  }

  /** All folds of all repeats. */
  public int count() {
    return each * repeats.size();
  }

  /**
   * The photos that a fold holds out, ascending.
   *
   * @param fold 0 to {@link #count} - 1
   */
  public int[] heldOut(int fold) {
    return photos(fold, true);
  }

  /** The other photos, ascending: those to learn from. They have every label. */
  public int[] learnt(int fold) {
    return photos(fold, false);
  }

  private int[] photos(int fold, boolean isHeldOut) {
    Folds dealt = repeats.get(fold / each);
    return IntStream.range(0, dealt.photos())
        .filter(photo -> (dealt.foldOf(photo) == fold % each) == isHeldOut)
        .toArray();
  }
}

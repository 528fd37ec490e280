package org.pupil.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupil.errors.PupilException;

class TrialSearchTest {
  private static final double NOISE = 0.05;

  private static List<Trial> search(
      SearchMethod method, int trials, long seed, int parallel, Judge judge) {
    return search(method, trials, seed, parallel, judge, () -> false);
  }

  private static List<Trial> search(
      SearchMethod method,
      int trials,
      long seed,
      int parallel,
      Judge judge,
      BooleanSupplier isOver) {
    return new TrialSearch(
            MadeUpSurface.SPACE,
            method,
            trials,
            seed,
            parallel,
            judge,
            isOver,
            new TrialSearch.Listener() {})
        .run();
  }

  private static Trial best(List<Trial> trials) {
    int folds = trials.stream().filter(Trial::isJudged).mapToInt(Trial::folds).max().orElseThrow();
    return trials.stream()
        .filter(trial -> trial.isJudged() && trial.folds() == folds)
        .min(Comparator.comparingDouble(Trial::crossEntropy))
        .orElseThrow();
  }

  /** How far what is found is from the best of the surface. */
  private static double regret(List<Trial> trials) {
    return MadeUpSurface.truth(best(trials).configuration()) - MadeUpSurface.BEST;
  }

  @Test
  void halvingFindsTheBestOfASurfaceMoreOftenThanRandomAtEqualCost() {
    int found = 0;
    int foundAtRandom = 0;
    for (long seed = 0; seed < 100; seed++) {
      MadeUpSurface surface = new MadeUpSurface(seed, NOISE);
      found += regret(search(SearchMethod.HALVING, 54, seed, 1, surface)) < 0.02 ? 1 : 0;
      int cost = surface.asked();
      MadeUpSurface same;
      List<Trial> random;
      int trials = (cost + surface.folds() - 1) / surface.folds();
      do { // those that run away cost less
        same = new MadeUpSurface(seed, NOISE);
        random = search(SearchMethod.RANDOM, trials++, seed, 1, same);
      } while (same.asked() < cost);
      foundAtRandom += regret(random) < 0.02 ? 1 : 0;
    }
    assertThat(found).isGreaterThan(foundAtRandom + 25);
  }

  @ParameterizedTest
  @EnumSource(SearchMethod.class)
  void theSameSeedGivesTheSameTrialsHoweverManyAreJudgedAtATime(SearchMethod method) {
    List<Trial> alone = search(method, 40, 3, 1, new MadeUpSurface(1, NOISE));
    List<Trial> together = search(method, 40, 3, 7, new MadeUpSurface(1, NOISE));

    assertThat(shown(together)).isEqualTo(shown(alone));
    if (method != SearchMethod.GRID) {
      assertThat(shown(search(method, 40, 4, 1, new MadeUpSurface(1, NOISE))))
          .isNotEqualTo(shown(alone));
    }
  }

  @Test
  void moreIsKnownOfATrialAfterEachFoldAndNothingIsAskedOfOneThatRanAway() {
    MadeUpSurface surface = new MadeUpSurface(1, NOISE);
    List<Integer> folds = new ArrayList<>();
    List<Trial> trials =
        new TrialSearch(
                SearchSpace.parse("optimizer=adam,learning_rate=0.01|5"),
                SearchMethod.GRID,
                3,
                0,
                1,
                surface,
                () -> false,
                new TrialSearch.Listener() {
                  @Override
                  public void onTrial(Trial trial) {
                    if (trial.number() == 2) {
                      folds.add(trial.folds());
                    }
                  }
                })
            .run();
    assertThat(folds).startsWith(1, 2, 3).endsWith(surface.folds());
    assertThat(trials.get(2).status()).isEqualTo(Trial.Status.DIVERGED);
    assertThat(trials.get(2).folds()).isEqualTo(1);
    assertThat(surface.asked()).isEqualTo(2 * surface.folds() + 1);
  }

  private static List<String> shown(List<Trial> trials) {
    return trials.stream()
        .map(
            trial ->
                "%d %s %s %d %s"
                    .formatted(
                        trial.number(),
                        trial.configuration(),
                        trial.status(),
                        trial.folds(),
                        trial.crossEntropy()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(SearchMethod.class)
  void theFirstTrialIsRetrainAsItIsAndIsJudgedByAllFolds(SearchMethod method) {
    List<Trial> trials = search(method, 40, 0, 2, new MadeUpSurface(2, NOISE));

    assertThat(trials.get(0).configuration()).isEqualTo(Configuration.NONE);
    assertThat(trials.get(0).status()).isEqualTo(Trial.Status.COMPLETED);
    assertThat(trials.stream().map(Trial::configuration)).doesNotHaveDuplicates();
    assertThat(trials).hasSizeBetween(20, 40);
  }

  @Test
  void halvingJudgesFewTrialsToTheEndAndAtLeastEightOfThem() {
    MadeUpSurface surface = new MadeUpSurface(0, NOISE);
    List<Trial> trials = search(SearchMethod.HALVING, 54, 0, 1, surface);

    assertThat(trials).hasSize(54);
    assertThat(trials.stream().filter(trial -> trial.status() == Trial.Status.COMPLETED).count())
        .isBetween((long) TrialSearch.FINALISTS, 12L);
    assertThat(surface.asked()).isLessThan(54 * surface.folds() / 3);
  }

  @Test
  void trialsThatRunAwayAreRecordedAndDoNotEndTheSearch() {
    List<Trial> trials = search(SearchMethod.RANDOM, 60, 5, 2, new MadeUpSurface(0, NOISE));

    List<Trial> diverged =
        trials.stream().filter(trial -> trial.status() == Trial.Status.DIVERGED).toList();
    assertThat(diverged).isNotEmpty();
    assertThat(diverged).allMatch(trial -> trial.reason().orElse("").equals("ran away"));
    assertThat(best(trials).status()).isEqualTo(Trial.Status.COMPLETED);
  }

  @Test
  void whenTimeIsOverNoFoldIsBegunAndWhatThereIsCounts() {
    AtomicInteger begun = new AtomicInteger();
    List<Trial> trials =
        search(
            SearchMethod.HALVING,
            54,
            0,
            1,
            new MadeUpSurface(0, NOISE),
            () -> begun.incrementAndGet() > 10);

    assertThat(trials.stream().mapToInt(Trial::folds).sum()).isEqualTo(10);
    assertThat(trials).allMatch(trial -> trial.status() != Trial.Status.RUNNING);
    assertThat(best(trials).isJudged()).isTrue();
  }

  @Test
  void aSpaceOfFewConfigurationsIsTriedOutAndThatIsAll() {
    SearchSpace three = SearchSpace.parse("optimizer=gradient_descent|adam|momentum");
    for (SearchMethod method : SearchMethod.values()) {
      List<Trial> trials =
          new TrialSearch(
                  three,
                  method,
                  50,
                  0,
                  1,
                  new MadeUpSurface(0, NOISE),
                  () -> false,
                  new TrialSearch.Listener() {})
              .run();
      assertThat(trials).as(method.name()).hasSize(4);
    }
  }

  @Test
  void aGridHasAsManyPointsAsFitAndOneThatDoesNotFitIsRefused() {
    List<Trial> trials = search(SearchMethod.GRID, 40, 0, 2, new MadeUpSurface(0, NOISE));
    assertThat(trials).hasSize(1 + 2 * 4 * 4);

    List<Configuration> configurations = new ArrayList<>();
    trials.forEach(trial -> configurations.add(trial.configuration()));
    Collections.reverse(configurations);
    assertThat(new HashSet<>(configurations)).hasSize(trials.size());
    assertThatThrownBy(() -> search(SearchMethod.GRID, 2, 0, 1, new MadeUpSurface(0, NOISE)))
        .isInstanceOf(PupilException.class)
        .hasMessage(
            "space: the grid has 2 combinations, and one trial is retrain as it is: allow trials"
                + " 3, or give fewer values");
  }
}

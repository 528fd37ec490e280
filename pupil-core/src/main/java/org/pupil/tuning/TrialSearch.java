package org.pupil.tuning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.pupil.background.Workers;
import org.pupil.chance.Chance;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * Searches a space: thinks of trials, has them judged by folds, and gives the worse ones up. What
 * it finds depends on the space, the seed and what the judge says, and not on how many trials are
 * judged at a time, since it waits for all before it decides anything.
 *
 * <p>The first trial is what {@code retrain} does unless told otherwise, so that every search says
 * what it gained. It is never given up.
 */
final class TrialSearch {
  /** Trials of a round of {@link SearchMethod#HALVING}. */
  static final int ROUND = 18;

  /** Of the trials of a stage one in so many goes on. */
  private static final int KEPT = 3;

  /** Photos held out that are enough to tell bad from good. */
  private static final int FIRST_LOOK = 100;

  /** Trials that all folds judge in the end, so that they can be compared. */
  static final int FINALISTS = 8;

  private static final int MOST_POINTS = 20;
  private static final int MOST_DRAWS = 100;

  /** Hears how a search goes. By any thread, one at a time. */
  interface Listener {
    /** A trial is thought of, and will be judged now. */
    default void onBegin(Trial trial) {}

    /** Another fold has judged a trial. */
    default void onFold(int number, Configuration configuration, int fold, FoldOutcome outcome) {}

    /** More is known of a trial, or it is taken up again, given up, or over. */
    default void onTrial(Trial trial) {}
  }

  private final SearchSpace space;
  private final SearchMethod method;
  private final int most;
  private final long seed;
  private final int parallel;
  private final Judge judge;
  private final BooleanSupplier isOver;
  private final Listener listener;
  private final List<Trial> trials = new ArrayList<>();
  private final Set<Configuration> tried = new HashSet<>();
  private boolean wasCut;

  /**
   * @param most trials to think of, at least 1, the first one included
   * @param parallel how many folds are judged at a time, at least 1
   * @param isOver whether no further fold is to be begun; asked by any thread
   */
  TrialSearch(
      SearchSpace space,
      SearchMethod method,
      int most,
      long seed,
      int parallel,
      Judge judge,
      BooleanSupplier isOver,
      Listener listener) {
    this.space = space;
    this.method = method;
    this.most = most;
    this.seed = seed;
    this.parallel = parallel;
    this.judge = judge;
    this.isOver = isOver;
    this.listener = listener;
  }

  /**
   * Searches.
   *
   * @return all trials in the order of their numbers
   * @throws PupilException (usage) if a grid has more combinations than trials are wanted
   */
  List<Trial> run() {
    try (Workers workers = new Workers("pupil-trials", parallel)) {
      if (method == SearchMethod.HALVING) {
        halve(workers);
      } else {
        List<Integer> all = begin(method == SearchMethod.GRID ? grid(space, most) : drawn());
        judgeUpTo(all, judge.folds(), workers);
      }
    }
    stopOthers(List.of());
    return List.copyOf(trials);
  }

  /** Whether time was over before all was judged that was to be. */
  boolean wasCut() {
    return wasCut;
  }

  private void halve(Workers workers) {
    List<Integer> stages = stages(judge);
    ParzenProposals proposals = new ParzenProposals(space);
    for (int round = 0; !wasCut && (round == 0 || trials.size() < most); round++) {
      List<Integer> alive = begin(proposed(proposals, round, stages.get(0)));
      if (alive.isEmpty()) {
        break; // there is nothing else in the space
      }
      for (int stage = 0; stage < stages.size() && !wasCut; stage++) {
        int folds = stages.get(stage);
        judgeUpTo(alive, folds, workers);
        if (stage + 1 < stages.size()) {
          alive = best(alive, folds, (alive.size() + KEPT - 1) / KEPT);
          if (round == 0) {
            alive = withFirst(alive);
          }
          stopOthers(alive);
        }
      }
    }
    if (!wasCut) {
      List<Integer> all = IntStream.range(0, trials.size()).boxed().toList();
      judgeUpTo(withFirst(finalists(all, stages)), judge.folds(), workers);
    }
  }

  /** The numbers of folds by which trials are judged, stage by stage. */
  static List<Integer> stages(Judge judge) {
    int each = judge.foldsOfRepeat();
    int ofFold = Math.max(1, judge.photos() / each);
    int first = Math.min(each, (FIRST_LOOK + ofFold - 1) / ofFold);
    return List.copyOf(new TreeSet<>(List.of(first, each, judge.folds())));
  }

  /** Those that are furthest, the better of them first. */
  private List<Integer> finalists(List<Integer> all, List<Integer> stages) {
    List<Integer> chosen = new ArrayList<>();
    for (int stage = stages.size() - 1; stage >= 0 && chosen.size() < FINALISTS; stage--) {
      int folds = stages.get(stage);
      List<Integer> far =
          all.stream().filter(i -> trials.get(i).folds() >= folds && !chosen.contains(i)).toList();
      chosen.addAll(best(far, folds, FINALISTS - chosen.size()));
    }
    return chosen;
  }

  private static List<Integer> withFirst(List<Integer> alive) {
    Set<Integer> with = new TreeSet<>(alive);
    with.add(0);
    return List.copyOf(with);
  }

  /** Those of the least cross entropy by the first folds; none that is not judged. */
  private List<Integer> best(List<Integer> some, int folds, int count) {
    return some.stream()
        .filter(i -> trials.get(i).isJudged())
        .sorted(Comparator.comparingDouble(i -> trials.get(i).crossEntropy(folds)))
        .limit(count)
        .toList();
  }

  // --- what is tried

  private List<Configuration> proposed(ParzenProposals proposals, int round, int firstStage) {
    List<Configuration> judged =
        best(IntStream.range(1, Math.max(1, trials.size())).boxed().toList(), firstStage, most)
            .stream()
            .map(i -> trials.get(i).configuration())
            .toList();
    Chance chance = new Chance(seed, Chance.Purpose.TRIALS, round);
    return different(
        Math.min(ROUND, most - trials.size()), () -> proposals.propose(judged, chance));
  }

  private List<Configuration> drawn() {
    Chance chance = new Chance(seed, Chance.Purpose.TRIALS);
    return different(most, () -> space.draw(chance));
  }

  /** So many that differ from each other and from all before, or fewer if there are no more. */
  private List<Configuration> different(int count, Supplier<Configuration> source) {
    List<Configuration> found = new ArrayList<>();
    if (tried.add(Configuration.NONE)) {
      found.add(Configuration.NONE);
    }
    for (int draws = 0; found.size() < count && draws < MOST_DRAWS; draws++) {
      Configuration one = source.get();
      if (!one.isPlain() && tried.add(one)) {
        found.add(one);
        draws = 0;
      }
    }
    return found;
  }

  /**
   * The trials of a grid: with as many points of each range as fit.
   *
   * @throws PupilException (usage) if not even the coarsest fits
   */
  static List<Configuration> grid(SearchSpace space, int most) {
    List<Configuration> fits = others(space, 1);
    for (int points = 2; points <= MOST_POINTS; points++) {
      List<Configuration> finer = others(space, points);
      if (finer.size() > most - 1) {
        break;
      }
      fits = finer;
    }
    if (fits.size() > most - 1) {
      throw PupilException.usage(
          Message.of(
              Setting.SPACE,
              String.format(
                  Locale.ROOT,
                  ": the grid has %,d combinations, and one trial is retrain as it is: allow ",
                  fits.size()),
              Setting.TRIALS,
              " " + (fits.size() + 1) + ", or give fewer values"));
    }
    List<Configuration> all = new ArrayList<>();
    all.add(Configuration.NONE);
    all.addAll(fits);
    return all;
  }

  /** The combinations that do not only repeat the first trial. */
  private static List<Configuration> others(SearchSpace space, int points) {
    return space.grid(points).stream().filter(one -> !one.isPlain()).toList();
  }

  private List<Integer> begin(List<Configuration> configurations) {
    List<Integer> begun = new ArrayList<>();
    for (Configuration configuration : configurations) {
      Trial trial = new Trial(trials.size() + 1, configuration, List.of(), Trial.Status.RUNNING);
      begun.add(trials.size());
      trials.add(trial);
      listener.onBegin(trial);
    }
    return begun;
  }

  // --- how it is judged

  /** A fold that is to judge a trial. */
  private record Task(int trial, int number, Configuration configuration, int fold) {
    /** The same trial, another fold. */
    Task of(int other) {
      return new Task(trial, number, configuration, other);
    }
  }

  /** Has trials judged by the first folds, as far as they are not yet. */
  private void judgeUpTo(List<Integer> some, int folds, Workers workers) {
    List<Task> tasks = new ArrayList<>();
    for (int i : some) {
      Trial trial = trials.get(i);
      if (trial.folds() < folds && (trial.isJudged() || trial.outcomes().isEmpty())) {
        change(i, trial.with(Trial.Status.RUNNING), trial.status() != Trial.Status.RUNNING);
        for (int fold = trial.folds(); fold < folds; fold++) {
          tasks.add(new Task(i, trial.number(), trial.configuration(), fold));
        }
      }
    }
    Map<Task, FoldOutcome> waiting = new HashMap<>();
    workers.run(
        tasks.size(),
        at -> {
          Task task = tasks.get(at);
          if (isLost(task)) {
            return;
          }
          Optional<FoldOutcome> outcome =
              isOver.getAsBoolean()
                  ? Optional.empty()
                  : judge.judge(task.configuration(), task.fold());
          synchronized (listener) {
            outcome.ifPresentOrElse(said -> take(task, said, waiting), () -> wasCut = true);
          }
        });
  }

  /** Whether a fold before has failed, so that this one need not be asked. */
  private boolean isLost(Task task) {
    synchronized (listener) {
      return trials.get(task.trial()).isLost();
    }
  }

  /**
   * Folds end in any order. A trial has their outcomes from the first on, up to one that is still
   * missing or one that failed.
   */
  private void take(Task task, FoldOutcome outcome, Map<Task, FoldOutcome> waiting) {
    if (isLost(task)) {
      return;
    }
    listener.onFold(task.number(), task.configuration(), task.fold(), outcome);
    waiting.put(task, outcome);
    Trial before = trials.get(task.trial());
    Trial after = before;
    while (!after.isLost() && waiting.containsKey(task.of(after.folds()))) {
      List<FoldOutcome> more = new ArrayList<>(after.outcomes());
      more.add(waiting.remove(task.of(after.folds())));
      after = new Trial(before.number(), before.configuration(), more, status(more));
    }
    if (after.folds() > before.folds()) {
      change(task.trial(), after, true);
    }
  }

  private Trial.Status status(List<FoldOutcome> outcomes) {
    Optional<FoldOutcome.Failure> failure = outcomes.get(outcomes.size() - 1).failure();
    if (failure.isPresent()) {
      return failure.get().isDivergence() ? Trial.Status.DIVERGED : Trial.Status.FAILED;
    }
    return outcomes.size() == judge.folds() ? Trial.Status.COMPLETED : Trial.Status.RUNNING;
  }

  /** Gives the trials up that go on and are none of those to be kept. */
  private void stopOthers(List<Integer> kept) {
    for (int i = 0; i < trials.size(); i++) {
      if (trials.get(i).status() == Trial.Status.RUNNING && !kept.contains(i)) {
        change(i, trials.get(i).with(Trial.Status.STOPPED), true);
      }
    }
  }

  private void change(int i, Trial trial, boolean isTold) {
    trials.set(i, trial);
    if (isTold) {
      listener.onTrial(trial);
    }
  }
}

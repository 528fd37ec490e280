package org.pupil.app;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.training.TrainingSettings;
import org.pupil.tuning.SearchMethod;
import org.pupil.tuning.SearchSpace;
import org.pupil.tuning.SpaceSyntaxException;
import org.pupil.tuning.TuningSettings;
import picocli.CommandLine.Option;

/** The flags of tune that say what is searched over, and how. */
final class SearchOptions {
  /** Flags that retrain does not have, or that mean something else there. */
  static final Set<String> OF_TUNE_ALONE =
      Set.of(
          "space",
          "method",
          "trials",
          "time_budget",
          "parallel",
          "folds",
          "repeats",
          "run_name",
          "resume",
          "explain",
          "json");

  /** Text before a place that is wrong, which is shown with it. */
  private static final int CONTEXT = 60;

  @Option(
      names = "--space",
      paramLabel = "NAME=VALUES,...",
      description =
          "What to search over: flags of retrain, each with the values that it may have, as a|b|c, as 10..100 for all numbers between, or as log:0.001..1 for the same where factors count. NAME is architecture, input_size, optimizer, learning_rate, how_many_training_steps, train_batch_size, l2_penalty, one of the distortions (such as flip_left_right=true|false,random_crop=0|10|20), distortion_variants, fine_tune (as none|last, or names of layers), fine_tune_epochs or fine_tune_learning_rate. Default: "
              + SearchSpace.DEFAULT)
  private String space = SearchSpace.DEFAULT;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description =
          "How to search. halving: many trials a little, the better third of them more, and so on; what is learnt says where to look next. random: all at random, each to the end. grid: all combinations, each to the end. Default: ${DEFAULT-VALUE}")
  private String method = "halving";

  @Option(
      names = "--trials",
      paramLabel = "N",
      description =
          "How many settings to try; the first trial is retrain without flags. Default: ${DEFAULT-VALUE}")
  private int trials = TuningSettings.DEFAULT_TRIALS;

  @Option(
      names = "--time_budget",
      paramLabel = "TIME",
      description =
          "End the search after this time, such as 90s, 3m or 1h30m, even in the middle of a training; the best so far is then trained. Default: none")
  private @Nullable String timeBudget;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "How many trainings go on at a time; this changes the time, not the result. Default: as many as --threads")
  private @Nullable Integer parallel;

  @Option(
      names = "--folds",
      paramLabel = "N",
      description =
          "Into how many parts the photos are dealt; each is held out in turn. Default: ${DEFAULT-VALUE}")
  private int folds = TuningSettings.DEFAULT_FOLDS;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description =
          "How often they are dealt anew. Default: 5 for up to 1,000 photos, 2 for 2,500 or more")
  private @Nullable Integer repeats;

  @Option(
      names = "--cache_size",
      paramLabel = "SIZE",
      description =
          "What searching over fine_tune may keep on the disk, such as 500MB or 20GB; older files of fine-tuning go first. Default: 10GB")
  private @Nullable String cacheSize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "The same number gives the same trials and the same model. Default: ${DEFAULT-VALUE}")
  private long seed = TrainingSettings.DEFAULTS.seed();

  @Option(
      names = "--run_name",
      paramLabel = "NAME",
      description =
          "The name of this search. Its folder is pupil-model/runs/NAME; the best model goes to pupil-model/runs/NAME-best and pupil-model/graph.pb. Default: tune, tune-2 and so on")
  private @Nullable String runName;

  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Go on with a search that was ended: that of --run_name, or the last one. Give the same flags again.")
  private boolean resume;

  @Option(
      names = "--explain",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Tell in the end which setting mattered, and what became of its values.")
  private boolean explain;

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Print one JSON object, which the documentation of the file formats describes.")
  private boolean json;

  boolean json() {
    return json;
  }

  long seed() {
    return seed;
  }

  boolean explain() {
    return explain;
  }

  /** No fine-tuning, unless a trial has some; and how much of the disk that may take. */
  FineTuningRequest fineTuning() {
    FineTuningRequest none = FineTuningRequest.NONE;
    return new FineTuningRequest(
        none.depth(),
        none.settings(),
        CacheSize.bytes(cacheSize),
        none.timeBudget(),
        none.resume());
  }

  /**
   * The settings of the search.
   *
   * @param terminal is shown where a space is wrong
   * @param threads cores to keep busy
   */
  TuningSettings settings(Terminal terminal, int threads) {
    Optional<Duration> budget =
        Optional.ofNullable(timeBudget).map(typed -> TimeSpan.of("--time_budget", typed));
    return new TuningSettings(
        space(terminal),
        Choice.of("--method", SearchMethod.class, method),
        trials,
        budget,
        parallel == null ? Math.max(1, threads) : parallel,
        seed,
        folds,
        repeats == null ? OptionalInt.empty() : OptionalInt.of(repeats),
        Optional.ofNullable(runName),
        resume);
  }

  private SearchSpace space(Terminal terminal) {
    try {
      return SearchSpace.parse(space);
    } catch (SpaceSyntaxException e) {
      int from = Math.max(0, e.position() - CONTEXT);
      int to = Math.min(space.length(), from + 2 * CONTEXT);
      String before = (from > 0 ? "..." : "") + OneLine.of(space.substring(from, e.position()));
      terminal.err().println("  " + before + OneLine.of(space.substring(e.position(), to)));
      terminal.err().println("  " + " ".repeat(LineWrap.width(before)) + "^");
      throw PupilException.usage("--space: " + e.getMessage());
    }
  }
}

package org.pupil.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.finetuning.FineTuningDepth;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.finetuning.FineTuningSettings;
import picocli.CommandLine.Option;

/** The flags of fine-tuning, which trains more than the final layer. */
final class FineTuneOptions {
  private static final FineTuningSettings DEFAULTS = FineTuningSettings.DEFAULTS;

  @Option(
      names = "--fine_tune",
      paramLabel = "none|last|all|LAYER",
      description =
          "Which layers of the backbone to train too. last: those after the last but one halving of the image, from what the layers before them give, which is computed once and kept on the disk; all: all of them, from pixels, which takes long; or the name of a layer, above which all are trained. They are kept only if they are better on photos that are held back. Default: none")
  private String depth = FineTuningDepth.NONE.toString();

  @Option(
      names = "--fine_tune_epochs",
      paramLabel = "N",
      description =
          "How often fine-tuning sees each photo at most; it ends earlier if it gets no better. Default: ${DEFAULT-VALUE}")
  private int epochs = DEFAULTS.epochs();

  @Option(
      names = "--fine_tune_learning_rate",
      paramLabel = "X",
      description =
          "The largest rate of fine-tuning; it rises to it in the first tenth, and falls to 0. Default: "
              + "${DEFAULT-VALUE}")
  private double learningRate = DEFAULTS.learningRate();

  @Option(
      names = "--time_budget",
      paramLabel = "TIME",
      description =
          "How long fine-tuning may take, such as 90s, 3m or 1h: there are fewer epochs if they do not fit. Default: as long as it takes.")
  private @Nullable String timeBudget;

  @Option(
      names = "--cache_size",
      paramLabel = "SIZE",
      description =
          "What fine-tuning may keep on the disk, such as 500MB or 20GB; older files of its own go first. Default: 10GB")
  private @Nullable String cacheSize;

  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Go on with a fine-tuning that was stopped, after the last epoch that it finished; the photos and the other flags must be the same.")
  private boolean resume;

  FineTuningRequest request(long seed) {
    return new FineTuningRequest(
        FineTuningDepth.of(depth),
        DEFAULTS.with(epochs, learningRate, seed),
        CacheSize.bytes(cacheSize),
        Optional.ofNullable(timeBudget).map(typed -> TimeSpan.of("--time_budget", typed)),
        resume);
  }
}

package org.pupil.app;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuningDepth;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.finetuning.FineTuningSettings;
import picocli.CommandLine.Option;

/** The flags of fine-tuning, which trains more than the final layer. */
final class FineTuneOptions {
  private static final FineTuningSettings DEFAULTS = FineTuningSettings.DEFAULTS;
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?(MB|GB|TB)", Pattern.CASE_INSENSITIVE);
  private static final double MEGABYTE = 1e6;
  private static final double THOUSAND = 1e3;

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
        cacheSize == null ? FineTuningRequest.DEFAULT_MOST_BYTES : bytes(cacheSize),
        Optional.ofNullable(timeBudget).map(typed -> TimeSpan.of("--time_budget", typed)),
        resume);
  }

  private static long bytes(String typed) {
    Matcher size = SIZE.matcher(typed);
    if (!size.matches()) {
      throw PupilException.usage("--cache_size must be a size such as 500MB or 20GB, was " + typed);
    }
    double factor =
        switch (size.group(2).toUpperCase(Locale.ROOT)) {
          case "MB" -> MEGABYTE;
          case "GB" -> MEGABYTE * THOUSAND;
          default -> MEGABYTE * THOUSAND * THOUSAND;
        };
    return (long) (Double.parseDouble(size.group(1)) * factor);
  }
}

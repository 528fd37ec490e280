package org.pupil.app;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.PupilException;
import org.pupil.photos.SplitRule;
import org.pupil.photos.SplitSettings;
import picocli.CommandLine.Option;

/** The flags of stops 1 and 2: find the photos and split them. */
final class FindOptions {
  @Option(
      names = "--image_dir",
      paramLabel = "FOLDER",
      description = "The photos: one sub-folder for each label, named like it. Needed.")
  private @Nullable String imageDir;

  @Option(
      names = "--strict",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "A photo that cannot be decoded is an error, not a warning.")
  private boolean strict;

  @Option(
      names = "--testing_percentage",
      paramLabel = "N",
      description =
          "Share of the photos that judge the model in the end and teach it nothing (the"
              + " test set). Default: ${DEFAULT-VALUE}")
  private int testingPercentage = SplitSettings.DEFAULT.testingPercentage();

  @Option(
      names = "--validation_percentage",
      paramLabel = "N",
      description =
          "Share of the photos that watch the teaching (the validation set). Default:"
              + " ${DEFAULT-VALUE}")
  private int validationPercentage = SplitSettings.DEFAULT.validationPercentage();

  @Option(
      names = "--split_rule",
      paramLabel = "RULE",
      description =
          "stratified: by the photo's label and name, each label in each set; retrain:"
              + " exactly as the Python scripts, by the path as typed. Default: ${DEFAULT-VALUE}")
  private String splitRule = SplitSettings.DEFAULT.rule().name().toLowerCase(Locale.ROOT);

  @Option(
      names = "--split_seed",
      paramLabel = "N",
      description = "Another number, another split. Default: ${DEFAULT-VALUE}")
  private long splitSeed = SplitSettings.DEFAULT.seed();

  String imageDir() {
    if (imageDir == null || imageDir.isEmpty()) {
      throw PupilException.usage(
          "--image_dir is needed: a folder with one sub-folder of photos for each label, such as"
              + " --image_dir examples/photos");
    }
    return imageDir;
  }

  boolean strict() {
    return strict;
  }

  SplitSettings split() {
    return new SplitSettings(
        Choice.of("--split_rule", SplitRule.class, splitRule),
        testingPercentage,
        validationPercentage,
        splitSeed);
  }
}

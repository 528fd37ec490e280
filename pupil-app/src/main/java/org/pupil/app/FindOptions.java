package org.pupil.app;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.DatasetSource;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSettings;
import org.pupil.errors.PupilException;
import org.pupil.ingest.ImageDirectory;
import org.pupil.ingest.IngestListener;
import picocli.CommandLine.Option;

/** The flags of stops 1 and 2: find the photos and split them. */
final class FindOptions {
  static final String IMAGE_DIR =
      "The photos: a folder with one sub-folder for each label, named after it. Or an archive of such folders (zip, tar, tar.gz, tar.xz), or a table of files and labels (CSV, TSV or JSON lines). Required.";

  @Option(names = "--image_dir", paramLabel = "FOLDER", description = IMAGE_DIR)
  private @Nullable TypedPath imageDir;

  @Option(
      names = "--strict",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Treat a photo that cannot be decoded as an error, not a warning.")
  private boolean strict;

  @Option(
      names = "--label_rule",
      paramLabel = "RULE",
      description =
          "How labels are named. folder: exactly like the sub-folder; retrain: as in the Python scripts, in lower case, with everything but a to z and 0 to 9 replaced by spaces. Default: folder, or"
              + " retrain with --split_rule=retrain")
  private @Nullable String labelRule;

  @Option(
      names = "--testing_percentage",
      paramLabel = "N",
      description =
          "Percentage of photos held back to test the finished model (the test set). Default: ${DEFAULT-VALUE}")
  private int testingPercentage = SplitSettings.DEFAULT.testingPercentage();

  @Option(
      names = "--validation_percentage",
      paramLabel = "N",
      description =
          "Percentage of photos held back to check the model during training (the validation set). Default:"
              + " ${DEFAULT-VALUE}")
  private int validationPercentage = SplitSettings.DEFAULT.validationPercentage();

  @Option(
      names = "--split_rule",
      paramLabel = "RULE",
      description =
          "How photos are divided. stratified: by label and file name, with every label in every set; folders: as the photos come, in folders such as train, val and test or by the column split of a table; retrain: exactly as in the Python scripts, by the path as typed. Default: ${DEFAULT-VALUE}")
  private String splitRule = SplitSettings.DEFAULT.rule().name().toLowerCase(Locale.ROOT);

  @Option(
      names = "--split_seed",
      paramLabel = "N",
      description = "A different number gives a different split. Default: ${DEFAULT-VALUE}")
  private long splitSeed = SplitSettings.DEFAULT.seed();

  @Option(
      names = "--group_near_duplicates",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Keep photos that are nearly the same (smaller, recompressed, mirrored or slightly cropped copies, the same scene a moment later) together in one set. Default: true, or"
              + " false with --split_rule=retrain")
  private @Nullable Boolean groupNearDuplicates;

  /**
   * The photos.
   *
   * @param listener hears how an archive is unpacked
   */
  DatasetSource photos(IngestListener listener) {
    return new ImageDirectory(
        imageDir(),
        labelRule(),
        splitRule() == SplitRule.FOLDERS,
        DefaultPlaces.DATASETS,
        listener);
  }

  /**
   * The folder as it was typed.
   *
   * @throws PupilException (usage) if there is none
   */
  String imageDir() {
    if (imageDir == null || imageDir.text().isEmpty()) {
      throw PupilException.usage(
          "--image_dir is required: a folder with one sub-folder of photos for each label, such as"
              + " --image_dir examples/photos");
    }
    return imageDir.text();
  }

  boolean strict() {
    return strict;
  }

  private LabelRule labelRule() {
    if (labelRule != null) {
      return Choice.of("--label_rule", LabelRule.class, labelRule);
    }
    return LabelRule.unlessGiven(splitRule());
  }

  private SplitRule splitRule() {
    return Choice.of("--split_rule", SplitRule.class, splitRule);
  }

  SplitSettings split() {
    return new SplitSettings(
        splitRule(),
        testingPercentage,
        validationPercentage,
        splitSeed,
        groupNearDuplicates == null
            ? SplitSettings.groupsNearDuplicatesUnlessGiven(splitRule())
            : groupNearDuplicates);
  }
}

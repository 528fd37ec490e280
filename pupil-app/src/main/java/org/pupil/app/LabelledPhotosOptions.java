package org.pupil.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSettings;
import org.pupil.errors.PupilException;
import org.pupil.ingest.ImageDirectory;
import picocli.CommandLine.Option;

/** The flags of evaluate that say where the labelled photos are. */
final class LabelledPhotosOptions {
  @Option(names = "--image_dir", paramLabel = "FOLDER", description = FindOptions.IMAGE_DIR)
  private @Nullable TypedPath imageDir;

  @Option(
      names = "--strict",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Treat a photo that cannot be read as an error, not a warning.")
  private boolean strict;

  @Option(
      names = "--label_rule",
      paramLabel = "RULE",
      description =
          "How labels are named. folder: exactly like the sub-folder; retrain: as in the Python scripts, in lower case, with everything but a to z and 0 to 9 replaced by spaces. Default: as the model was trained, or folder")
  private @Nullable String labelRule;

  @Option(
      names = "--group_near_duplicates",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Hold photos that are nearly the same (smaller, recompressed, mirrored or slightly cropped copies, the same scene a moment later) out together, and count them as one in the intervals. With --graph, for which nothing is held out, they are looked for if the model is on a built-in backbone. Default: true")
  private @Nullable Boolean groupNearDuplicates;

  /**
   * The photos.
   *
   * @throws PupilException (usage) if there is none
   */
  ImageDirectory dataset() {
    return dataset(LabelRule.FOLDER);
  }

  /**
   * The photos.
   *
   * @param unlessGiven how labels are named if no flag says it
   * @throws PupilException (usage) if there is none
   */
  ImageDirectory dataset(LabelRule unlessGiven) {
    if (imageDir == null || imageDir.text().isEmpty()) {
      throw PupilException.usage(
          "--image_dir is required: a folder with one sub-folder of photos for each label, such as"
              + " --image_dir examples/photos");
    }
    return new ImageDirectory(
        imageDir.text(),
        Optional.ofNullable(labelRule)
            .map(rule -> Choice.of("--label_rule", LabelRule.class, rule))
            .orElse(unlessGiven),
        false,
        DefaultPlaces.DATASETS);
  }

  boolean strict() {
    return strict;
  }

  /** Nothing is held back: all photos are judged. */
  SplitSettings undivided() {
    return new SplitSettings(
        SplitRule.STRATIFIED, 0, 0, 0, groupNearDuplicates == null || groupNearDuplicates);
  }
}

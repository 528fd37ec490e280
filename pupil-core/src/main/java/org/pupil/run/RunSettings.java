package org.pupil.run;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.DatasetSource;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.SplitSettings;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;
import org.pupil.training.TrainingSettings;

/**
 * Everything that a person can say about a training run.
 *
 * @param photos where the labelled photos come from
 * @param strict whether a photo that cannot be decoded ends the run
 * @param split how photos are divided
 * @param backbone which network makes the bottlenecks
 * @param addresses where backbones are downloaded from
 * @param alpha what becomes of transparent pixels
 * @param precision of the backbone's arithmetic
 * @param bottleneckDir folder of the cache
 * @param distortions how training photos are varied
 * @param training how the final layer is trained
 * @param outputs where a person wants what is left on disk
 * @param threads how many cores to keep busy, at least 1
 * @param version Pupil's version
 * @param options the flags as they were given, for the model's provenance
 */
public record RunSettings(
    DatasetSource photos,
    boolean strict,
    SplitSettings split,
    BackboneRequest backbone,
    DownloadAddresses addresses,
    Alpha alpha,
    Precision precision,
    Path bottleneckDir,
    Distortions distortions,
    TrainingSettings training,
    OutputRequest outputs,
    int threads,
    String version,
    Map<String, String> options) {
  /** Name of the folder of downloaded backbones, below the one where everything goes. */
  public static final String BACKBONES_FOLDER = "backbones";

  /** Name of the folder of the cache, likewise. */
  public static final String BOTTLENECKS_FOLDER = "bottlenecks";

  private static final int ALL_PHOTOS = -1;

  public RunSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    // Not Map.copyOf, whose order is another one in every process: equal runs give equal files.
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * The settings of {@code pupil retrain} with no flag but {@code --image_dir}.
   *
   * @param imageDir folder of the photos, with a folder for each label
   * @param folder where everything goes that is left on disk
   * @param threads how many cores to keep busy, at least 1
   */
  public static RunSettings defaults(String imageDir, Path folder, int threads) {
    return new RunSettings(
        new DatasetFolder(imageDir, LabelRule.FOLDER),
        false,
        SplitSettings.DEFAULT,
        BackboneRequest.architecture(
            BackboneCatalog.defaultArchitecture(), folder.resolve(BACKBONES_FOLDER)),
        DownloadAddresses.official(),
        Alpha.WHITE,
        Precision.FLOAT32,
        folder.resolve(BOTTLENECKS_FOLDER),
        Distortions.NONE,
        TrainingSettings.DEFAULTS.withValidationBatchSize(ALL_PHOTOS),
        OutputRequest.below(folder),
        threads,
        PupilVersion.number(),
        Map.of());
  }
}

package org.pupil.run;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.DatasetSource;
import org.pupil.dataset.SplitSettings;
import org.pupil.engine.EngineName;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.familiarity.FamiliaritySettings;
import org.pupil.finetuning.FineTuningRequest;
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
 * @param engine what runs the backbone
 * @param bottleneckDir folder of the cache
 * @param distortions how training photos are varied
 * @param training how the final layer is trained
 * @param fineTuning whether and how layers of the backbone are trained too
 * @param familiarity what counts as familiar to the model
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
    EngineName engine,
    Path bottleneckDir,
    Distortions distortions,
    TrainingSettings training,
    FineTuningRequest fineTuning,
    FamiliaritySettings familiarity,
    OutputRequest outputs,
    int threads,
    String version,
    Map<String, String> options) {
  /** Name of the folder of downloaded backbones, below the one where everything goes. */
  public static final String BACKBONES_FOLDER = "backbones";

  /** Name of the folder of the cache, likewise. */
  public static final String BOTTLENECKS_FOLDER = "bottlenecks";

  /** Name of the folder of what fine-tuning keeps, below that of the cache. */
  public static final String FINE_TUNING_FOLDER = "fine-tuning";

  /** What becomes of transparent pixels unless a person says otherwise. */
  public static final Alpha DEFAULT_ALPHA = Alpha.WHITE;

  /** The engine unless a person says otherwise. */
  public static final EngineName DEFAULT_ENGINE = EngineName.AUTO;

  /** The arithmetic unless a person says otherwise. */
  public static final Precision DEFAULT_PRECISION = Precision.FLOAT32;

  /**
   * The settings of who has nothing to say of fine-tuning and familiarity, such as who makes no
   * model.
   */
  public RunSettings(
      DatasetSource photos,
      boolean strict,
      SplitSettings split,
      BackboneRequest backbone,
      DownloadAddresses addresses,
      Alpha alpha,
      Precision precision,
      EngineName engine,
      Path bottleneckDir,
      Distortions distortions,
      TrainingSettings training,
      OutputRequest outputs,
      int threads,
      String version,
      Map<String, String> options) {
    this(
        photos,
        strict,
        split,
        backbone,
        addresses,
        alpha,
        precision,
        engine,
        bottleneckDir,
        distortions,
        training,
        FineTuningRequest.NONE,
        FamiliaritySettings.DEFAULTS,
        outputs,
        threads,
        version,
        options);
  }

  /**
   * @throws PupilException (usage) if {@code threads} is less than 1
   */
  public RunSettings {
    if (threads < 1) {
      throw PupilException.usage(
          Message.of(Setting.THREADS, " must be at least 1, was " + threads));
    }
    outputs = outputs.withFormat(backbone.format());
    // Not Map.copyOf, whose order is another one in every process: equal runs give equal files.
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** The folder of what fine-tuning keeps of the photos, below that of the bottlenecks. */
  public Path fineTuningDir() {
    return bottleneckDir.resolve(FINE_TUNING_FOLDER);
  }
}

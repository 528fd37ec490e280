package org.pupil.run;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.DownloadAddresses;
import org.pupil.bottleneck.Precision;
import org.pupil.images.Distortions;
import org.pupil.photos.SplitSettings;
import org.pupil.training.TrainingSettings;

/**
 * Everything that a person can say about a teaching.
 *
 * @param imageDir folder of the photos as typed, since {@code --split_rule=retrain} hashes it
 * @param strict whether a photo that cannot be decoded ends the run
 * @param split how photos are divided
 * @param backbone which network makes the bottlenecks
 * @param addresses where backbones are downloaded from
 * @param precision of the backbone's arithmetic
 * @param bottleneckDir folder of the cache
 * @param distortions how training photos are varied
 * @param training how the final layer is taught
 * @param outputs what is left on disk
 * @param threads how many cores to keep busy, at least 1
 * @param version Pupil's version
 * @param options the flags as they were given, for the model's provenance
 */
public record RunSettings(
    String imageDir,
    boolean strict,
    SplitSettings split,
    BackboneRequest backbone,
    DownloadAddresses addresses,
    Precision precision,
    Path bottleneckDir,
    Distortions distortions,
    TrainingSettings training,
    Outputs outputs,
    int threads,
    String version,
    Map<String, String> options) {
  public RunSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    // Not Map.copyOf, whose order is another one in every process: equal runs give equal files.
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}

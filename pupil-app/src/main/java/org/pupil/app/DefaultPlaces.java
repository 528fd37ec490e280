package org.pupil.app;

import java.nio.file.Path;
import org.pupil.ingest.ImageDirectory;
import org.pupil.run.OutputRequest;
import org.pupil.run.RunSettings;

/** Where things go when no flag says otherwise: all below one folder of the working directory. */
final class DefaultPlaces {
  static final Path FOLDER = Path.of("pupil-model");
  private static final OutputRequest OUTPUTS = OutputRequest.below(FOLDER);

  /** The model of the run that finished last, unless its backbone is an ONNX network. */
  static final Path GRAPH = OUTPUTS.newest().graph();

  /** A folder for each run. */
  static final Path RUNS = OUTPUTS.runs();

  /** Where a Pupil that knew no runs put its event files. */
  static final Path OLD_LOGS = FOLDER.resolve("logs");

  static final Path BOTTLENECKS = FOLDER.resolve(RunSettings.BOTTLENECKS_FOLDER);

  /** Archives of photos, unpacked. */
  static final Path DATASETS = FOLDER.resolve(ImageDirectory.UNPACKED);

  static final Path BACKBONES = FOLDER.resolve(RunSettings.BACKBONES_FOLDER);

  private DefaultPlaces() {}

  /** The model of the run that finished last, of whichever format. */
  static Path graph() {
    return OUTPUTS.newestGraph();
  }
}

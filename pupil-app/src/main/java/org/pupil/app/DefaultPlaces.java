package org.pupil.app;

import java.nio.file.Path;
import org.pupil.run.Outputs;
import org.pupil.run.RunSettings;

/** Where things go when no flag says otherwise: all below one folder of the working directory. */
final class DefaultPlaces {
  static final Path FOLDER = Path.of("pupil-model");
  private static final Outputs OUTPUTS = Outputs.below(FOLDER);
  static final Path GRAPH = OUTPUTS.graph();
  static final Path LABELS = OUTPUTS.labels();
  static final Path BOTTLENECKS = FOLDER.resolve(RunSettings.BOTTLENECKS_FOLDER);
  static final Path SUMMARIES = OUTPUTS.summariesDir();
  static final Path BACKBONES = FOLDER.resolve(RunSettings.BACKBONES_FOLDER);
  static final Path INTERMEDIATE_GRAPHS = Path.of(OUTPUTS.intermediateGraphsDir());

  private DefaultPlaces() {}
}

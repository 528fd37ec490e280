package org.pupil.app;

import java.nio.file.Path;

/** Where things go when no flag says otherwise: all below one folder of the working directory. */
final class DefaultPlaces {
  static final Path FOLDER = Path.of("pupil-model");
  static final Path GRAPH = FOLDER.resolve("graph.pb");
  static final Path LABELS = FOLDER.resolve("labels.txt");
  static final Path BOTTLENECKS = FOLDER.resolve("bottlenecks");
  static final Path SUMMARIES = FOLDER.resolve("logs");
  static final Path BACKBONES = FOLDER.resolve("backbones");
  static final Path INTERMEDIATE_GRAPHS = FOLDER.resolve("intermediate");

  private DefaultPlaces() {}
}

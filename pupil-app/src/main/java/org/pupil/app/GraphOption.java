package org.pupil.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag that names the model which a command uses. */
final class GraphOption {
  @Option(
      names = "--graph",
      paramLabel = "FILE",
      description =
          "The model: a frozen graph, or an .onnx. Default: pupil-model/graph.pb, or graph.onnx if"
              + " that is newer")
  private @Nullable Path graph;

  /** The model's file; without the flag, that of the run that finished last. */
  Path path() {
    return graph == null ? DefaultPlaces.graph() : graph;
  }
}

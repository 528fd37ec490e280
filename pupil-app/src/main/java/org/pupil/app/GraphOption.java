package org.pupil.app;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flag that names the model which a command uses. */
final class GraphOption {
  private final CommandOption<Path> graph =
      CommandOption.of(
          Path.class,
          OptionSpec.builder("--graph")
              .paramLabel("FILE")
              .description(
                  "The model: a frozen graph, or an .onnx. Default: pupil-model/graph.pb, or graph.onnx"
                      + " if that is newer"));

  void addTo(CommandSpec command) {
    command.addOption(graph.spec());
  }

  /** The model's file; without the flag, that of the run that finished last. */
  Path path() {
    return graph.given().orElseGet(DefaultPlaces::graph);
  }
}

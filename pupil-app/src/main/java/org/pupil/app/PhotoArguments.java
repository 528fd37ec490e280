package org.pupil.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The photos that a command is given: those of {@code --image}, and the words without a flag. */
final class PhotoArguments {
  private final OptionSpec image;
  private final PositionalParamSpec more;

  /**
   * The arguments, none of which is given yet.
   *
   * @param description of {@code --image}, for the help
   */
  PhotoArguments(String description) {
    image =
        OptionSpec.builder("--image")
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .initialValue(List.of())
            .paramLabel("PHOTO")
            .description(description)
            .build();
    more =
        PositionalParamSpec.builder()
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .initialValue(List.of())
            .arity("0..1")
            .paramLabel("PHOTO")
            .description("More photos or folders, as for --image.")
            .build();
  }

  void addTo(CommandSpec command) {
    command.addOption(image).addPositional(more);
  }

  /** Those of {@code --image} first. */
  List<Path> paths() {
    List<Path> paths = new ArrayList<>(image.<List<Path>>getValue());
    paths.addAll(more.<List<Path>>getValue());
    return paths;
  }
}

package org.pupil.app;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pupil.errors.PupilException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code pupil completion}: what a shell needs to complete commands and flags. */
final class CompletionCommand implements Callable<ExitStatus> {
  private static final String PROGRAM = "pupil";

  private enum Shell {
    BASH,
    ZSH,
    FISH
  }

  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;
  private final PositionalParamSpec shell =
      PositionalParamSpec.builder()
          .paramLabel("bash|zsh|fish")
          .description("Your shell.")
          .completionCandidates(List.of("bash", "zsh", "fish"))
          .type(String.class)
          .arity("0..1")
          .build();

  CompletionCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
  }

  /** The command as picocli takes it. */
  CommandSpec spec() {
    CommandSpec spec =
        CommandSpec.wrapWithoutInspection(this).name("completion").aliases("complete");
    spec.usageMessage()
        .header("Prints what a shell needs to complete commands and flags with the tab key.")
        .customSynopsis("pupil completion bash|zsh|fish")
        .description(
            "",
            "Type the lines for your shell once. Every new terminal then completes commands and flags, if pupil is on your PATH.",
            "",
            "  mkdir -p ~/.local/share/bash-completion/completions",
            "  pupil completion bash > ~/.local/share/bash-completion/completions/pupil",
            "",
            "  pupil completion zsh > ~/.pupil-completion",
            "  echo '. ~/.pupil-completion' >> ~/.zshrc",
            "",
            "  pupil completion fish > ~/.config/fish/completions/pupil.fish",
            "");
    spec.addPositional(shell);
    return spec;
  }

  @Override
  public ExitStatus call() {
    String typed = shell.getValue();
    if (typed == null) {
      throw PupilException.usage("no shell is named: bash, zsh or fish");
    }
    terminal.out().print(script(Choice.of("the shell", Shell.class, typed)));
    return ExitStatus.OK;
  }

  private String script(Shell one) {
    CommandLine program = new CommandLine(CommandSpec.create().name(PROGRAM));
    for (CommandName command : CommandName.values()) {
      program.addSubcommand(
          command.typed(), command.parser(terminal, clock, environment), command.alias());
    }
    return switch (one) {
      case BASH, ZSH -> AutoComplete.bash(PROGRAM, program) + "\n";
      case FISH -> FishCompletion.of(program);
    };
  }
}

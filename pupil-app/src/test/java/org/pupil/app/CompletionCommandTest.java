package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.errors.PupilException;
import picocli.CommandLine;

class CompletionCommandTest {
  /** What bash offers for the words that follow, of which the last is not finished. */
  private static final String OFFERED_BY_BASH =
      """
      . "$1"; shift
      COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
      _complete_pupil "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir Path folder;

  private static String script(String... arguments) {
    TestTerminal terminal = TestTerminal.redirected();
    CompletionCommand command =
        new CompletionCommand(terminal.terminal(), Clock.systemUTC(), Map.of());
    CommandLine parser = new CommandLine(command.spec());
    parser.parseArgs(arguments);
    command.call();
    return terminal.out();
  }

  @ParameterizedTest
  @CsvSource({
    "pupil chec, check",
    "pupil retrain --image_d, --image_dir",
    "pupil why --gra, --graph"
  })
  void bashOffersCommandsAndTheirFlags(String typed, String offered) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
    Path script = Files.writeString(folder.resolve("completion"), script("bash"));
    List<String> command = List.of("/bin/bash", "-c", OFFERED_BY_BASH, "bash", script.toString());
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(typed.split(" ")));
    assertThat(printedBy(all).lines()).contains(offered);
  }

  private static String printedBy(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return printed;
  }

  @Test
  void fishIsToldEachCommandAndItsFlags() {
    String script = script("FISH");
    assertThat(script)
        .contains(
            "complete -c pupil -n __fish_use_subcommand -f -a label_image -d 'Labels photos with a"
                + " model.'\n")
        .contains("complete -c pupil -n '__fish_seen_subcommand_from label' -l top_k -r -d 'How")
        .contains("Google\\'s");
    for (CommandName command : CommandName.values()) {
      assertThat(script).contains("-f -a " + command.typed() + " -d");
    }
  }

  @Test
  void aShellIsNeeded() {
    assertThatThrownBy(() -> script())
        .isInstanceOf(PupilException.class)
        .hasMessage("no shell is named: bash, zsh or fish");
    assertThatThrownBy(() -> script("tcsh"))
        .hasMessage("the shell must be one of bash, zsh, fish, was tcsh");
  }
}

package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is said to a person fits the terminal, and no word is broken. */
class NarrowTerminalTest {
  private static List<List<String>> commands() {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of("--help"));
    for (String command :
        List.of(
            "retrain",
            "check",
            "label_image",
            "evaluate",
            "explain",
            "export",
            "board",
            "self-check")) {
      all.add(List.of(command, "--help"));
    }
    all.add(List.of("retrain", "--image_dr", "x"));
    all.add(List.of("label_image"));
    all.add(List.of("label_image", "--graph=some-folder-that-is-not-there/graph.pb", "x.jpg"));
    all.add(List.of("retrain", "--testing_percentage=60", "--validation_percentage=60"));
    all.add(List.of("retrain", "--image_dir=.", "--architecture=mobilenet_0.3_224"));
    all.add(List.of("nonsense"));
    return all;
  }

  private static String said(TestTerminal terminal, List<String> command) {
    new PupilCommand(terminal.terminal(), Clock.systemUTC(), Map.of())
        .run(command.toArray(String[]::new));
    return terminal.out() + terminal.err();
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void everyLineOfHelpAndErrorsFitsAndEveryWordIsWhole(int columns) {
    for (List<String> command : commands()) {
      String narrow = said(TestTerminal.wide(columns), command);
      assertThat(narrow.lines())
          .as(command.toString())
          .isNotEmpty()
          .allMatch(line -> LineWrap.width(line) <= columns);
      assertThat(words(narrow))
          .as(command.toString())
          .isEqualTo(words(said(TestTerminal.wide(100), command)));
    }
  }

  @Test
  void anErrorIsOneLineWhereNoPersonReads() {
    for (List<String> command : commands()) {
      if (!command.contains("--help")) {
        assertThat(said(TestTerminal.redirected(), command).lines())
            .as(command.toString())
            .hasSize(1);
      }
    }
  }
}

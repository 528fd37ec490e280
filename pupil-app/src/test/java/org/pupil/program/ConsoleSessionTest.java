package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.program.ConsoleSession.Exchange;

class ConsoleSessionTest {
  static String fixture() throws IOException {
    try (InputStream in = ConsoleSessionTest.class.getResourceAsStream("session.md")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void onlyBlocksOfTheConsoleAreReadCommandByCommand() throws IOException {
    assertThat(ConsoleSession.in(fixture()).exchanges())
        .containsExactly(
            new Exchange("ls", List.of("examples", "pupil")),
            new Exchange("echo Hello | tee greeting.txt", List.of("Hello")),
            new Exchange("printf 'first\\nsecond\\nthird\\n'", List.of("first", "...", "third")),
            new Exchange(
                "printf '%s ' one \\\n  two; echo 2026-11-24 12:21:16.215050: dog 0.9991627 >&2",
                List.of("one two 2026-01-02 03:04:05.000000: dog 0.9990001")),
            new Exchange("echo \"$(cat greeting.txt) again\" > second.txt", List.of()),
            new Exchange("cat second.txt", List.of("Hello again")));
  }

  @Test
  void aBlockThatBeginsWithOutputIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConsoleSession.in("```console\nHello\n$ ls\n```\n"))
        .withMessageContaining("Hello");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true  | dog 0.9991627                         | dog 0.9990002
          false | dog 0.9991627                         | dog 0.9951627
          false | dog 0.9991627                         | cat 0.9991627
          false | dog 0.9991627                         | dog 0.9991627 cat 0.0008373
          true  | probability 0.549                     | probability 0.550
          false | probability 0.549                     | probability 0.553
          false | accuracy 91.7%                        | accuracy 91.6%
          false | 148 photos                            | 147 photos
          true  | 2026-11-24 12:21:16.215050: Step 10:  | 2027-01-02 03:04:05.000001: Step 10:
          false | 2026-11-24 12:21:16.215050: Step 10:  | 2027-01-02 03:04:05.000001: Step 20:
          true  | 48 of 148 photos, 93.4 a second, 1 s left | 48 of 148 photos, 7 a second, 60 s left
          false | 48 of 148 photos, 93.4 a second       | 49 of 148 photos, 93.4 a second
          true  | logs/events.out.tfevents.1.vm.2.0.pupil | logs/events.out.tfevents.3.pc.4.0.pupil
          true  | Model: graph.pb                       | 'Model: graph.pb  '
          """)
  void fewThingsMayDiffer(boolean same, String shown, String printed) {
    assertThat(SessionOutput.lineMatches(shown, printed)).isEqualTo(same);
  }

  @Test
  void progressIsNotPartOfASession() {
    assertThat(
            SessionOutput.matches(
                List.of("a", "b"),
                List.of("a", "Bottlenecks: 64 of 148 photos, 6.3 a second, 13 s left", "b")))
        .isTrue();
  }

  @Test
  void dotsStandForAnyLines() {
    List<String> shown = List.of("a", "...", "c", "...");
    assertThat(SessionOutput.matches(shown, List.of("a", "b", "b", "c"))).isTrue();
    assertThat(SessionOutput.matches(shown, List.of("a", "c", "d", "c", "e"))).isTrue();
    assertThat(SessionOutput.matches(shown, List.of("a", "b"))).isFalse();
    assertThat(SessionOutput.matches(List.of("..."), List.of())).isTrue();
    assertThat(SessionOutput.matches(List.of("a"), List.of("a", ""))).isTrue();
    assertThat(SessionOutput.matches(List.of("a"), List.of("a", "b"))).isFalse();
    assertThat(SessionOutput.matches(List.of(), List.of("a"))).isFalse();
    String progress = "Bottlenecks: 80 of 148 photos, 7.6 a second, 9 s left";
    assertThat(SessionOutput.matches(List.of("a", "b"), List.of("a", progress, "b"))).isTrue();
  }
}

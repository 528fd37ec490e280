package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Session.Step STEP =
      new Session.Step("x", List.of("first", "...", "dog 0.75", "...", "last of 12"));

  @Test
  void theBlocksOfADocumentAreItsSteps() {
    Session session =
        Session.parse(
            """
            Text.
            ```console
            $ one
            1

            2
            $ two
            ```
            ```sh
            not this
            ```
            ```console
            $ three
            ...
            ```
            """);
    assertThat(session.steps())
        .containsExactly(
            new Session.Step("one", List.of("1", "", "2")),
            new Session.Step("two", List.of()),
            new Session.Step("three", List.of("...")));
  }

  @Test
  void aBlockWithoutACommandIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Session.parse("```console\nno command\n```\n"));
  }

  @Test
  void linesMayBeLeftOut() {
    assertThat(STEP.shows(List.of("first", "dog 0.75", "last of 12"))).isTrue();
    assertThat(STEP.shows(List.of("first", "a", "b", "dog 0.75", "c", "last of 12"))).isTrue();
    assertThat(STEP.shows(List.of("first", "last of 12"))).isFalse();
    assertThat(STEP.shows(List.of("a", "first", "dog 0.75", "last of 12"))).isFalse();
    assertThat(STEP.shows(List.of("first", "dog 0.75", "last of 12", "more"))).isFalse();
  }

  @Test
  void decimalsMayDifferALittleAndWholeNumbersNot() {
    assertThat(STEP.shows(List.of("first", "dog 0.76", "last of 12"))).isTrue();
    assertThat(STEP.shows(List.of("first", "dog 0.65", "last of 12"))).isFalse();
    assertThat(STEP.shows(List.of("first", "cat 0.75", "last of 12"))).isFalse();
    assertThat(STEP.shows(List.of("first", "dog 0.75", "last of 13"))).isFalse();
  }

  @Test
  void timesAndProgressMayDiffer() {
    Session.Step step =
        new Session.Step("x", List.of("2026-11-24 12:48:02.508147: Step 0", "12 photos"));
    assertThat(
            step.shows(
                List.of(
                    "2031-01-02 00:00:00.000001: Step 0",
                    "Bottlenecks: 64 of 148 photos, 6.3 a second, 13 s left",
                    "12 photos")))
        .isTrue();
    assertThat(step.shows(List.of("2026-11-24 12:48:02.508147: Step 1", "12 photos"))).isFalse();
  }
}

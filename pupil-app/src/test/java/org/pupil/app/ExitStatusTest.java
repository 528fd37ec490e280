package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupil.errors.PupilException;

class ExitStatusTest {
  /** Scripts rely on these numbers. */
  @ParameterizedTest
  @CsvSource({
    "OK, 0",
    "INTERNAL, 1",
    "USAGE, 2",
    "BAD_INPUT, 3",
    "BAD_MODEL, 4",
    "UNAVAILABLE, 5",
    "DIVERGED, 6",
    "FOUND_WANTING, 7",
    "REJECTED, 8"
  })
  void theNumbersStayAsTheyAre(ExitStatus status, int code) {
    assertThat(status.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(PupilException.Kind.class)
  void everyKindOfTroubleHasTheStatusOfItsName(PupilException.Kind kind) {
    assertThat(ExitStatus.of(kind).name()).isEqualTo(kind.name());
  }

  @Test
  void theHelpNamesThemAll() {
    String help = CommandName.overview(Launcher.PLAIN);
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(help).contains("\n  " + status.code() + "  " + status.meaning() + "\n");
    }
  }
}

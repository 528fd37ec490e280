package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.pupil.errors.PupilException;

class ChoiceTest {
  @Test
  void theLetterCaseDoesNotMatter() {
    assertThat(Choice.of("--logging_verbosity", Verbosity.class, "warn")).isEqualTo(Verbosity.WARN);
    assertThat(Choice.of("--logging_verbosity", Verbosity.class, "Fatal"))
        .isEqualTo(Verbosity.FATAL);
  }

  @Test
  void anythingElseIsWrongUsageThatNamesTheChoices() {
    assertThatExceptionOfType(PupilException.class)
        .isThrownBy(() -> Choice.of("--logging_verbosity", Verbosity.class, "loud"))
        .withMessage("--logging_verbosity must be one of debug, info, warn, error, fatal, was loud")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.USAGE));
  }

  @Test
  void aLevelSaysItselfAndWhatIsWorse() {
    assertThat(Verbosity.WARN.says(Verbosity.ERROR)).isTrue();
    assertThat(Verbosity.WARN.says(Verbosity.WARN)).isTrue();
    assertThat(Verbosity.WARN.says(Verbosity.INFO)).isFalse();
    assertThat(Verbosity.DEBUG.says(Verbosity.DEBUG)).isTrue();
  }
}

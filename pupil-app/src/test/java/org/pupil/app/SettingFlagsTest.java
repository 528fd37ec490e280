package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pupil.errors.Setting;

class SettingFlagsTest {
  private static Stream<String> flags(CommandName command) {
    return PupilCommand.flags(
            command.parser(TestTerminal.redirected().terminal(), Clock.systemUTC(), Map.of()))
        .stream()
        .map(Flag::canonical);
  }

  /** {@code folder} is where a program has the run kept; the command line always keeps it. */
  @Test
  void whatAMessageNamesCanBeTyped() {
    List<String> flags = Stream.of(CommandName.values()).flatMap(SettingFlagsTest::flags).toList();
    assertThat(
            Arrays.stream(Setting.values())
                .filter(setting -> setting != Setting.FOLDER)
                .map(SettingFlags::of))
        .isSubsetOf(flags);
  }
}

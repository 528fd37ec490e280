package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanCommandTest {
  @TempDir Path folder;

  private final TestTerminal terminal = TestTerminal.redirected();
  private Path database;

  @BeforeEach
  void keepBottlenecks() throws IOException {
    database = Files.write(folder.resolve("bottlenecks.db"), new byte[1_500_000]);
  }

  private ExitStatus clean(String... arguments) {
    List<String> all = new ArrayList<>(List.of("clean"));
    all.addAll(Arrays.asList(arguments));
    all.add("--bottleneck_dir=" + folder);
    all.add("--model_dir=" + folder);
    return new PupilCommand(terminal.terminal(), Clock.systemUTC(), Map.of())
        .run(all.toArray(String[]::new));
  }

  @Test
  void showsWhatThereIsAndRemovesNothing() {
    assertThat(clean()).isEqualTo(ExitStatus.OK);

    assertThat(terminal.out()).contains("bottlenecks     1.5 MB", database.toString());
    assertThat(terminal.err()).contains("Nothing was removed");
    assertThat(database).exists();
  }

  @Test
  void removesWhatIsNamed() {
    assertThat(clean("bottlenecks", "--yes")).isEqualTo(ExitStatus.OK);

    assertThat(terminal.err()).contains("Removed bottlenecks: 1.5 MB");
    assertThat(database).doesNotExist();
  }

  @Test
  void removesNothingElse() {
    assertThat(clean("maps", "--yes")).isEqualTo(ExitStatus.OK);

    assertThat(terminal.err()).contains("there are none of these").doesNotContain("Removed");
    assertThat(database).exists();
  }

  @Test
  void asksBeforeItRemovesAnything() {
    assertThat(clean("bottlenecks")).isEqualTo(ExitStatus.USAGE);

    assertThat(terminal.err()).contains("add --yes");
    assertThat(database).exists();
  }

  @Test
  void anUnknownKindListsThoseThatThereAre() {
    assertThat(clean("photos", "--yes")).isEqualTo(ExitStatus.USAGE);

    assertThat(terminal.err())
        .contains("KIND must be one of leftovers, libraries")
        .contains("photos");
    assertThat(database).exists();
  }

  @Test
  void printsJson() {
    assertThat(clean("--json")).isEqualTo(ExitStatus.OK);

    assertThat(terminal.out()).contains("\"kind\" : \"bottlenecks\"", "\"bytes\" : 1500000");
  }
}

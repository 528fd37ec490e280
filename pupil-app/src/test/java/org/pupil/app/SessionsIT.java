package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs what the documents show, with the packaged program. */
class SessionsIT {
  private static final int MOST_MINUTES = 5;
  private static final List<String> LINKED = List.of("pupil", "examples");

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/workshop.md"})
  void theOutputThatADocumentShowsIsWhatIsPrinted(String document, @TempDir Path folder)
      throws Exception {
    for (String name : LINKED) {
      Files.createSymbolicLink(folder.resolve(name), Checkout.root().resolve(name));
    }
    try {
      check(document, folder);
    } finally {
      for (String name : LINKED) {
        Files.delete(folder.resolve(name));
      }
    }
  }

  private static void check(String document, Path folder) throws Exception {
    for (Session.Step step : Session.of(Checkout.root().resolve(document)).steps()) {
      List<String> printed = run(step.command(), folder);
      if (!step.shows(printed)) {
        assertThat(String.join("\n", printed))
            .as("%s: %s", document, step.command())
            .isEqualTo(String.join("\n", step.shown()));
      }
    }
  }

  /** Output and talk in the order in which they come, as on a terminal. */
  private static List<String> run(String command, Path folder)
      throws IOException, InterruptedException {
    Path printed = folder.resolve("printed.txt");
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    shell.environment().put("PUPIL_BUILD", "never");
    Process process = shell.start();
    if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(command + " is not done after " + MOST_MINUTES + " minutes");
    }
    List<String> lines =
        Files.readString(printed).replace("\r", "").stripTrailing().lines().toList();
    Files.delete(printed);
    return lines;
  }
}

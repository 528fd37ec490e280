package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README and the other documents show at a terminal is what happens there. Each document
 * is gone through from its beginning in a folder that looks like a fresh clone, with {@code
 * ./pupil} built and {@code examples} in it. {@link ConsoleSession} says how a session is written,
 * {@link SessionOutput} what may differ.
 */
class DocumentsIT {
  @TempDir private Path folder;

  @Test
  void theReadmesSessionIsReal() throws IOException {
    Path readme = Checkout.folder().resolve("README.md");
    Assumptions.assumeTrue(Files.exists(readme), "there is no README yet");
    assertHappens(Files.readString(readme));
  }

  @Test
  void theSessionsOfTheOtherDocumentsAreReal() throws IOException {
    List<Path> documents = new ArrayList<>();
    try (var files = Files.newDirectoryStream(Checkout.folder().resolve("docs"), "*.md")) {
      files.forEach(documents::add);
    }
    for (Path document : documents) {
      assertHappens(Files.readString(document));
    }
  }

  @Test
  void aSessionThatIsNotRealIsNoticed() throws IOException {
    String session = ConsoleSessionTest.fixture();
    assertThat(firstDifference(session)).isEmpty();
    assertThat(firstDifference(session.replace("Hello again", "Hello")))
        .contains("cat second.txt", "Hello again");
  }

  private void assertHappens(String markdown) {
    assertThat(firstDifference(markdown)).isEmpty();
  }

  /** Runs a document's commands up to the first that prints something else; empty if none does. */
  private String firstDifference(String markdown) {
    List<ConsoleSession.Exchange> exchanges = ConsoleSession.in(markdown).exchanges();
    if (exchanges.isEmpty()) {
      return "";
    }
    Path clone = folder.resolve("clone");
    if (Files.exists(clone)) {
      TestFiles.deleteTree(clone);
    }
    TestFiles.copyTree(Checkout.folder().resolve("examples"), clone.resolve("examples"));
    TestFiles.link(clone.resolve("pupil"), Checkout.launcher());
    PupilProgram shell = PupilProgram.in(clone);
    for (ConsoleSession.Exchange exchange : exchanges) {
      PupilRun run = shell.shell("{ " + exchange.command() + "\n} 2>&1");
      if (!SessionOutput.matches(exchange.output(), run.outLines())) {
        return "$ %s%n--- the document shows:%n%s%n--- it prints:%n%s"
            .formatted(exchange.command(), String.join("\n", exchange.output()), run.out());
      }
    }
    return "";
  }
}

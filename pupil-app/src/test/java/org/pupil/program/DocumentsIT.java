package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README and the other documents show at a terminal is what happens there, and what they
 * tell the reader to type works. Each document is gone through from its beginning in a folder that
 * looks like a fresh clone, with {@code ./pupil} built and {@code examples} in it. {@link
 * ConsoleSession} and {@link ShellBlock} say how commands are written, {@link SessionOutput} what
 * may differ in their output.
 */
class DocumentsIT {
  /** A figure that is no duration, and its first decimal. */
  private static final Pattern SHOWN_NUMBER =
      Pattern.compile(
          "(?:^|[ ,])\\d+\\.(\\d)(?!\\d* ?(?:ms|s|photos|MB|a second|seconds|minutes)\\b)");

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

  /** One folder for all stations, as somebody goes through them. */
  @Test
  void theStationsOfTheWorkshopAreReal() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (var files = Files.newDirectoryStream(Checkout.folder().resolve("docs/workshop"), "*.md")) {
      files.forEach(pages::add);
    }
    Collections.sort(pages); // 1-what-is-..., 2-how-does-..., and the others after them
    PupilProgram shell = PupilProgram.in(freshClone());
    for (Path page : pages) {
      List<ConsoleSession.Exchange> exchanges =
          ConsoleSession.in(Files.readString(page)).exchanges();
      assertThat(exchanges.isEmpty() || exchanges.stream().anyMatch(DocumentsIT::hasNumber))
          .as("%s shows a number that could be wrong", page)
          .isTrue();
      assertThat(firstDifference(exchanges, shell)).as("%s", page).isEmpty();
    }
  }

  @Test
  void whatDocumentsTellTheReaderToTypeWorks() throws IOException {
    for (Path document : documents()) {
      List<ShellBlock> blocks =
          ShellBlock.in(Files.readString(document)).stream()
              .filter(block -> block.notRun().isEmpty())
              .toList();
      if (!blocks.isEmpty()) {
        Path pupil = freshClone().resolve("pupil");
        Files.delete(pupil);
        try (InputStream script = DocumentsIT.class.getResourceAsStream("served-until-shown.sh")) {
          Files.copy(script, pupil);
        }
        assertThat(pupil.toFile().setExecutable(true)).isTrue();
      }
      for (ShellBlock block : blocks) {
        PupilRun run =
            PupilProgram.in(folder.resolve("clone"))
                .with("LAUNCHER", Checkout.launcher().toString())
                .shell("set -e\n" + block.first() + "\n" + block.commands());
        assertThat(run.status()).as("%s: %s", document, run).isZero();
      }
    }
  }

  @Test
  void aSessionThatIsNotRealIsNoticed() throws IOException {
    String session = ConsoleSessionTest.fixture();
    assertThat(firstDifference(session)).isEmpty();
    assertThat(firstDifference(session.replace("Hello again", "Hello")))
        .contains("cat second.txt", "Hello again");
  }

  private static boolean hasNumber(ConsoleSession.Exchange exchange) {
    return changed(exchange.output()).isPresent();
  }

  /** What is shown, with another digit in the last number that is no time, if there is one. */
  private static Optional<List<String>> changed(List<String> output) {
    for (int i = output.size() - 1; i >= 0; i--) {
      Matcher number = SHOWN_NUMBER.matcher(output.get(i));
      if (number.find()) {
        List<String> changed = new ArrayList<>(output);
        int digit = Integer.parseInt(number.group(1));
        changed.set(
            i,
            output.get(i).substring(0, number.start(1))
                + (digit + 5) % 10
                + output.get(i).substring(number.end(1)));
        return Optional.of(changed);
      }
    }
    return Optional.empty();
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Checkout.folder().resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    try (var files = Files.newDirectoryStream(Checkout.folder(), "*.md")) {
      files.forEach(documents::add);
    }
    return documents;
  }

  private void assertHappens(String markdown) {
    assertThat(firstDifference(markdown)).isEmpty();
  }

  private Path freshClone() {
    Path clone = folder.resolve("clone");
    if (Files.exists(clone)) {
      TestFiles.deleteTree(clone);
    }
    TestFiles.copyTree(Checkout.folder().resolve("examples"), clone.resolve("examples"));
    TestFiles.link(clone.resolve("pupil"), Checkout.launcher());
    return clone;
  }

  /** Runs a document's commands up to the first that prints something else; empty if none does. */
  private String firstDifference(String markdown) {
    List<ConsoleSession.Exchange> exchanges = ConsoleSession.in(markdown).exchanges();
    if (exchanges.isEmpty()) {
      return "";
    }
    return firstDifference(exchanges, PupilProgram.in(freshClone()));
  }

  private static String firstDifference(
      List<ConsoleSession.Exchange> exchanges, PupilProgram shell) {
    for (ConsoleSession.Exchange exchange : exchanges) {
      PupilRun run = shell.shell("{ " + exchange.command() + "\n} 2>&1");
      if (!SessionOutput.matches(exchange.output(), run.outLines())) {
        return "$ %s%n--- the document shows:%n%s%n--- it prints:%n%s"
            .formatted(exchange.command(), String.join("\n", exchange.output()), run.out());
      }
      changed(exchange.output())
          .ifPresent(
              changed ->
                  assertThat(SessionOutput.matches(changed, run.outLines()))
                      .as("another number is noticed: %s", changed)
                      .isFalse());
    }
    return "";
  }
}

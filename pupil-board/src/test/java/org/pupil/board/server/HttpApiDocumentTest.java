package org.pupil.board.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.board.SharedFolder;
import org.pupil.board.TestBoard;

/**
 * Asks the real server what docs/http_api.md asks, and holds it to the answers that stand there.
 */
class HttpApiDocumentTest {
  private static final Pattern ROUTE =
      Pattern.compile("\"(/(?:data|experiment)/[a-zA-Z_./-]*\\w)\"");

  @TempDir private static Path logdir;
  private static TestBoard board;

  @BeforeAll
  static void open() throws IOException {
    DocumentLog.write(logdir);
    board = TestBoard.open(logdir);
  }

  @AfterAll
  static void close() {
    board.close();
  }

  private static String document() throws IOException {
    return Files.readString(SharedFolder.checkout().resolve("docs/http_api.md"));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsAnsweredAsItIsWritten() throws IOException {
    List<DocumentExample> examples = DocumentExample.of(document());
    assertThat(examples).hasSizeGreaterThan(25);
    return examples.stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.name(), () -> assertThat(example.difference(board)).isEmpty()));
  }

  @Test
  void everyRouteIsInTheDocument() throws IOException {
    TreeSet<String> routes = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java/org/pupil/board"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        Matcher route = ROUTE.matcher(Files.readString(source));
        while (route.find()) {
          routes.add(route.group(1));
        }
      }
    }
    String document = document();
    assertThat(routes).hasSizeGreaterThan(20);
    List<String> missing = new ArrayList<>(routes);
    missing.removeIf(document::contains);
    assertThat(missing).isEmpty();
  }
}

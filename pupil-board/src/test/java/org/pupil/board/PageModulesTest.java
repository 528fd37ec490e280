package org.pupil.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs the tests of the page's modules, which are in {@code src/test/js}, with Node's own test
 * runner. Without a Node that knows modules by what is in them (20.19 or newer) they are skipped.
 */
class PageModulesTest {
  private static final Path TESTS = Path.of("src/test/js");

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() == 0 ? "" : output;
  }

  private static boolean knowsModules() throws InterruptedException {
    try {
      String asked =
          "const [major, minor] = process.versions.node.split('.').map(Number);"
              + " process.exit(major > 22 || major === 22 && minor >= 7 || major === 20 && minor >= 19"
              + " ? 0 : 'too old')";
      return run(List.of("node", "-e", asked)).isEmpty();
    } catch (IOException notThere) {
      return false;
    }
  }

  @Test
  void theModulesOfThePageDoWhatTheirTestsSay() throws Exception {
    assumeTrue(
        knowsModules(), "needs node 20.19 or newer on the path; the page's tests are skipped");
    List<String> command = new ArrayList<>(List.of("node", "--test"));
    try (Stream<Path> files = Files.list(TESTS)) {
      files
          .map(Path::toString)
          .filter(name -> name.endsWith(".test.mjs"))
          .sorted()
          .forEach(command::add);
    }
    assertThat(command).hasSizeGreaterThan(5);
    assertThat(run(command)).isEmpty();
  }
}

package org.pupil.tensorflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show. */
@EnabledOnOs(OS.LINUX)
class NativeLibraryTest {
  private record Outcome(int status, String out, String err) {}

  private static Outcome run(Path folder, String logLevel) throws Exception {
    Path picture = folder.resolve("picture.jpg");
    try (InputStream in =
        NativeLibraryTest.class.getResourceAsStream("/org/pupil/images/rgb420.jpg")) {
      Files.copy(in, picture);
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Xms64m",
            "-XX:+AlwaysPreTouch", // so that only native memory can still grow
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            QuietProcess.class.getName(),
            picture.toString());
    builder.environment().remove("TF_CPP_MIN_LOG_LEVEL");
    if (!logLevel.isEmpty()) {
      builder.environment().put("TF_CPP_MIN_LOG_LEVEL", logLevel);
    }
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    int status = builder.start().waitFor();
    return new Outcome(status, text(folder.resolve("out")), text(folder.resolve("err")));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, UTF_8);
  }

  @Test
  void tensorFlowIsSilentAndKeepsNoMemory(@TempDir Path folder) throws Exception {
    Outcome outcome = run(folder, "");
    assertThat(outcome.err()).isEqualTo("Java's own words\n");
    assertThat(outcome.status()).isZero();
    // The second thousand runs feeds and fetches more than a gigabyte.
    assertThat(Long.parseLong(outcome.out().strip())).as("kilobytes").isLessThan(20_000);
  }

  @Test
  void whoeverAsksTensorFlowToTalkHearsIt(@TempDir Path folder) throws Exception {
    Outcome outcome = run(folder, "0");
    assertThat(outcome.err()).contains("Java's own words\n").contains("oneDNN");
    assertThat(outcome.status()).isZero();
  }
}

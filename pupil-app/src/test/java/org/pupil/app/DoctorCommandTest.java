package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path folder;

  private final TestTerminal terminal = TestTerminal.redirected();

  private ExitStatus doctor(String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = "doctor";
    arguments[1] = "--bottleneck_dir=" + folder;
    arguments[2] = "--model_dir=" + folder;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return new PupilCommand(terminal.terminal(), Clock.systemUTC(), Map.of()).run(arguments);
  }

  @Test
  void saysThatAllIsWell() {
    assertThat(doctor("--offline")).isEqualTo(ExitStatus.OK);

    assertThat(terminal.out())
        .contains("Java           " + System.getProperty("java.version"))
        .contains("ONNX Runtime   1.")
        .contains("efficientnet_lite0, all sizes, built in")
        .contains("Read by Pupil  JPEG, PNG, GIF, BMP, WebP, TIFF")
        .containsPattern(
            "HEIC or HEIF   (read by /|read by [A-Z]:|not read; to change that, install )")
        .containsPattern("JPEG XL        (read by|not read)")
        .doesNotContain("Network")
        .endsWith("Pupil works on this machine.\n");
  }

  @Test
  void aBackboneThatChangedIsTrouble() throws IOException {
    Files.writeString(folder.resolve("mobilenet_v1_0.5_224.tgz"), "weights");
    Files.writeString(
        folder.resolve("mobilenet_v1_0.5_224.tgz.sha256"),
        "0".repeat(64) + "  mobilenet_v1_0.5_224.tgz\n");

    assertThat(doctor("--offline", "--json")).isEqualTo(ExitStatus.UNAVAILABLE);

    JsonNode found = new ObjectMapper().readTree(terminal.out());
    assertThat(found.get("works").booleanValue()).isFalse();
    assertThat(found.get("backbones").get(2).get("trouble").textValue())
        .contains("has changed since it was first used");
    assertThat(found.get("self_check").isNull()).isTrue();
    assertThat(found.get("converters").findValuesAsText("format"))
        .containsExactly("HEIC or HEIF", "AVIF", "JPEG XL");
    assertThat(found.get("converters").get(0).has("program")).isTrue();
  }
}

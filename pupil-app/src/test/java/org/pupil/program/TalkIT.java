package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results go to stdout, everything else to stderr, and a terminal gets a moving bar. */
class TalkIT {
  private static final String ESCAPE = "\u001b";

  @TempDir private Path folder;
  private PupilProgram pupil;

  @BeforeEach
  void photos() {
    pupil = PupilProgram.in(folder);
    Photos.birdsAndFruit(folder.resolve("photos"), 12, 12);
  }

  @Test
  void withoutATerminalThereAreOnlyPlainLines() {
    PupilRun run = pupil.run("retrain", "--image_dir=photos", Photos.QUICK).succeeded();
    assertThat(run.out() + run.err()).doesNotContain(ESCAPE, "\r", "█", "%|");
    assertThat(run.outLines())
        .allMatch(
            line ->
                Stream.of(
                        "Penalty on large weights: .*",
                        "Final test accuracy = .*",
                        "\\d+ test photos? .*",
                        "Calibration left out.*",
                        "Calibrated: .*",
                        "Cross-validation over all .*",
                        "About \\d+ of the training photos .*",
                        "More about the .*",
                        " {2}\\(each was judged .*",
                        "To be surer, .*",
                        "On new photos .*",
                        " {2}(bird|fruit) +\\d+ of \\d+ right.*",
                        "Model: .*",
                        "Next: .*")
                    .anyMatch(line::matches));
    pupil.run("label_image", "photos/bird/duck.jpg").succeeded().errIsEmpty();
  }

  /** Two programs that start at once try to clear away the same old library; one finds it gone. */
  @Test
  void aLibraryThatCannotBeClearedAwayIsNobodysTrouble() throws Exception {
    Path temporary = folder.resolve("tmp");
    Files.createDirectories(temporary.resolve(oldSqliteLibrary()).resolve("in the way"));
    pupil
        .with("PUPIL_JAVA_OPTS", "-Dorg.sqlite.tmpdir=" + temporary)
        .run("retrain", "--image_dir=photos", Photos.QUICK)
        .succeeded()
        .errHasNo("SEVERE", "\tat ", "Exception");
  }

  /** What the driver takes for a library of an ended process: named by its version. */
  private static String oldSqliteLibrary() throws Exception {
    try (var jars = Files.newDirectoryStream(Checkout.packaged().resolve("lib"), "sqlite-jdbc-*")) {
      Path jar = jars.iterator().next();
      String version = jar.getFileName().toString().replaceAll("sqlite-jdbc-|\\.jar", "");
      return "sqlite-" + version + "-old-libsqlitejdbc.so";
    }
  }

  @Test
  void theOriginalsVerbosityMakesItQuiet() {
    TestFiles.write(folder.resolve("photos/bird/half.jpg"), Photos.halfAJpeg());
    PupilRun warned =
        pupil
            .run("retrain", "--image_dir=photos", Photos.QUICK, "--logging_verbosity=WARN")
            .succeeded();
    assertThat(warned.errLines()).isNotEmpty().allMatch(line -> line.startsWith("warning: "));
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--logging_verbosity=error")
        .succeeded()
        .errIsEmpty()
        .outIs(warned.out());
  }

  @Test
  void misclassifiedTestPhotosAreListedWithTheirTrueLabel() {
    Photos.copy("mammal", 12, folder.resolve("photos"));
    Photos.copy("flower", 12, folder.resolve("photos"));
    PupilRun run =
        pupil
            .run(
                "retrain",
                "--image_dir=photos",
                Photos.QUICK,
                "--testing_percentage=60",
                "--print_misclassified_test_images")
            .succeeded()
            .outContains("=== MISCLASSIFIED TEST IMAGES ===\n");
    assertThat(run.outLines())
        .filteredOn(line -> line.contains("; probability "))
        .isNotEmpty()
        .allMatch(
            line ->
                line.matches(
                        " +photos/(\\w+)/\\S+ {2}(?!\\1)\\w+ \\(is \\1; probability 0\\.\\d{3}\\)")
                    && line.indexOf("  ", 70) == 70);
  }

  /** Runs a line on a pseudo terminal; what it shows is on stdout. */
  private PupilRun onATerminal(String line) {
    return onATerminal(100, line);
  }

  private PupilRun onATerminal(int columns, String line) {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "script(1) differs elsewhere");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script(1) here");
    return pupil
        .with("TERM", "xterm")
        .shell("script -qec 'stty cols " + columns + "; " + line + "' /dev/null");
  }

  @Test
  void aTerminalGetsABarWithRateAndTimeLeft() {
    String line = "pupil retrain --image_dir=photos " + Photos.QUICK;
    PupilRun run = onATerminal(line).exitedWith(0);
    assertThat(run.out())
        .contains("Bottlenecks 100%", "24 of 24 photos", "in ")
        .contains(ESCAPE + "[33mwarning:" + ESCAPE + "[0m bird: only 12 photos");
    pupil = pupil.with("NO_COLOR", "1");
    PupilRun plain = onATerminal(line + " --bottleneck_dir=again").exitedWith(0);
    assertThat(plain.out())
        .contains("Bottlenecks 100%", "\r\nwarning: bird: only 12 photos")
        .doesNotContain(ESCAPE);
    PupilRun redirected = onATerminal(line + " --bottleneck_dir=third 2>talk").exitedWith(0);
    assertThat(redirected.out()).contains("Model: ").doesNotContain("Bottlenecks", ESCAPE);
    assertThat(folder.resolve("talk")).content().contains("24 bottlenecks: ").doesNotContain("%|");
  }

  /** What a terminal shows of a line at last: what stands after the last carriage return. */
  private static List<String> shown(PupilRun run) {
    return run.out()
        .replaceAll(ESCAPE + "\\[[\\d;]*m", "")
        .lines()
        .map(line -> line.replaceAll("\r+$", "").replaceAll(".*\r", ""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void aWholeSessionFitsTheTerminal(int columns) {
    String[] session = {
      "pupil retrain --image_dir=photos "
          + Photos.QUICK
          + " --how_many_training_steps=300 --testing_percentage=30"
          + " --print_misclassified_test_images",
      "pupil retrain --image_dir=photos " + Photos.QUICK,
      "pupil label_image photos/bird photos/fruit",
      "pupil retrain --image_dir=nowhere",
      "pupil label_image --graph photos/bird/duck.jpg --image photos/bird/duck.jpg",
      "pupil retrain --help",
      "pupil board --help",
      "pupil --help"
    };
    for (String line : session) {
      assertThat(shown(onATerminal(columns, line)))
          .as(line)
          .isNotEmpty()
          .allMatch(seen -> seen.length() <= columns);
    }
  }

  @Test
  void aTerminalGetsBarsBesideTheNumbersAndAPipeNever() {
    pupil.run("retrain", "--image_dir=photos", Photos.QUICK).succeeded();
    String label = "pupil label_image photos/bird/duck.jpg";
    List<String> plain = pupil.shell(label).succeeded().outLines();
    List<String> seen = shown(onATerminal(80, label));
    assertThat(seen).hasSameSizeAs(plain);
    for (int i = 0; i < seen.size(); i++) {
      assertThat(seen.get(i)).startsWith(plain.get(i) + "  ").contains(" %");
    }
    assertThat(seen.get(0)).contains("█");
    pupil = pupil.with("LANG", "C");
    assertThat(shown(onATerminal(80, label)).get(0)).contains("##").doesNotContain("█");
    assertThat(shown(onATerminal(80, label + " | cat"))).isEqualTo(plain);
  }

  @Test
  void aTerminalGetsABarForTheStepsAndAFileTheirLines() {
    String line =
        "pupil retrain --image_dir=photos " + Photos.QUICK + " --how_many_training_steps=500";
    List<String> seen = shown(onATerminal(80, line));
    assertThat(seen).filteredOn(shown -> shown.contains(": Step ")).hasSizeLessThanOrEqualTo(6);
    assertThat(seen).anyMatch(shown -> shown.matches("Training 100% .*500 of 500 steps, .*"));
    PupilRun piped = pupil.shell(line + " 2>&1").succeeded();
    assertThat(piped.outLines()).filteredOn(shown -> shown.contains(": Step ")).hasSize(153);
    assertThat(shown(onATerminal(80, line + " --logging_verbosity DEBUG")))
        .filteredOn(shown -> shown.contains(": Step "))
        .hasSize(153);
  }
}

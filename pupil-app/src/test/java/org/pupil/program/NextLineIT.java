package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line that Pupil says is to be typed works where the person stands. */
class NextLineIT {
  private static final String ASKED = "no photo is given: ";

  @TempDir private Path folder;

  private PupilProgram pupil;

  /** Links to the launcher, in a folder of the test. */
  @BeforeEach
  void launchers() throws IOException {
    Files.createDirectories(folder.resolve("my bin"));
    Files.createDirectories(folder.resolve("work"));
    TestFiles.link(folder.resolve("my bin/pupil"), Checkout.launcher());
    TestFiles.link(folder.resolve("my bin/p2"), Checkout.launcher());
    TestFiles.link(folder.resolve("work/pupil"), Checkout.launcher());
    pupil =
        PupilProgram.in(folder.resolve("work")).with("BIN", folder.resolve("my bin").toString());
  }

  /** Without the folder on the path that {@link PupilProgram#shell} adds. */
  private PupilRun typed(String line) {
    return pupil.start(List.of("/bin/sh", "-c", line)).end();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./pupil",
        "\"$BIN/pupil\"",
        "\"$BIN/p2\"",
        "'../my bin/pupil'",
        "cd .. && 'my bin/p2'",
        "cd / && \"$OLDPWD/../my bin/pupil\"",
        "PATH=\"$BIN:$PATH\" && pupil",
        "PATH=\"$BIN:$PATH\" && cd / && p2",
        "sh pupil",
        "sh \"$BIN/p2\""
      })
  void whatAMessageSaysCanBeTyped(String call) {
    String before = call.contains("&&") ? call.substring(0, call.lastIndexOf("&&") + 2) : "";
    PupilRun asked = typed(call + " label_image").exitedWith(2);
    String told = asked.err().substring(asked.err().indexOf(ASKED) + ASKED.length());
    String line = told.substring(0, told.indexOf(" (--help tells more)"));
    assertThat(line).endsWith("label_image --image some.jpg");

    typed(before + line).failedWith(4, "there is no graph pupil-model/graph.pb");
  }

  @Test
  void aLauncherThatIsNotExecutableIsCalledThroughTheShell() throws IOException {
    CheckoutCopy copy = CheckoutCopy.working(folder.resolve("a copy"));
    Files.setPosixFilePermissions(copy.launcher(), PosixFilePermissions.fromString("rw-r--r--"));
    PupilProgram.in(folder)
        .start(List.of("/bin/sh", "-c", "sh 'a copy/pupil' label_image"))
        .end()
        .failedWith(2, ASKED + "sh 'a copy/pupil' label_image --image some.jpg");
  }

  @Test
  void theNextLineOfATeachingLabelsAPhotoWhoseNameNeedsQuotes() {
    Path photos = folder.resolve("work/my photos' best");
    Photos.birdsAndFruit(photos, 6, 6);
    PupilRun taught =
        typed(
                "\"$BIN/p2\" retrain --image_dir \"my photos' best\" --output_graph 'a model/g.pb' "
                    + Photos.QUICK)
            .succeeded();
    String next = taught.outLines().get(taught.outLines().size() - 1);
    assertThat(next).startsWith("Next: '" + folder.resolve("my bin/p2") + "' label_image --graph ");
    PupilRun labelled = typed(next.substring("Next: ".length())).succeeded();
    assertThat(labelled.outLines()).hasSize(2);
  }

  @Test
  void helpNamesTheLauncherAsItWasCalled() {
    typed("./pupil --help").outContains("  ./pupil retrain --image_dir examples/photos ");
    typed("./pupil board --help").outContains("./pupil board --logdir pupil-model/runs");
  }
}

package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pupil workshop}, from an empty folder. */
class GuidedWorkshopIT {
  @TempDir private Path folder;

  @Test
  void itRunsWhatItShowsAndGoesOnWhereItStopped() {
    PupilProgram shell = PupilProgram.in(folder).with("PUPIL", Checkout.launcher().toString());
    PupilRun begun = shell.shell("printf '\\n\\n\\n\\n\\n\\nq\\n' | sh \"$PUPIL\" workshop");
    begun.succeeded().outContains("$ cp -r ", "$ mkdir three-kinds", "Go on with: ");
    for (String label : new String[] {"bird", "flower", "mammal"}) {
      assertThat(folder.resolve("three-kinds").resolve(label)).isNotEmptyDirectory();
    }
    assertThat(folder.resolve("examples/photos/fruit")).isNotEmptyDirectory();

    PupilRun goneOn = shell.shell("printf '\\nq\\n' | sh \"$PUPIL\" workshop");
    goneOn.succeeded().outContains("You are in station 1.", "retrain --image_dir three-kinds");
    assertThat(goneOn.out()).doesNotContain("$ mkdir three-kinds");
  }
}

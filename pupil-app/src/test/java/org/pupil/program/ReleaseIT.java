package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that {@code mvn -Pdist package} makes, where it was made. */
class ReleaseIT {
  @TempDir private Path folder;

  @Test
  void theZipRunsWithAJavaRuntimeAlone() throws IOException {
    List<Path> zips = new ArrayList<>();
    try (var files =
        Files.newDirectoryStream(Checkout.folder().resolve("pupil-app/target"), "pupil-*.zip")) {
      files.forEach(zips::add);
    }
    assumeTrue(!zips.isEmpty(), "no zip was made: that is what -Pdist does");
    PupilProgram shell = PupilProgram.in(folder);
    shell.shell("unzip -q '" + zips.get(0) + "'").exitedWith(0);
    Path release;
    try (var files = Files.newDirectoryStream(folder, "pupil-*")) {
      release = files.iterator().next();
    }
    assertThat(TestFiles.below(release)).contains("LICENSE", "NOTICE", "examples/photos/bird");
    PupilProgram.unprepared(folder, release.resolve("pupil"))
        .run("label_image", Photos.duck(), "--graph", TaughtModel.BIRDS_AND_FRUIT.graph())
        .exitedWith(0)
        .outContains("bird ");
  }
}

package org.pupil.tuning;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;

class SearchFolderTest {
  @TempDir Path folder;

  /** A training run may be told other places; a search has no flags for that. */
  @Test
  void whereNoFolderCanBeMadeTheAdviceIsOneThatASearchCanTake() throws IOException {
    Path runs = Files.createFile(folder.resolve("file")).resolve("runs");
    assertThatThrownBy(() -> SearchFolder.make(runs, Optional.empty()))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith("cannot make a folder for this search in " + runs + ": ")
        .hasMessageEndingWith("; search from a folder that can be written");
  }
}

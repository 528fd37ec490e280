package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the launcher for Windows builds again. */
class StaleBuildTest {
  @TempDir private Path checkout;

  @BeforeEach
  void make() throws IOException {
    for (String file :
        new String[] {
          "pom.xml",
          "pupil-core/pom.xml",
          "pupil-core/src/main/java/A.java",
          "pupil-core/src/test/java/ATest.java",
          "pupil-app/target/pupil/built",
        }) {
      Files.createDirectories(checkout.resolve(file).getParent());
      Files.createFile(checkout.resolve(file));
    }
    try (var all = Files.walk(checkout)) {
      for (Path path : all.toList()) {
        Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000));
      }
    }
  }

  private void touch(String file) throws IOException {
    Files.setLastModifiedTime(checkout.resolve(file), FileTime.fromMillis(2_000_000));
  }

  @Test
  void aBuildThatIsAsNewAsItsSourcesIsGoodAndTestsDoNotCount() throws IOException {
    touch("pupil-core/src/test/java/ATest.java");
    assertThat(StaleBuild.isStale(checkout)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "pupil-core/pom.xml",
        "pupil-core/src/main/java/A.java",
        "pupil-core/src/main/java"
      })
  void anythingThatIsNewerMakesItStale(String changed) throws IOException {
    touch(changed);
    assertThat(StaleBuild.isStale(checkout)).isTrue();
  }
}

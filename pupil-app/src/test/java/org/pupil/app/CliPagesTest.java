package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pupil.program.Checkout;

class CliPagesTest {
  private static final String WRITE = "pupil.docs.write";
  private static final String HOW =
      "docs/cli is not what the flags say now; write it anew from the checkout's root with%n"
          + "  mvn -pl pupil-app -am test -Dtest=CliPagesTest -D%s=true"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  private static final Path FOLDER = Checkout.folder().resolve("docs").resolve("cli");

  @Test
  void thePagesOfTheCommandsSayWhatTheFlagsSay() throws IOException {
    Map<String, String> pages = CliPages.all();
    if (Boolean.getBoolean(WRITE)) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(FOLDER.resolve(page.getKey())).as(HOW, WRITE).content().isEqualTo(page.getValue());
    }
  }

  @Test
  void thereIsNoPageOfACommandThatIsGone() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(CliPages.all().keySet());
    }
  }

  @Test
  void everyFlagIsOnItsPageOnce() {
    Map<String, String> pages = CliPages.all();
    for (String flag : new String[] {"--image_dir", "--seed", "--verbose", "--checkpoint_path"}) {
      assertThat(pages.get("retrain.md")).containsOnlyOnce("| `" + flag);
    }
    assertThat(pages.get("label_image.md"))
        .contains("| `--top_k=N` | How many labels to print for each photo. | `5` |");
  }
}

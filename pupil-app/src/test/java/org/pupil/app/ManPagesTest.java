package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManPagesTest {
  @TempDir Path folder;

  @Test
  void everyCommandHasAPageWithItsFlags() throws IOException {
    ManPages.write(folder);

    Stream<String> names = Arrays.stream(CommandName.values()).map(c -> "pupil-" + c.typed());
    assertThat(names).allSatisfy(name -> assertThat(folder.resolve(name + ".adoc")).exists());
    assertThat(Files.readString(folder.resolve("pupil-retrain.adoc")))
        .contains("== Name", "*--image_dir*=_FOLDER_::");
    assertThat(Files.readString(folder.resolve("pupil.adoc"))).contains("pupil-label_image");
  }
}

package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShellBlockTest {
  @Test
  void aCommentAboveABlockSaysWhatItNeedsOrWhyItIsNotRun() {
    String markdown =
        """
        ```sh
        ./pupil retrain \\
          --image_dir examples/photos
        ```

        <!-- first: mkdir my-photos -->
        ```sh
        ls my-photos
        ```

        - In a list:
          <!-- not run: it builds -->
          ```sh
          mvn verify
          ```

        ```console
        $ ls
        ```

        ```
        sh
        ```
        """;
    assertThat(ShellBlock.in(markdown))
        .containsExactly(
            new ShellBlock(
                "./pupil retrain \\\n  --image_dir examples/photos", "", Optional.empty()),
            new ShellBlock("ls my-photos", "mkdir my-photos", Optional.empty()),
            new ShellBlock("  mvn verify", "", Optional.of("it builds")));
  }
}

package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "photos/a.jpg, photos/a.jpg",
        "my photos/a.jpg, 'my photos/a.jpg'",
        "it's.jpg, 'it'\\''s.jpg'",
        "$HOME/*.jpg, '$HOME/*.jpg'",
        "-x.jpg, ./-x.jpg",
        "~/x.jpg, './~/x.jpg'",
        "\u00e9t\u00e9.jpg, '\u00e9t\u00e9.jpg'"
      })
  void aPathIsAWordOfAShellThatMeansIt(String path, String word) {
    assertThat(ShellWord.of(Path.of(path))).isEqualTo(word);
  }
}

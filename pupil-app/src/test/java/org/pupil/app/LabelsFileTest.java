package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.errors.PupilException;

class LabelsFileTest {
  @TempDir private Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("labels.txt"), content);
  }

  private static void assertBadModel(Path file, String message) {
    assertThatExceptionOfType(PupilException.class)
        .isThrownBy(() -> LabelsFile.read(file))
        .withMessage(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_MODEL));
  }

  @Test
  void linesAreLabelsInTheirOrderWithoutWhiteSpaceAtTheirEnds() throws IOException {
    Path file = file(" hre \r\nbird\t\nfoo bar \nÄpfel".getBytes(StandardCharsets.UTF_8));
    assertThat(LabelsFile.read(file).names()).containsExactly(" hre", "bird", "foo bar", "Äpfel");
  }

  @Test
  void theMarkThatEditorsOnWindowsPutFirstIsNoPartOfALabel() throws IOException {
    Path file = file("\ufeffcat\r\ndog\r\n".getBytes(StandardCharsets.UTF_8));
    assertThat(LabelsFile.read(file).names()).containsExactly("cat", "dog");
  }

  @ParameterizedTest
  @CsvSource({"''", "'cat\n\ndog\n'", "'cat\n \n'"})
  void anEmptyLineOrNoneAtAllIsRefused(String content) throws IOException {
    Path file = file(content.getBytes(StandardCharsets.UTF_8));
    assertBadModel(
        file, "--labels: " + file + " must have a label on each line, and no empty line");
  }

  @Test
  void whatIsNoListOfLabelsIsRefused() throws IOException {
    Path file = file("cat\ndog\ncat\n".getBytes(StandardCharsets.UTF_8));
    assertBadModel(file, "--labels: " + file + " has a label twice");
    file(new byte[] {'c', (byte) 0xff, '\n'});
    assertBadModel(file, "--labels: " + file + " is not a text in UTF-8");
    Path nowhere = folder.resolve("nowhere.txt");
    assertBadModel(nowhere, "--labels: there is no file " + nowhere);
    assertBadModel(folder, "--labels: cannot read " + folder + ": it is a folder");
  }
}

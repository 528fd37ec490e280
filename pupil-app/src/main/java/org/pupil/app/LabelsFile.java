package org.pupil.app;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.photos.Labels;

/** A labels file: a label on each line, white space at the end of a line does not count. */
final class LabelsFile {
  private LabelsFile() {}

  static Labels read(Path file) {
    try {
      List<String> names = Files.readAllLines(file).stream().map(String::stripTrailing).toList();
      if (names.isEmpty() || names.stream().anyMatch(String::isEmpty)) {
        throw PupilException.badModel(
            "--labels: " + file + " must have a label on each line, and no empty line");
      }
      return new Labels(names);
    } catch (NoSuchFileException e) {
      throw PupilException.badModel("--labels: there is no file " + file, e);
    } catch (CharacterCodingException e) {
      throw PupilException.badModel("--labels: " + file + " is not a text in UTF-8", e);
    } catch (IOException e) {
      throw PupilException.badModel(
          "--labels: cannot read " + file + ": " + FileTrouble.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw PupilException.badModel("--labels: " + file + " has a label twice", e);
    }
  }
}

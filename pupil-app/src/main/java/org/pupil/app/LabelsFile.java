package org.pupil.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.pupil.dataset.Labels;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.files.InputFile;

/** A labels file: a label on each line, white space at the end of a line does not count. */
final class LabelsFile {
  /** Of hundreds of thousands of labels. */
  private static final long MOST_BYTES = 16L << 20;

  /** Editors on Windows put it at the beginning of a file. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private LabelsFile() {}

  static Labels read(Path file) {
    try {
      List<String> names = text(file).lines().map(String::stripTrailing).toList();
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

  private static String text(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(InputFile.read(file, MOST_BYTES));
    String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}

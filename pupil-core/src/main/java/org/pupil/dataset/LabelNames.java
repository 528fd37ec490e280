package org.pupil.dataset;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;

/** Gives each folder its label, and sees that no two have the same one. */
final class LabelNames {
  /** What stands in a name for bytes that are no UTF-8. */
  private static final char UNDECODABLE = '\ufffd';

  private static final Pattern SPACES = Pattern.compile("[\\s_-]+");

  private final Path imageDir;
  private final LabelRule rule;
  private final List<String> labels = new ArrayList<>();
  private final List<String> folderNames = new ArrayList<>();
  private final List<Problem> problems;

  /**
   * @param problems where what a person should know is added
   */
  LabelNames(Path imageDir, LabelRule rule, List<Problem> problems) {
    this.imageDir = imageDir;
    this.rule = rule;
    this.problems = problems;
  }

  /**
   * Takes the next folder.
   *
   * @param folderName its name in form NFC
   * @return the label's index
   * @throws PupilException (bad input) if the name cannot be a label, or its label is taken
   */
  int add(String folderName) {
    if (rule.keepsCharacters()) {
      checkCharacters(folderName);
    }
    String label = rule.label(folderName);
    if (rule.isBlank(label)) {
      throw PupilException.badInput(
          Message.of(
              "folder '%s' in %s gives a blank label: ".formatted(folderName, imageDir),
              rule.adviceForBlank()));
    }
    int same = labels.indexOf(label);
    if (same >= 0) {
      throw twice(folderNames.get(same), folderName, label);
    }
    if (rule.keepsCharacters()) {
      noteTrimmed(folderName, label);
      noteAlike(label);
    }
    labels.add(label);
    folderNames.add(folderName);
    return labels.size() - 1;
  }

  /**
   * A label that is no folder's name, in form NFC and without white space at its ends.
   *
   * @throws PupilException (bad input) if it is blank, or no labels file could hold it
   */
  static String checked(String given) {
    String label = LabelRule.FOLDER.label(Names.nfc(given));
    if (LabelRule.FOLDER.isBlank(label)) {
      throw PupilException.badInput("a label must have characters that can be seen");
    }
    if (breaksLines(label)) {
      throw PupilException.badInput(
          "the label '%s' must have no line feed, tab or other control character".formatted(label));
    }
    return label;
  }

  private static boolean breaksLines(String name) {
    return name.codePoints()
        .anyMatch(
            c ->
                Character.getType(c) == Character.CONTROL
                    || Character.getType(c) == Character.SURROGATE
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
  }

  private void checkCharacters(String folderName) {
    if (folderName.indexOf(UNDECODABLE) >= 0) {
      throw PupilException.badInput(
          "folder '%s' in %s: its name is not in UTF-8, so it cannot be a label: rename it"
              .formatted(folderName, imageDir));
    }
    if (breaksLines(folderName)) {
      throw PupilException.badInput(
          "folder '%s' in %s: a label must have no line feed, tab or other control character: rename it"
              .formatted(folderName, imageDir));
    }
  }

  private PupilException twice(String first, String second, String label) {
    if (first.equals(second)) {
      return PupilException.badInput(
          "two folders in %s have the name '%s', with its accents encoded in two ways: merge them"
              .formatted(imageDir, label));
    }
    return PupilException.badInput(
        "folders '%s' and '%s' in %s give the same label '%s': rename or merge them"
            .formatted(first, second, imageDir, label));
  }

  private void noteTrimmed(String folderName, String label) {
    if (!label.equals(folderName)) {
      problems.add(
          new Problem(
              Problem.Kind.LABEL_TRIMMED,
              0,
              "folder '%s': its label is '%s', without the white space at the ends: rename the folder"
                  .formatted(folderName, label)));
    }
  }

  /** Two labels that a person hardly tells apart are most often one, sorted twice. */
  private void noteAlike(String label) {
    String plain = plain(label);
    labels.stream()
        .filter(other -> plain(other).equals(plain))
        .findFirst()
        .ifPresent(
            other ->
                problems.add(
                    new Problem(
                        Problem.Kind.LABELS_ALIKE,
                        0,
                        "'%s' and '%s' are used as two labels: if they are one, merge the folders"
                            .formatted(other, label))));
  }

  private static String plain(String label) {
    String folded = Normalizer.normalize(label, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    return SPACES.matcher(folded.toLowerCase(Locale.ROOT)).replaceAll(" ");
  }

  /** The labels so far, in the order in which they were added. */
  List<String> labels() {
    return labels;
  }
}

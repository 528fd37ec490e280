package org.pupil.dataset;

import java.util.Locale;
import java.util.regex.Pattern;
import org.pupil.errors.Message;
import org.pupil.errors.Setting;

/** How the name of a folder becomes the label of its photos. */
public enum LabelRule {
  /**
   * The default: the name as it is, in Unicode's form NFC, without white space at its ends.
   *
   * <p>White space at the ends goes because nobody sees it and those who read a labels file cut it
   * off. A name with control characters or ends of lines, or one whose bytes are no UTF-8, is an
   * error: no labels file could hold it.
   */
  FOLDER {
    @Override
    String label(String folderName) {
      int start = 0;
      int end = folderName.length();
      while (start < end && isSpace(folderName.charAt(start))) {
        start++;
      }
      while (start < end && isSpace(folderName.charAt(end - 1))) {
        end--;
      }
      return folderName.substring(start, end);
    }

    @Override
    boolean isBlank(String label) {
      return label.codePoints().allMatch(LabelRule::isInvisible);
    }

    @Override
    Message adviceForBlank() {
      return Message.of("give it a name that can be seen");
    }

    @Override
    boolean keepsCharacters() {
      return true;
    }
  },

  /**
   * The rule of retrain.py: lower case, every run of characters outside a-z and 0-9 one space, not
   * trimmed ({@code Foo_Bar!} is {@code "foo bar "}).
   */
  RETRAIN {
    @Override
    String label(String folderName) {
      return OUTSIDE_A_LABEL.matcher(folderName.toLowerCase(Locale.ROOT)).replaceAll(" ");
    }

    @Override
    boolean isBlank(String label) {
      return label.isBlank();
    }

    @Override
    Message adviceForBlank() {
      return Message.of(
          "under ", Setting.LABEL_RULE, "=retrain a name needs a letter a to z or a digit");
    }

    @Override
    boolean keepsCharacters() {
      return false;
    }
  };

  private static final Pattern OUTSIDE_A_LABEL = Pattern.compile("[^a-z0-9]+");
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK;
  }

  private static boolean isInvisible(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }

  /** The rule where none is given: who wants the originals' split wants their labels too. */
  public static LabelRule unlessGiven(SplitRule split) {
    return split == SplitRule.RETRAIN ? RETRAIN : FOLDER;
  }

  /** The label of a folder whose name is in form NFC. */
  abstract String label(String folderName);

  /** Whether nothing of the label can be seen. */
  abstract boolean isBlank(String label);

  /** What to do about a blank label. */
  abstract Message adviceForBlank();

  /** Whether what is in the name is in the label too, so that the name must be fit for it. */
  abstract boolean keepsCharacters();
}

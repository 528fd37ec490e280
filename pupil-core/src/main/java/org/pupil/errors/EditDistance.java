package org.pupil.errors;

import java.util.Arrays;

/**
 * How many slips of the hand lie between two words: letters left out, put in, put in place of
 * another, or two neighbours swapped. That tells which right name a wrong one was meant to be. It
 * is the Damerau-Levenshtein distance in the form of optimal string alignment: no letter is touched
 * twice.
 */
public final class EditDistance {
  private EditDistance() {}

  /** Slips from one word to the other; the order of the two makes no difference. */
  public static int between(String a, String b) {
    return lastRow(a, b, false)[a.length()];
  }

  /** Slips from the word to that part of the text which is nearest to it. */
  public static int toPartOf(String text, String word) {
    return Arrays.stream(lastRow(text, word, true)).min().orElseThrow();
  }

  /**
   * Slips from the whole word to each beginning of the text, index being its length; with {@code
   * anyStart} to each part of the text that ends there.
   */
  private static int[] lastRow(String text, String word, boolean anyStart) {
    int[] beforeLast = new int[text.length() + 1];
    int[] last = new int[text.length() + 1];
    for (int j = 0; j <= text.length(); j++) {
      last[j] = anyStart ? 0 : j;
    }
    for (int i = 1; i <= word.length(); i++) {
      int[] row = new int[text.length() + 1];
      row[0] = i;
      for (int j = 1; j <= text.length(); j++) {
        boolean equal = word.charAt(i - 1) == text.charAt(j - 1);
        row[j] = Math.min(last[j - 1] + (equal ? 0 : 1), Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && word.charAt(i - 1) == text.charAt(j - 2)
            && word.charAt(i - 2) == text.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last;
  }
}

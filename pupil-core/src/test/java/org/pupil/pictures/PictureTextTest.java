package org.pupil.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.font.TextLayout;
import org.junit.jupiter.api.Test;

class PictureTextTest {
  /** Without the marks around the word, the number would stand at its left. */
  @Test
  void aWordFromRightToLeftLeavesTheNumberBehindItWhereItWasWritten() {
    String word = "\u2068طائر\u2069";
    TextLayout line = new PictureText(22).line(word + " 0.81");

    assertThat(left(line, word.length() + 1, word.length() + 5))
        .isGreaterThan(left(line, 1, word.length() - 1));
    assertThat(left(new PictureText(22).line("طائر 0.81"), 5, 9)).isLessThan(1);
  }

  private static double left(TextLayout line, int from, int to) {
    return line.getLogicalHighlightShape(from, to).getBounds2D().getMinX();
  }
}

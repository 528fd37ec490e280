package org.pupil.board.plugins.hparams;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Looks for regular expressions, but not for longer than some time altogether. */
final class TimeLimit {
  /** RE2's time for one character is bounded, but may be long for an expression with repeats. */
  private static final int CHARACTERS_BETWEEN_LOOKS = 16;

  private final LongSupplier nanoTime;
  private final long end;

  /**
   * Begins now.
   *
   * @param nanoTime a clock, such as System::nanoTime
   */
  TimeLimit(Duration limit, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + limit.toNanos();
  }

  /**
   * Whether some part of the text matches.
   *
   * @throws HParamsException if the time is up
   */
  boolean find(Pattern pattern, String text) throws HParamsException {
    try {
      return pattern.matcher(new Watched(text)).find();
    } catch (TimeUpException e) {
      throw new HParamsException("filterRegexp takes too long; give a shorter one");
    }
  }

  private static final class TimeUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A text that looks at the clock while it is read. */
  private final class Watched implements CharSequence {
    private final CharSequence text;
    private int reads;

    Watched(CharSequence text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++reads % CHARACTERS_BETWEEN_LOOKS == 0 && nanoTime.getAsLong() - end > 0) {
        throw new TimeUpException();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Watched(text.subSequence(start, end));
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}

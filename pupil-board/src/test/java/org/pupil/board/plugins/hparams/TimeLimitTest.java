package org.pupil.board.plugins.hparams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
  private final AtomicLong nanos = new AtomicLong();

  /** Every look at the clock takes a millisecond. */
  private TimeLimit limit(long millis) {
    return new TimeLimit(Duration.ofMillis(millis), () -> nanos.getAndAdd(1_000_000));
  }

  @Test
  void matchingEndsWhenTheTimeIsUp() {
    String text = "a".repeat(10_000);
    assertThatThrownBy(() -> limit(20).find(Pattern.compile("(a+)+b"), text))
        .isInstanceOf(HParamsException.class)
        .hasMessageContaining("takes too long");
  }

  @Test
  void theTimeIsForAllTextsTogether() throws HParamsException {
    TimeLimit limit = limit(200);
    Pattern pattern = Pattern.compile("(a|b)+c");
    String text = "ab".repeat(500);
    assertThat(limit.find(pattern, text)).isFalse();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                limit.find(pattern, text);
              }
            })
        .isInstanceOf(HParamsException.class);
  }

  @Test
  void anyPartOfTheTextMayMatch() throws HParamsException {
    assertThat(limit(1000).find(Pattern.compile("d.m"), "an adam")).isTrue();
    assertThat(limit(1000).find(Pattern.compile("^d.m"), "an adam")).isFalse();
  }
}

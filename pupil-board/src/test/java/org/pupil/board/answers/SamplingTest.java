package org.pupil.board.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplingTest {
  @Test
  void fiftyOneOfAThousandAndOneAreEachTwentieth() {
    List<Integer> sampled = Sampling.evenly(numbers(1001), 51);
    assertThat(sampled).hasSize(51).startsWith(0, 20, 40).endsWith(980, 1000);
  }

  @Property
  void firstAndLastStayAndNoneComesTwice(
      @ForAll @IntRange(min = 1, max = 3000) int size,
      @ForAll @IntRange(min = 2, max = 600) int most) {
    List<Integer> sampled = Sampling.evenly(numbers(size), most);
    assertThat(sampled).hasSize(Math.min(size, most)).startsWith(0).endsWith(size - 1);
    assertThat(sampled).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void oneIsTheLast() {
    assertThat(Sampling.evenly(numbers(7), 1)).containsExactly(6);
  }

  @Test
  void noneCannotBeWanted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sampling.evenly(numbers(3), 0))
        .withMessageContaining("was 0");
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }
}

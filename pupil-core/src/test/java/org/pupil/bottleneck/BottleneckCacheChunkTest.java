package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BottleneckCacheChunkTest {
  @Test
  void aLongQuestionIsCutIntoPartsWithoutGapsAndWithoutEmptyOnes() {
    assertThat(BottleneckCacheChunk.of(0)).isEmpty();
    assertThat(BottleneckCacheChunk.of(1)).containsExactly(new BottleneckCacheChunk(0, 1));
    assertThat(BottleneckCacheChunk.of(4096)).containsExactly(new BottleneckCacheChunk(0, 4096));
    assertThat(BottleneckCacheChunk.of(4097))
        .containsExactly(new BottleneckCacheChunk(0, 4096), new BottleneckCacheChunk(4096, 4097));
  }

  @Test
  void numbersAreAJsonArray() {
    assertThat(new BottleneckCacheChunk(2, 5).jsonOfNumbers(i -> (1L << 40) * (3 - i)))
        .isEqualTo("[1099511627776,0,-1099511627776]");
  }

  /** As RFC 8259 has it: only quotes, backslashes and what is below a space is escaped. */
  @Test
  void textsAreAJsonArray() {
    List<String> texts = Arrays.asList("a b", null, "\"\\", "\t\u0000\u001f", "\u007fä猫");
    assertThat(new BottleneckCacheChunk(0, 5).jsonOfTexts(texts::get))
        .isEqualTo("[\"a b\",null,\"\\\"\\\\\",\"\\u0009\\u0000\\u001f\",\"\u007fä猫\"]");
  }
}

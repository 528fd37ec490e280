package org.pupil.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagNamesTest {
  private final TagNames names = new TagNames();

  private String of(String name) {
    byte[] bytes = (">>" + name + "<").getBytes(UTF_8);
    return names.of(bytes, 2, bytes.length - 3);
  }

  @Test
  void theSameBytesAreTheSameString() {
    String first = of("größe/katze");

    assertThat(first).isEqualTo("größe/katze");
    assertThat(of("größe/katze")).isSameAs(first);
  }

  @Test
  void manyTagsAreToldApart() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 30_000; i++) {
        assertThat(of("tag" + i)).isEqualTo("tag" + i);
      }
    }
    assertThat(of("tag7")).isSameAs(of("tag7"));
  }

  @Test
  void tagsOfOneHashAreToldApart() {
    // As strings of Java these have one hash, and of one length they have one here too.
    assertThat(of("Aa")).isEqualTo("Aa");
    assertThat(of("BB")).isEqualTo("BB");
    assertThat(of("Aa")).isEqualTo("Aa");
    assertThat(of("")).isEmpty();
  }

  @Test
  void bytesThatAreNoTextAreReplaced() {
    assertThat(names.of(new byte[] {'a', (byte) 0xff}, 0, 2)).isEqualTo("a\uFFFD");
  }
}

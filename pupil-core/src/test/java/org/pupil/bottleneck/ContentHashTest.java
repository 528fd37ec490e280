package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  @Test
  void itIsTheSha256OfFips180() {
    ContentHash hash = ContentHash.of("abc".getBytes(StandardCharsets.US_ASCII));
    assertThat(hash)
        .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(ContentHash.fromBytes(hash.toBytes())).isEqualTo(hash);
    // Leading zeros are kept.
    assertThat(new ContentHash(1, 0, -1, 15).toString()).hasSize(64).startsWith("0000000000000001");
  }

  @Test
  void anotherLengthIsRefused() {
    assertThatThrownBy(() -> ContentHash.fromBytes(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyIsASha256AndOneLine() {
    for (String sha256 : new String[] {"", "ab", "AB".repeat(32), "ab".repeat(32) + "\n"}) {
      assertThatThrownBy(() -> new BottleneckKey(sha256, "224x224"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String preprocessing : new String[] {"", " ", "224x224\n"}) {
      assertThatThrownBy(() -> new BottleneckKey("ab".repeat(32), preprocessing))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

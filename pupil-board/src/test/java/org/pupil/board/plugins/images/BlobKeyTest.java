package org.pupil.board.plugins.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobKeyTest {
  @Test
  void aKeyIsThatOfTensorBoardsFastLoader() {
    // What tensorboard-data-server 0.7 gives for run "one", tag "new/picture", step 10, image 0.
    assertThat(new BlobKey("one", "new/picture", 10, 2).encode())
        .isEqualTo("WyIiLCJvbmUiLCJuZXcvcGljdHVyZSIsMTAsMl0");
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll @Chars({'a', '/', ' ', '"', '\\', 'é', '中', '%', '&', '\n'}) String run,
      @ForAll long step,
      @ForAll int index) {
    BlobKey key = new BlobKey(run, "tag " + run, step, index);
    assertThat(key.encode()).matches("[A-Za-z0-9_-]+");
    assertThat(BlobKey.decode(key.encode())).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "[\"\",\"a\",\"b\",1]",
        "[\"\",\"a\",\"b\",1,2,3]",
        "[\"\",\"a\",\"b\",\"1\",2]",
        "[\"\",\"a\",\"b\",1.5,2]",
        "[\"\",\"a\",\"b\",1,99999999999]",
        "[\"\",\"a\",\"b\",99999999999999999999,2]",
        "[\"\",null,\"b\",1,2]",
        "{\"run\":\"a\"}",
        "7",
        "[[[[[[[["
      })
  void otherJsonIsNoKey(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThat(BlobKey.decode(Base64.getUrlEncoder().encodeToString(bytes))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "../../etc/passwd", "_w", "%", "WyIi=LCJ", "\0"})
  void garbageIsNoKey(String garbage) {
    assertThat(BlobKey.decode(garbage)).isEmpty();
  }

  @Property(tries = 300)
  void noTextMakesItFail(@ForAll String text) {
    assertThat(BlobKey.decode(text)).isEmpty();
  }
}

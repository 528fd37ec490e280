package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.dataset.UndecodableImageException;

/** Files that end too early: half copied, or cut by a full disk. */
class TruncatedImagesTest {
  private static final ImageDecoder DECODER = new ImageDecoder(new InputSpec(5, 7, 0, 1));

  /** Bytes before the end, up to which every single one is tried. */
  private static final int THOROUGH = 24;

  static List<String> pictures() {
    return Pictures.OF_EACH_KIND;
  }

  /** Only what comes behind the last pixel may be missing, and then nothing looks different. */
  @ParameterizedTest
  @MethodSource("pictures")
  void aFileThatIsCutOffIsRefusedOrLooksAsBefore(String name) throws UndecodableImageException {
    byte[] whole = Pictures.read(name);
    float[] pixels = DECODER.decode(whole);
    for (int length = 0; length < whole.length; length += step(length, whole.length)) {
      byte[] cut = Arrays.copyOf(whole, length);
      float[] seen;
      try {
        seen = DECODER.decode(cut);
      } catch (UndecodableImageException e) {
        assertThat(e.getMessage()).as("%d of %d bytes", length, whole.length).isNotBlank();
        continue;
      }
      assertThat(seen).as("%d of %d bytes", length, whole.length).containsExactly(pixels);
    }
  }

  private static int step(int length, int whole) {
    return length < 2 * THOROUGH || length >= whole - THOROUGH ? 1 : 37;
  }
}

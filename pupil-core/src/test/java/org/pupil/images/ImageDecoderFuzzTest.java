package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pupil.dataset.UndecodableImageException;

/** Whatever is in a file, the decoder gives pixels or says why not; nothing else may come out. */
class ImageDecoderFuzzTest {
  private static final InputSpec SPEC = new InputSpec(6, 10, 127.5f, 127.5f);
  private static final ImageDecoder DECODER = new ImageDecoder(SPEC);

  private static void decode(byte[] bytes) {
    float[] pixels;
    try {
      pixels = DECODER.decode(bytes);
    } catch (UndecodableImageException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
      return;
    }
    assertThat(pixels).hasSize(SPEC.floats());
    for (float pixel : pixels) {
      assertThat(pixel).isBetween(-1.001f, 1.001f);
    }
  }

  /** A change of some bytes from a place on; places are counted from the beginning or the end. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Edit(int place, boolean fromEnd, byte[] replacement) {
    void apply(byte[] bytes) {
      int at = fromEnd ? bytes.length - 1 - place % bytes.length : place % bytes.length;
      int count = Math.min(replacement.length, bytes.length - at);
      System.arraycopy(replacement, 0, bytes, at, count);
    }
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    Arbitrary<Byte> bytes =
        Arbitraries.oneOf(
            Arbitraries.bytes(), Arbitraries.of(0, 1, 0x7f, 0x80, 0xff).map(b -> (byte) (int) b));
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.integers().between(0, 200), Arbitraries.integers().between(0, 6000)),
            Arbitraries.of(false, false, true),
            bytes.array(byte[].class).ofMinSize(1).ofMaxSize(4))
        .as(Edit::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> pictures() {
    return Arbitraries.of(Pictures.OF_EACH_KIND);
  }

  @Property(tries = 1500)
  void aPictureWithSomeBytesChanged(
      @ForAll("pictures") String name, @ForAll("edits") List<Edit> edits) {
    byte[] bytes = Pictures.read(name);
    edits.forEach(edit -> edit.apply(bytes));
    decode(bytes);
  }

  @Property(tries = 500)
  void theBeginningOfOnePictureAndTheEndOfAnother(
      @ForAll("pictures") String first, @ForAll("pictures") String second, @ForAll int place) {
    byte[] begin = Pictures.read(first);
    byte[] end = Pictures.read(second);
    int cut = Math.floorMod(place, Math.min(begin.length, end.length));
    byte[] bytes = Arrays.copyOf(begin, end.length);
    System.arraycopy(end, cut, bytes, cut, end.length - cut);
    decode(bytes);
  }

  @Property(tries = 500)
  void anyBytesBehindTheMarkOfAFormat(@ForAll("pictures") String name, @ForAll byte[] anything) {
    byte[] bytes = Arrays.copyOf(Pictures.read(name), 20 + anything.length);
    System.arraycopy(anything, 0, bytes, 20, anything.length);
    decode(bytes);
  }
}

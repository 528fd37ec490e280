package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HalfPrecisionTest {
  private static int bits(float value) {
    return HalfPrecision.of(value) & 0xffff;
  }

  /** Figures of IEEE 754, as Python's {@code struct.pack('<e', x)} has them. */
  @Test
  void knownNumbersHaveTheirKnownBits() {
    assertThat(bits(1)).isEqualTo(0x3c00);
    assertThat(bits(-2)).isEqualTo(0xc000);
    assertThat(bits(0.1f)).isEqualTo(0x2e66);
    assertThat(bits(1f / 3)).isEqualTo(0x3555);
    assertThat(bits(65504)).isEqualTo(0x7bff);
    assertThat(bits(0x1p-14f)).isEqualTo(0x0400);
    assertThat(bits(0x1p-24f)).isEqualTo(0x0001);
    assertThat(bits(0x1.ff8p-15f)).isEqualTo(0x03ff);
    assertThat(bits(0)).isZero();
    assertThat(bits(-0f)).isEqualTo(0x8000);
  }

  @Test
  void aTieGoesToTheEvenOne() {
    assertThat(bits(1 + 0x1p-11f)).isEqualTo(0x3c00);
    assertThat(bits(1 + 3 * 0x1p-11f)).isEqualTo(0x3c02);
    assertThat(bits(Math.nextUp(1 + 0x1p-11f))).isEqualTo(0x3c01);
    assertThat(bits(0x1p-25f)).isZero();
    assertThat(bits(3 * 0x1p-25f)).isEqualTo(2);
    // The next power of two, and from the steps below the least normal one to it.
    assertThat(bits(2 - 0x1p-12f)).isEqualTo(0x4000);
    assertThat(bits(Math.nextDown(0x1p-14f))).isEqualTo(0x0400);
  }

  @Test
  void everyHalfThatIsFiniteComesBack() {
    int finite = 0;
    for (int half = 0; half <= 0xffff; half++) {
      if (HalfPrecision.isFinite((short) half)) {
        assertThat(bits(HalfPrecision.toFloat((short) half))).isEqualTo(half);
        finite++;
      }
    }
    assertThat(finite).isEqualTo(2 * 31 * 1024);
  }

  @Test
  void whatHasNoHalfIsRefused() {
    for (float value : new float[] {65520, Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertThatThrownBy(() -> HalfPrecision.of(value))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

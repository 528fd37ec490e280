package org.pupil.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pupil.report.plot.Axis.Tick;
import org.pupil.report.plot.Axis.Unit;

class AxisTest {
  @Test
  void percentagesHaveSixTicks() {
    assertThat(Axis.percent("right").ticks())
        .extracting(Tick::text)
        .containsExactly("0 %", "20 %", "40 %", "60 %", "80 %", "100 %");
  }

  @Test
  void aCountIsWrittenWhereItLies() {
    Axis axis = new Axis("photos", 0, 7, Unit.COUNT);
    assertThat(axis.ticks()).contains(new Tick(1 / 7.0, "1"), new Tick(1, "7"));
  }

  @Test
  void aFewPhotosAreNotWrittenTwice() {
    assertThat(new Axis("photos", 0, 2, Unit.COUNT).ticks())
        .extracting(Tick::text)
        .containsExactly("0", "1", "2");
  }

  @Test
  void whatLiesBeyondAnEndIsDrawnAtIt() {
    Axis axis = new Axis("photos", 10, 20, Unit.COUNT);
    assertThat(axis.share(5)).isZero();
    assertThat(axis.share(15)).isEqualTo(0.5);
    assertThat(axis.share(30)).isOne();
  }

  @Test
  void anAxisNeedsALength() {
    assertThatThrownBy(() -> new Axis("photos", 3, 3, Unit.COUNT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Axis("photos", 0, Double.NaN, Unit.COUNT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package org.pupil.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerMapsTest {
  /** Maps of 1 x 4 positions, given channel by channel. */
  private static LayerMaps maps(float... values) {
    return LayerMaps.of(List.of(1, values.length / 4, 1, 4), values, true);
  }

  @Test
  void channelsMayStandFirstOrLast() {
    LayerMaps first = LayerMaps.of(List.of(1, 2, 1, 3), new float[] {1, 2, 3, 4, 5, 6}, true);
    LayerMaps last = LayerMaps.of(List.of(1, 1, 3, 2), new float[] {1, 4, 2, 5, 3, 6}, false);

    for (LayerMaps maps : List.of(first, last)) {
      assertThat(maps.count()).isEqualTo(2);
      assertThat(maps.height()).isEqualTo(1);
      assertThat(maps.width()).isEqualTo(3);
      assertThat(maps.channel(1)).containsExactly(4, 5, 6);
      assertThat(maps.least(1)).isEqualTo(4);
      assertThat(maps.most(1)).isEqualTo(6);
    }
  }

  @Test
  void whatDiffersMostFromPlaceToPlaceComesFirst() {
    assertThat(maps(9, 9, 9, 8.5f, 0, 5, 0, 0, 1, 0, 0, 0).strongest(2)).containsExactly(1, 2);
  }

  @Test
  void nearCopiesWaitAndWhatIsTheSameEverywhereIsLeftOut() {
    // The second is half of the first, the third is another, the fourth the same everywhere.
    LayerMaps maps = maps(8, 0, 0, 0, 4, 0, 0, 0, 0, 1, 0, 0, 3, 3, 3, 3);

    assertThat(maps.strongest(2)).containsExactly(0, 2);
    assertThat(maps.strongest(8)).containsExactly(0, 2, 1);
  }

  @Test
  void aLayerThatIsTheSameEverywhereShowsOneChannel() {
    assertThat(maps(3, 3, 3, 3, 0, 0, 0, 0).strongest(8)).hasSize(1);
  }

  @Test
  void whatMovedIsAnotherMapWithTheSameMean() {
    LayerMaps here = maps(1, 0, 0, 0, 0, 2, 2, 0);
    LayerMaps there = maps(0, 1, 0, 0, 0, 2, 0, 2);

    assertThat(here.similarity(there)).isCloseTo(4.0 / 9, within(1e-9));
    assertThat(here.similarityOfMeans(there)).isCloseTo(1, within(1e-9));
    assertThat(maps(0, 0, 0, 0).similarity(maps(0, 0, 0, 0))).isEqualTo(1);
    assertThat(maps(0, 0, 0, 0).similarity(maps(0, 1, 0, 0))).isZero();
  }

  @Test
  void whatIsBelowZeroIsNothing() {
    assertThat(maps(-1, 2, -3, 4).channel(0)).containsExactly(0, 2, 0, 4);
  }
}

package org.pupil.board.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PackedLongsTest {
  private static PackedLongs packed(List<Long> numbers) {
    PackedLongs packed = new PackedLongs();
    numbers.forEach(packed::add);
    return packed;
  }

  private static List<Long> listed(PackedLongs packed) {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < packed.size(); i++) {
      numbers.add(packed.get(i));
    }
    return numbers;
  }

  /** Even steps, steps near to each other, and steps far apart, so that all kinds of page occur. */
  @Provide
  Arbitrary<List<Long>> rows() {
    return Arbitraries.longs()
        .flatMap(
            seed ->
                Arbitraries.of(0, 1, 1000, 60)
                    .flatMap(
                        bits ->
                            Arbitraries.integers()
                                .between(0, 1100)
                                .map(size -> row(new Random(seed), bits, size))));
  }

  private static List<Long> row(Random random, int bits, int size) {
    List<Long> row = new ArrayList<>();
    long number = random.nextLong();
    for (int i = 0; i < size; i++) {
      row.add(number);
      number += bits == 0 ? 7 : random.nextLong() >> (63 - Math.min(bits, 62));
    }
    return row;
  }

  @Property
  void givesBackWhatWasAdded(@ForAll("rows") List<Long> row) {
    assertThat(listed(packed(row))).isEqualTo(row);
  }

  @Property
  void goesOnAfterItWasCut(
      @ForAll("rows") List<Long> row, @ForAll @IntRange(max = 1100) int cut, @ForAll long next) {
    int size = Math.min(cut, row.size());
    PackedLongs packed = packed(row);
    PackedLongs before = packed.snapshot();
    packed.truncate(size);
    List<Long> expected = new ArrayList<>(row.subList(0, size));
    for (int i = 0; i < 300; i++) {
      packed.add(next + i);
      expected.add(next + i);
    }
    assertThat(listed(packed)).isEqualTo(expected);
    assertThat(listed(before)).isEqualTo(row);
  }

  @Property
  void picksTheWanted(@ForAll("rows") List<Long> row) {
    int[] everyThird = row.isEmpty() ? new int[0] : new int[(row.size() + 2) / 3];
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < everyThird.length; i++) {
      everyThird[i] = 3 * i;
      expected.add(row.get(3 * i));
    }
    assertThat(listed(packed(row).picked(everyThird))).isEqualTo(expected);
  }

  @Test
  void theFarthestNeighboursAreKept() {
    List<Long> row = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      row.add(i % 2 == 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
    }
    assertThat(listed(packed(row))).isEqualTo(row);
  }
}

package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VariantRoomTest {
  private static final long MEGABYTE = 1 << 20;

  /** Of 8000 bottlenecks of 4 KiB and 32 bytes, 6000 are missing. */
  private static final VariantRoom ROOM = new VariantRoom(1000, 8, 6000, 1024);

  @Test
  void onlyWhatIsMissingTakesRoomOnTheDiskButAllOfItIsInMemory() {
    assertThat(ROOM.diskBytes()).isEqualTo(6000 * 4128L);
    assertThat(ROOM.memoryBytes()).isEqualTo(8000 * 4096L);
    assertThat(new VariantRoom(1_000_000, 100, 0, 2048).memoryBytes()).isEqualTo(819_200_000_000L);
  }

  @Test
  void whatFitsExactlyOnTheDiskIsAccepted() {
    assertThatCode(() -> ROOM.checkDisk(6000 * 4128L)).doesNotThrowAnyException();
  }

  @Test
  void aDiskThatIsTooSmallIsSaidBeforeAnythingIsComputed() {
    assertThatThrownBy(() -> ROOM.checkDisk(6000 * 4128L - 1))
        .hasMessage(
            "8 variants of 1000 photos take about 23 MB of the cache, and its disk has only 23 MB"
                + " left: lower distortionVariants or give another bottleneckDir");
  }

  @Test
  void aMemoryThatIsTooSmallIsSaidToo() {
    assertThatThrownBy(() -> ROOM.checkMemory(39 * MEGABYTE))
        .hasMessage(
            "8 variants of 1000 photos take about 31 MB of memory, and Java may use only 39 MB:"
                + " lower distortionVariants or give Java more (-Xmx)");
    assertThatCode(() -> ROOM.checkMemory(40 * MEGABYTE)).doesNotThrowAnyException();
    assertThatThrownBy(() -> new VariantRoom(1, 100, 0, 1 << 20).checkMemory(300 * MEGABYTE))
        .hasMessageStartingWith("100 variants of 1 photo take about 400 MB");
  }
}

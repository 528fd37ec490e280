package org.pupil.bottleneck;

import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * What the bottlenecks of distorted variants take, so that nobody waits for hours before the disk
 * or the memory is full.
 *
 * @param photos how many have variants, copies counted once
 * @param variants of each of them
 * @param missing bottlenecks that are not in the cache yet
 * @param size floats of a bottleneck
 */
record VariantRoom(int photos, int variants, int missing, int size) {
  /** Beside its floats, what a bottleneck takes in the file: its key, its checksum, its length. */
  private static final int BYTES_OF_A_ROW = 32;

  /** Part of the memory that they may fill: the learning needs some, too. */
  private static final double MOST_OF_MEMORY = 0.8;

  /** Bytes that the cache grows by. */
  long diskBytes() {
    return missing * ((long) size * Float.BYTES + BYTES_OF_A_ROW);
  }

  /** Bytes of all of them while a layer learns. */
  long memoryBytes() {
    return (long) photos * variants * size * Float.BYTES;
  }

  /**
   * Checks that the memory holds all of them.
   *
   * @param memory bytes that Java may use at most
   * @throws PupilException (unavailable) if it does not
   */
  void checkMemory(long memory) {
    if (memoryBytes() > MOST_OF_MEMORY * memory) {
      throw PupilException.unavailable(
          Message.of(
              "%s take about %d MB of memory, and Java may use only %d MB: lower "
                  .formatted(what(), memoryBytes() >> 20, memory >> 20),
              Setting.DISTORTION_VARIANTS,
              " or give Java more (-Xmx)"));
    }
  }

  /**
   * Checks that the disk has room for those that are missing.
   *
   * @param freeOnDisk bytes that the disk of the cache has left
   * @throws PupilException (unavailable) if it has not
   */
  void checkDisk(long freeOnDisk) {
    if (diskBytes() > freeOnDisk) {
      throw PupilException.unavailable(
          Message.of(
              "%s take about %d MB of the cache, and its disk has only %d MB left: lower "
                  .formatted(what(), diskBytes() >> 20, freeOnDisk >> 20),
              Setting.DISTORTION_VARIANTS,
              " or give another ",
              Setting.BOTTLENECK_DIR));
    }
  }

  private String what() {
    return "%d variants of %d photo%s".formatted(variants, photos, photos == 1 ? "" : "s");
  }
}

package org.pupil.network;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One of a network's outputs.
 *
 * @param name what it is asked for by
 * @param shape the lengths of its axes for one image, without the one that counts images: [d] of
 *     [n,d], or [h,w,c] of [n,h,w,c]; -1 for a length, and empty for all, that is known only when
 *     the network has run
 */
public record OutputSpec(String name, Optional<List<Integer>> shape) {
  public OutputSpec {
    shape = shape.isPresent() ? Optional.of(List.copyOf(shape.get())) : shape;
  }

  /** How many numbers it gives for one image; empty if that is known only when it has run. */
  public OptionalInt size() {
    if (shape.isEmpty() || shape.get().contains(-1)) {
      return OptionalInt.empty();
    }
    long size = 1;
    for (int length : shape.get()) {
      size = Math.min(size * length, Integer.MAX_VALUE);
    }
    return OptionalInt.of((int) size);
  }
}

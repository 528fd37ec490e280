package org.pupil.bottleneck;

import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a cache knows of each of the photos it was asked for, by their positions there. */
public final class FoundBottlenecks {
  private final @Nullable ContentHash[] contents;
  private final BitSet found;
  private final @Nullable Bottlenecks bottlenecks;
  private final int damaged;

  FoundBottlenecks(BottleneckCacheLookup lookup) {
    contents = lookup.contents;
    found = lookup.found;
    bottlenecks = lookup.bottlenecks;
    damaged = lookup.damaged();
  }

  /** Number of photos asked for. */
  public int size() {
    return contents.length;
  }

  /** Number of photos whose bottlenecks were found. */
  public int foundCount() {
    return found.cardinality();
  }

  /** Whether a photo's bottleneck was found: its row in {@link #bottlenecks} is then filled. */
  public boolean hasBottleneck(int photo) {
    return found.get(Objects.checkIndex(photo, contents.length));
  }

  /**
   * The hash of what is in a photo's file; empty where the file must be read because it is new or
   * has changed.
   */
  public Optional<ContentHash> content(int photo) {
    return Optional.ofNullable(contents[photo]);
  }

  /**
   * One row for every photo asked for; the rows of photos whose bottlenecks were not found are
   * zero. Empty if none was found.
   */
  public Optional<Bottlenecks> bottlenecks() {
    return Optional.ofNullable(bottlenecks);
  }

  /** Number of damaged rows that were met, each as if it were absent. */
  public int damaged() {
    return damaged;
  }
}

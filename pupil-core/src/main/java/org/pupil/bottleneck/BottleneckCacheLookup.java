package org.pupil.bottleneck;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known so far of each photo asked for, by its position in the question. */
final class BottleneckCacheLookup {
  /** The hash of what is in the photo's file, null where that is not known. */
  final @Nullable ContentHash[] contents;

  /** The content's number in the file, 0 where the content has none. */
  final int[] contentIds;

  /** Photos whose row in {@code photo} failed its check. */
  final BitSet damagedPhotos = new BitSet();

  /** Photos whose row in {@code bottleneck} failed its check. */
  final BitSet damagedBottlenecks = new BitSet();

  /** Photos whose bottleneck is in {@link #bottlenecks}. */
  final BitSet found = new BitSet();

  /** Null until the first bottleneck is found. */
  @Nullable Bottlenecks bottlenecks;

  boolean damagedKey;

  BottleneckCacheLookup(int size) {
    contents = new ContentHash[size];
    contentIds = new int[size];
  }

  /** A question for photos of which the content is known. */
  static BottleneckCacheLookup of(List<ContentHash> contents) {
    BottleneckCacheLookup lookup = new BottleneckCacheLookup(contents.size());
    for (int i = 0; i < contents.size(); i++) {
      lookup.contents[i] = contents.get(i);
    }
    return lookup;
  }

  /** The same question for some of its photos only, with the contents known and nothing found. */
  BottleneckCacheLookup only(int[] positions) {
    BottleneckCacheLookup part = new BottleneckCacheLookup(positions.length);
    for (int i = 0; i < positions.length; i++) {
      part.contents[i] = contents[positions[i]];
      part.contentIds[i] = contentIds[positions[i]];
    }
    return part;
  }

  boolean isDamaged() {
    return damagedKey || !damagedPhotos.isEmpty() || !damagedBottlenecks.isEmpty();
  }

  int damaged() {
    return (damagedKey ? 1 : 0) + damagedPhotos.cardinality() + damagedBottlenecks.cardinality();
  }
}

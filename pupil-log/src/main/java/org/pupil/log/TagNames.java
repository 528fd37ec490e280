package org.pupil.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tags by their bytes in UTF-8: the same string for the same bytes, so that a log of millions of
 * values does not make as many strings of its few tags. Not for use by several threads at once.
 */
final class TagNames {
  /** Tags beyond so many get a new string each time. */
  private static final int MOST = 20_000;

  private static final int FIRST_PLACES = 64;
  private static final int HASH_FACTOR = 31;

  private static final class Name {
    private final byte[] utf8;
    private final int hash;
    private final String text;

    Name(byte[] utf8, int hash) {
      this.utf8 = utf8;
      this.hash = hash;
      this.text = new String(utf8, StandardCharsets.UTF_8);
    }

    boolean is(int otherHash, byte[] bytes, int from, int length) {
      return hash == otherHash && Arrays.equals(utf8, 0, utf8.length, bytes, from, from + length);
    }
  }

  /** Open addressing: a power of two of places, at most half of them taken. */
  private @Nullable Name[] places = new Name[FIRST_PLACES];

  private int count;

  /** The string that some bytes of an array are. */
  String of(byte[] bytes, int from, int length) {
    int hash = hash(bytes, from, length);
    int at = place(hash);
    for (Name here = places[at]; here != null; here = places[at]) {
      if (here.is(hash, bytes, from, length)) {
        return here.text;
      }
      at = at + 1 & places.length - 1;
    }
    Name name = new Name(Arrays.copyOfRange(bytes, from, from + length), hash);
    if (count < MOST) {
      places[at] = name;
      count++;
      if (count > places.length / 2) {
        grow();
      }
    }
    return name.text;
  }

  private static int hash(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = hash * HASH_FACTOR + bytes[i];
    }
    return hash;
  }

  private int place(int hash) {
    return (hash ^ hash >>> 16) & places.length - 1;
  }

  private void grow() {
    @Nullable Name[] before = places;
    places = new Name[before.length * 2];
    for (Name name : before) {
      if (name != null) {
        int at = place(name.hash);
        while (places[at] != null) {
          at = at + 1 & places.length - 1;
        }
        places[at] = name;
      }
    }
  }
}

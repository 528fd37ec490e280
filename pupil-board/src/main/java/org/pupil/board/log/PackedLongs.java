package org.pupil.board.log;

import java.util.Arrays;

/**
 * Whole numbers in a row that grows at its end, such as steps and the bits of wall times. They are
 * kept in pages, which take few bytes because the numbers of a log lie close together, and which
 * are never copied when more come: a page of equal distances takes none for each number, one whose
 * numbers are near to its first takes 4 for each, any other 8. Not for use by several threads at
 * once; a {@link #snapshot} may be read by any.
 */
final class PackedLongs {
  /** How many numbers a page has. */
  private static final int PAGE = 256;

  private static final int PAGE_BITS = 8;
  private static final int FIRST_CAPACITY = 4;
  private static final Page[] NO_PAGES = {};

  /** Some numbers that do not change any more. */
  private interface Page {
    long get(int i);
  }

  private record EvenPage(long first, long distance) implements Page {
    @Override
    public long get(int i) {
      return first + i * distance;
    }
  }

  private static final class NearPage implements Page {
    private final long first;
    private final int[] offsets;

    NearPage(long first, int[] offsets) {
      this.first = first;
      this.offsets = offsets;
    }

    @Override
    public long get(int i) {
      return first + offsets[i];
    }
  }

  private static final class WidePage implements Page {
    private final long[] numbers;

    WidePage(long[] numbers) {
      this.numbers = numbers;
    }

    @Override
    public long get(int i) {
      return numbers[i];
    }
  }

  private Page[] pages;
  private int fullPages;

  /** What comes after the full pages: fewer than a page. */
  private long[] tail;

  private int tailSize;

  PackedLongs() {
    this(NO_PAGES, 0, new long[FIRST_CAPACITY], 0);
  }

  private PackedLongs(Page[] pages, int fullPages, long[] tail, int tailSize) {
    this.pages = pages;
    this.fullPages = fullPages;
    this.tail = tail;
    this.tailSize = tailSize;
  }

  int size() {
    return (fullPages << PAGE_BITS) + tailSize;
  }

  /** The number at an index from 0 to below {@link #size}. */
  long get(int i) {
    int page = i >>> PAGE_BITS;
    return page < fullPages ? pages[page].get(i & PAGE - 1) : tail[i & PAGE - 1];
  }

  void add(long number) {
    if (tailSize == tail.length) {
      tail = Arrays.copyOf(tail, Math.min(PAGE, tailSize * 2));
    }
    tail[tailSize++] = number;
    if (tailSize == PAGE) {
      if (fullPages == pages.length) {
        pages = Arrays.copyOf(pages, fullPages + fullPages / 2 + 1);
      }
      pages[fullPages++] = packed(tail);
      tailSize = 0;
    }
  }

  private static Page packed(long[] numbers) {
    long first = numbers[0];
    long distance = numbers[1] - first;
    boolean isEven = true;
    for (int i = 2; i < PAGE && isEven; i++) {
      isEven = numbers[i] - numbers[i - 1] == distance;
    }
    if (isEven) {
      return new EvenPage(first, distance);
    }
    int[] offsets = new int[PAGE];
    for (int i = 1; i < PAGE; i++) {
      offsets[i] = (int) (numbers[i] - first);
      if (first + offsets[i] != numbers[i]) {
        return new WidePage(numbers.clone());
      }
    }
    return new NearPage(first, offsets);
  }

  /** Leaves the first numbers only. */
  void truncate(int size) {
    int kept = size >>> PAGE_BITS;
    if (kept < fullPages) {
      // A new array: a snapshot may look at the one of before.
      long[] rest = new long[PAGE];
      for (int i = 0; i < PAGE; i++) {
        rest[i] = pages[kept].get(i);
      }
      tail = rest;
      pages = Arrays.copyOf(pages, kept);
      fullPages = kept;
    }
    tailSize = size & PAGE - 1;
  }

  /** A row of those at some indices. */
  PackedLongs picked(int[] kept) {
    PackedLongs picked = new PackedLongs();
    for (int i : kept) {
      picked.add(get(i));
    }
    return picked;
  }

  /** The same numbers, which do not change when this row does. */
  PackedLongs snapshot() {
    // Places of this array beyond the full pages may be set later, and are not looked at.
    return new PackedLongs(pages, fullPages, Arrays.copyOf(tail, tailSize), tailSize);
  }
}

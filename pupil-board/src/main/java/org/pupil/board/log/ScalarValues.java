package org.pupil.board.log;

import java.util.Arrays;

/**
 * Numbers as they were written, in a row that grows at its end: in 4 bytes each where that loses
 * nothing, else in 8. A log in double precision keeps it, and all others stay small. As those of
 * {@link PackedLongs} they are in pages, which are never copied when more come. Not for use by
 * several threads at once; a {@link #snapshot} may be read by any.
 */
final class ScalarValues {
  /** How many numbers a page has. */
  private static final int PAGE = 256;

  private static final int PAGE_BITS = 8;
  private static final int FIRST_CAPACITY = 4;
  private static final Page[] NO_PAGES = {};

  /** Some numbers that do not change any more. */
  private interface Page {
    double get(int i);
  }

  private static final class NarrowPage implements Page {
    private final float[] numbers = new float[PAGE];

    NarrowPage(double[] numbers) {
      for (int i = 0; i < PAGE; i++) {
        this.numbers[i] = (float) numbers[i];
      }
    }

    @Override
    public double get(int i) {
      return numbers[i];
    }
  }

  private static final class WidePage implements Page {
    private final double[] numbers;

    WidePage(double[] numbers) {
      this.numbers = numbers.clone();
    }

    @Override
    public double get(int i) {
      return numbers[i];
    }
  }

  private Page[] pages;
  private int fullPages;

  /** What comes after the full pages: fewer than a page. */
  private double[] tail;

  private int tailSize;
  private boolean isTailWide;
  private boolean isWide;

  ScalarValues() {
    this(NO_PAGES, 0, new double[FIRST_CAPACITY], 0, false);
  }

  private ScalarValues(Page[] pages, int fullPages, double[] tail, int tailSize, boolean isWide) {
    this.pages = pages;
    this.fullPages = fullPages;
    this.tail = tail;
    this.tailSize = tailSize;
    this.isWide = isWide;
  }

  double get(int i) {
    int page = i >>> PAGE_BITS;
    return page < fullPages ? pages[page].get(i & PAGE - 1) : tail[i & PAGE - 1];
  }

  void add(double value) {
    if (tailSize == tail.length) {
      tail = Arrays.copyOf(tail, Math.min(PAGE, tailSize * 2));
    }
    if ((float) value != value && !Double.isNaN(value)) {
      isTailWide = true;
      isWide = true;
    }
    tail[tailSize++] = value;
    if (tailSize == PAGE) {
      if (fullPages == pages.length) {
        pages = Arrays.copyOf(pages, fullPages + fullPages / 2 + 1);
      }
      pages[fullPages++] = isTailWide ? new WidePage(tail) : new NarrowPage(tail);
      tailSize = 0;
      isTailWide = false;
    }
  }

  /** Whether one of them needs 8 bytes. */
  boolean isWide() {
    return isWide;
  }

  /** Leaves the first numbers only. */
  void truncate(int size) {
    int kept = size >>> PAGE_BITS;
    if (kept < fullPages) {
      // A new array: a snapshot may look at the one of before.
      double[] rest = new double[PAGE];
      for (int i = 0; i < PAGE; i++) {
        rest[i] = pages[kept].get(i);
      }
      tail = rest;
      isTailWide = pages[kept] instanceof WidePage;
      pages = Arrays.copyOf(pages, kept);
      fullPages = kept;
    }
    tailSize = size & PAGE - 1;
  }

  /** A row of those at some indices. */
  ScalarValues picked(int[] kept) {
    ScalarValues picked = new ScalarValues();
    for (int i : kept) {
      picked.add(get(i));
    }
    picked.isWide = isWide;
    return picked;
  }

  /** The same numbers, which do not change when this row does. */
  ScalarValues snapshot() {
    return new ScalarValues(pages, fullPages, Arrays.copyOf(tail, tailSize), tailSize, isWide);
  }
}

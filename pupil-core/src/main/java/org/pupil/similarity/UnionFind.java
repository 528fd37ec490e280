package org.pupil.similarity;

/**
 * Things that are put together pair by pair (R. Tarjan's disjoint sets). A set is known by its
 * lowest member. For any number of threads.
 */
final class UnionFind {
  private final int[] parents;

  /** Each of the things 0 to size - 1 is a set of its own. */
  UnionFind(int size) {
    parents = new int[size];
    for (int i = 0; i < size; i++) {
      parents[i] = i;
    }
  }

  /** The lowest member of a thing's set. */
  synchronized int find(int i) {
    int at = i;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  /** Whether two things are in one set. */
  synchronized boolean isTogether(int i, int j) {
    return find(i) == find(j);
  }

  /** Makes one set of those of two things. */
  synchronized void join(int i, int j) {
    int a = find(i);
    int b = find(j);
    parents[Math.max(a, b)] = Math.min(a, b);
  }
}

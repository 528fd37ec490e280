package org.pupil.bottleneck;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bottlenecks of variants that are computed and not in the cache yet. They go there a tenth of a
 * second later: a transaction costs as much as several small networks. Safe for use by many
 * threads.
 */
final class UnsavedVariants {
  private static final long LONGEST_UNSAVED_MILLIS = 100;

  /** The bottleneck of one variant of one photo. */
  static final class Row {
    private final BottleneckKey key;
    private final ContentHash content;
    private final float[] values;

    /**
     * @param values the bottleneck; shared, not copied
     */
    Row(BottleneckKey key, ContentHash content, float[] values) {
      this.key = key;
      this.content = content;
      this.values = values;
    }
  }

  private final BottleneckCache cache;
  private final Clock clock;
  private final List<Row> rows = new ArrayList<>();
  private long savedAtMillis;

  UnsavedVariants(BottleneckCache cache, Clock clock) {
    this.cache = cache;
    this.clock = clock;
    this.savedAtMillis = clock.millis();
  }

  /** Takes rows, and saves what has waited long enough. */
  void add(List<Row> some) {
    boolean isDue;
    synchronized (rows) {
      rows.addAll(some);
      isDue = clock.millis() - savedAtMillis >= LONGEST_UNSAVED_MILLIS;
    }
    if (isDue) {
      save();
    }
  }

  /** Saves all in one transaction, variant by variant. */
  void save() {
    Map<BottleneckKey, List<Row>> byKey = new LinkedHashMap<>();
    synchronized (rows) {
      rows.forEach(row -> byKey.computeIfAbsent(row.key, key -> new ArrayList<>()).add(row));
      rows.clear();
      savedAtMillis = clock.millis();
    }
    if (!byKey.isEmpty()) {
      List<BottleneckCache.Share> shares = new ArrayList<>();
      byKey.forEach((key, some) -> shares.add(share(key, some)));
      cache.putShares(shares);
    }
  }

  private static BottleneckCache.Share share(BottleneckKey key, List<Row> some) {
    return new BottleneckCache.Share(
        key,
        some.stream().map(row -> row.content).toList(),
        Bottlenecks.of(some.stream().map(row -> row.values).toArray(float[][]::new)));
  }

  /** What was computed is of use next time. Why there is no more of it is what a person needs. */
  void saveDespite(Throwable first) {
    try {
      save();
    } catch (RuntimeException e) {
      first.addSuppressed(e);
    }
  }
}

package org.pupil.board.log;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.SummaryMetadata;

/**
 * The series of a run by their tags, and what they take of memory. Not for use by several threads
 * at once; its run has a lock.
 */
final class SeriesTable {
  /** A series without a point takes about so much, besides its names. */
  private static final long BYTES_OF_A_TAG = 350;

  /** Parsed, a message takes more than its bytes. */
  private static final long BYTES_OF_METADATA = 200;

  /** The revisions of what was read anew lie so far above those before. */
  private static final int REVISIONS_APART = 1_000_003;

  /**
   * One tag.
   *
   * @param values its numbers, or where its records are
   */
  record Series(String plugin, @Nullable SummaryMetadata metadata, StepSeries values) {}

  private final Map<String, Series> byTag = new HashMap<>();
  private final Ledger ledger;
  private final int firstRevision;
  private long tagBytes;
  private long points;
  private long pointsTold;

  /**
   * @param generation how many times the run was read anew
   */
  SeriesTable(Ledger ledger, int generation) {
    this.ledger = ledger;
    this.firstRevision = generation * REVISIONS_APART;
  }

  @Nullable Series get(String tag) {
    return byTag.get(tag);
  }

  Map<String, Series> byTag() {
    return Collections.unmodifiableMap(byTag);
  }

  Collection<Series> all() {
    return byTag.values();
  }

  /**
   * Adds a series; null if the run has as many as it may have.
   *
   * @param values makes it, of its first revision
   */
  @Nullable Series add(
      String tag,
      String plugin,
      @Nullable SummaryMetadata metadata,
      IntFunction<StepSeries> values) {
    long bytes = BYTES_OF_A_TAG + tag.length();
    if (metadata != null) {
      bytes += BYTES_OF_METADATA + 2L * metadata.getSerializedSize();
    }
    if (byTag.size() >= ledger.limits().maxTags()
        || tagBytes + bytes > LogLimits.TAG_BYTES_OF_A_RUN
        || !ledger.takeTagBytes(bytes)) {
      return null;
    }
    tagBytes += bytes;
    Series added = new Series(plugin, metadata, values.apply(firstRevision));
    byTag.put(tag, added);
    return added;
  }

  /** So many points came, or went if negative. */
  void addPoints(long more) {
    points += more;
  }

  /** Tells the ledger. */
  void account() {
    ledger.addPoints(points - pointsTold);
    pointsTold = points;
  }

  /** Tells the ledger that this is not kept any more. */
  void letGo() {
    ledger.addPoints(-pointsTold);
    ledger.giveBackTagBytes(tagBytes);
    pointsTold = 0;
    points = 0;
    tagBytes = 0;
  }

  /** The most points of one tag. */
  int longest() {
    return byTag.values().stream().mapToInt(one -> one.values.size()).max().orElse(0);
  }

  /** Thins the series that have at least so many points. */
  void thin(int from) {
    for (Series one : byTag.values()) {
      int before = one.values.size();
      if (before >= from) {
        one.values.thin();
        addPoints(one.values.size() - before);
      }
    }
  }
}

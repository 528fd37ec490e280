package org.pupil.similarity;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckKey;
import org.pupil.bottleneck.Bottlenecks;
import org.pupil.bottleneck.ContentHash;
import org.pupil.errors.PupilException;
import org.pupil.files.Sha256;

/**
 * The near-duplicates of photos whose bottlenecks are in a cache. Those of many photos are looked
 * for once: the answer is kept there, under a hash of all that it depends on, so that the next run
 * over the same photos has it at once.
 */
public final class CachedNearDuplicates {
  /** Fewer photos are searched sooner than something is written. */
  static final int FEWEST_KEPT = 1000;

  /** To be raised whenever the search finds others: old answers are kept on disk. */
  private static final int VERSION = 1;

  private final BottleneckCache cache;
  private final int threads;

  /**
   * @param threads how many cores to keep busy, at least 1
   */
  public CachedNearDuplicates(BottleneckCache cache, int threads) {
    this.cache = cache;
    this.threads = threads;
  }

  /**
   * Gets the near-duplicates: the same as {@link NearDuplicates#of} finds with the hashes of the
   * thumbnails that are in the cache.
   *
   * @param key what the bottlenecks are made with
   * @param contents of the photos
   * @param bottlenecks row {@code i} belongs to content {@code i}
   * @throws PupilException (unavailable, bad input) if thumbnails cannot be read. That near-
   *     duplicates cannot be read or put is no failure
   */
  public NearDuplicates of(BottleneckKey key, List<ContentHash> contents, Bottlenecks bottlenecks) {
    List<Optional<PerceptualHash>> hashes = CachedHashes.of(cache, contents, threads);
    if (contents.size() < FEWEST_KEPT) {
      return NearDuplicates.of(bottlenecks, hashes, threads);
    }
    ContentHash digest = digest(key, contents, hashes);
    Optional<NearDuplicates> kept = read(digest, contents.size());
    if (kept.isPresent()) {
      return kept.get();
    }
    NearDuplicates found = NearDuplicates.of(bottlenecks, hashes, threads);
    put(digest, found);
    return found;
  }

  /** Photos count in their order: it says which of two bottlenecks is the first of a pair. */
  private static ContentHash digest(
      BottleneckKey key, List<ContentHash> contents, List<Optional<PerceptualHash>> hashes) {
    MessageDigest digest = Sha256.digest();
    String setting =
        "near-duplicates %d %s\n%s\n%s\n"
            .formatted(
                VERSION, NearDuplicates.thresholds(), key.backboneSha256(), key.preprocessing());
    digest.update(setting.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < contents.size(); i++) {
      digest.update(contents.get(i).toBytes());
      byte[] hash = hashes.get(i).map(PerceptualHash::toBytes).orElse(new byte[0]);
      digest.update((byte) hash.length);
      digest.update(hash);
    }
    return ContentHash.fromBytes(digest.digest());
  }

  private Optional<NearDuplicates> read(ContentHash digest, int photos) {
    try {
      return cache.nearDuplicates(digest).flatMap(value -> decode(value, photos));
    } catch (PupilException e) {
      return Optional.empty(); // they can be looked for
    }
  }

  private void put(ContentHash digest, NearDuplicates found) {
    try {
      cache.putNearDuplicates(digest, encode(found));
    } catch (PupilException e) {
      return; // they are known, and are looked for again next time
    }
  }

  /**
   * The answer as bytes: the number of groups, each as the number of its photos and their indices,
   * then the number of pairs, each as both indices and the similarity as a float. All numbers have
   * 4 bytes, the highest first.
   */
  static byte[] encode(NearDuplicates found) {
    int numbers = 2 + found.groups().size() + found.photos() + 3 * found.pairs().size();
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers, Integer.BYTES));
    bytes.putInt(found.groups().size());
    for (List<Integer> group : found.groups()) {
      bytes.putInt(group.size());
      group.forEach(bytes::putInt);
    }
    bytes.putInt(found.pairs().size());
    for (NearDuplicates.Pair pair : found.pairs()) {
      bytes.putInt(pair.first()).putInt(pair.second()).putFloat(pair.similarity());
    }
    return bytes.array();
  }

  /** What {@link #encode} wrote; empty for bytes that make no sense for so many photos. */
  static Optional<NearDuplicates> decode(byte[] value, int photos) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    if (value.length % Integer.BYTES != 0) {
      return Optional.empty();
    }
    try {
      List<List<Integer>> groups = new ArrayList<>();
      for (int left = bytes.getInt(); left > 0; left--) {
        groups.add(ascending(bytes, photos));
      }
      List<NearDuplicates.Pair> pairs = new ArrayList<>();
      for (int left = bytes.getInt(); left > 0; left--) {
        pairs.add(pair(bytes, photos));
      }
      return bytes.hasRemaining()
          ? Optional.empty()
          : Optional.of(new NearDuplicates(pairs, groups));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty(); // no file that Pupil wrote, whatever its checksum says
    }
  }

  private static List<Integer> ascending(ByteBuffer bytes, int photos) {
    int size = bytes.getInt();
    List<Integer> group = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < size; i++) {
      int index = bytes.getInt();
      check(index > last && index < photos);
      group.add(index);
      last = index;
    }
    check(size > 1);
    return group;
  }

  private static NearDuplicates.Pair pair(ByteBuffer bytes, int photos) {
    int first = bytes.getInt();
    int second = bytes.getInt();
    check(first >= 0 && first < second && second < photos);
    return new NearDuplicates.Pair(first, second, bytes.getFloat());
  }

  private static void check(boolean makesSense) {
    if (!makesSense) {
      throw new IllegalArgumentException("no near-duplicates of these photos");
    }
  }
}

package org.pupil.similarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.ContentHash;
import org.pupil.errors.PupilException;

/**
 * The perceptual hashes of photos whose bottlenecks are in a cache. One that is not there yet is
 * worked out of the thumbnail, which takes far longer than to read it, and is then there.
 */
public final class CachedHashes {
  /** Photos whose hashes are put at a time: what is put stays, if the process is ended. */
  private static final int CHUNK = 4096;

  private CachedHashes() {}

  /**
   * Gets hashes.
   *
   * @param contents of the photos, in any order, repeats allowed
   * @param threads how many cores to keep busy, at least 1
   * @return for each its hash; empty where the cache has no thumbnail, or a damaged one
   * @throws PupilException (unavailable, bad input) if thumbnails cannot be read. That hashes
   *     cannot be read or put is no failure
   */
  public static List<Optional<PerceptualHash>> of(
      BottleneckCache cache, List<ContentHash> contents, int threads) {
    List<Optional<PerceptualHash>> hashes = new ArrayList<>(read(cache, contents));
    int[] missing =
        IntStream.range(0, hashes.size()).filter(i -> hashes.get(i).isEmpty()).toArray();
    for (int from = 0; from < missing.length; from += CHUNK) {
      int[] places = Arrays.copyOfRange(missing, from, Math.min(missing.length, from + CHUNK));
      List<ContentHash> sought = IntStream.of(places).mapToObj(contents::get).toList();
      List<Optional<PerceptualHash>> found =
          PerceptualHash.ofThumbnails(cache.thumbnails(sought), threads);
      IntStream.range(0, places.length).forEach(i -> hashes.set(places[i], found.get(i)));
      put(cache, sought, found);
    }
    return List.copyOf(hashes);
  }

  private static List<Optional<PerceptualHash>> read(
      BottleneckCache cache, List<ContentHash> contents) {
    try {
      return cache.hashes(contents).stream().map(PerceptualHash::read).toList();
    } catch (PupilException e) {
      return Collections.nCopies(contents.size(), Optional.empty()); // there are the thumbnails
    }
  }

  private static void put(
      BottleneckCache cache, List<ContentHash> contents, List<Optional<PerceptualHash>> hashes) {
    Set<ContentHash> put = new HashSet<>();
    List<ContentHash> once = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      if (hashes.get(i).isPresent() && put.add(contents.get(i))) {
        once.add(contents.get(i));
        values.add(hashes.get(i).get().toBytes());
      }
    }
    if (once.isEmpty()) {
      return;
    }
    try {
      cache.putHashes(once, values);
    } catch (PupilException e) {
      return; // they are known, and are worked out again next time
    }
  }
}

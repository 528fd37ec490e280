package org.pupil.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Photo;

/**
 * Draws some of many photos, as evenly from the labels as their numbers allow. Nothing is left to
 * chance: a photo's name decides, so that equal training runs show equal photos.
 */
final class PhotoSample {
  private PhotoSample() {}

  /**
   * The places of the drawn photos in {@code photos.photos()}, ascending.
   *
   * @param most how many at most; all if there are no more
   */
  static int[] of(Dataset photos, int most) {
    List<Photo> all = photos.photos();
    if (all.size() <= most) {
      return IntStream.range(0, all.size()).toArray();
    }
    int[] shares = shares(photos.countByLabel(), most);
    record Candidate(int place, long lot, Photo photo) {}
    return IntStream.range(0, all.size())
        .mapToObj(i -> new Candidate(i, lot(all.get(i)), all.get(i)))
        .sorted(
            Comparator.comparingLong(Candidate::lot)
                .thenComparing(candidate -> candidate.photo().name()))
        .filter(candidate -> shares[candidate.photo().label()]-- > 0)
        .mapToInt(Candidate::place)
        .sorted()
        .toArray();
  }

  /** How many of each label: the same number of all, but no more than it has. */
  static int[] shares(int[] counts, int most) {
    int[] ascending =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingInt(label -> counts[label]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] shares = new int[counts.length];
    int left = Math.min(most, Arrays.stream(counts).sum());
    for (int i = 0; i < ascending.length; i++) {
      int label = ascending[i];
      shares[label] = Math.min(counts[label], left / (ascending.length - i));
      left -= shares[label];
    }
    return shares;
  }

  private static long lot(Photo photo) {
    CRC32C crc = new CRC32C();
    crc.update(photo.name().getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}

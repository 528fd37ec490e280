package org.pupil.bottleneck;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.Photo;

/** Photos with their bottlenecks: the answer of {@link BottleneckComputer}. */
public final class PhotoBottlenecks {
  /**
   * A photo that has no bottleneck.
   *
   * @param reason why it cannot be read or decoded, in a few words
   */
  public record Failure(Photo photo, String reason) {}

  private final BottleneckKey key;
  private final List<Photo> photos;
  private final Bottlenecks bottlenecks;
  private final @Nullable ContentHash[] contents;
  private final List<Failure> failures;
  private final int computed;

  /**
   * @param key what the bottlenecks are made with
   * @param photos all that were asked for
   * @param bottlenecks a row for each of them, undefined for those that failed
   */
  PhotoBottlenecks(
      BottleneckKey key,
      List<Photo> photos,
      Bottlenecks bottlenecks,
      @Nullable ContentHash[] contents,
      List<Failure> failures,
      int computed) {
    this.key = key;
    this.failures = List.copyOf(failures);
    this.computed = computed;
    if (failures.isEmpty()) {
      this.photos = List.copyOf(photos);
      this.bottlenecks = bottlenecks;
      this.contents = contents;
      return;
    }
    Set<Photo> failed = failures.stream().map(Failure::photo).collect(Collectors.toSet());
    int[] kept =
        IntStream.range(0, photos.size()).filter(i -> !failed.contains(photos.get(i))).toArray();
    this.photos = IntStream.of(kept).mapToObj(photos::get).toList();
    this.bottlenecks = bottlenecks.only(kept);
    this.contents = IntStream.of(kept).mapToObj(i -> contents[i]).toArray(ContentHash[]::new);
  }

  /** What the bottlenecks are made with. */
  public BottleneckKey key() {
    return key;
  }

  /** The photos that have bottlenecks, in the order in which they were asked for. */
  public List<Photo> photos() {
    return photos;
  }

  /** Row {@code i} belongs to photo {@code i} of {@link #photos}. */
  public Bottlenecks bottlenecks() {
    return bottlenecks;
  }

  /** What is in the file of photo {@code i} of {@link #photos}. */
  public ContentHash content(int i) {
    return Optional.ofNullable(contents[i]).orElseThrow();
  }

  /** What is in the files of all photos, in the order of {@link #photos}. */
  public List<ContentHash> contents() {
    return IntStream.range(0, photos.size()).mapToObj(this::content).toList();
  }

  /** The photos that were left out, in the order in which they were asked for. */
  public List<Failure> failures() {
    return failures;
  }

  /** How many bottlenecks were computed now; the others were in the cache. */
  public int computed() {
    return computed;
  }
}

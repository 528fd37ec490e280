package org.pupil.dataset;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pupil.errors.PupilException;

/**
 * Labelled photos from anywhere, and what to know about them. {@link PhotoFolder} finds them in a
 * folder, a {@link DatasetBuilder} takes them from a list or from memory.
 *
 * <pre>{@code
 * Dataset dataset =
 *     Dataset.builder()
 *         .add("cat", Path.of("tom.jpg"))
 *         .add("cat", image)
 *         .add("dog", "rex", bytes)
 *         .build();
 * }</pre>
 *
 * @param labels the labels, in the order of the classifier's outputs
 * @param photos every photo, by label and then by name in code-point order
 * @param problems what a person should know, in the order in which it was found
 * @param place the folder as it was typed, which {@link SplitRule#RETRAIN} looks at; empty if the
 *     photos are from elsewhere
 */
public record Dataset(Labels labels, List<Photo> photos, List<Problem> problems, String place)
    implements DatasetSource {
  public Dataset {
    photos = List.copyOf(photos);
    problems = List.copyOf(problems);
    for (Photo photo : photos) {
      if (photo.label() < 0 || photo.label() >= labels.size()) {
        throw new IllegalArgumentException(
            "label of "
                + photo.name()
                + " must be 0 to "
                + (labels.size() - 1)
                + ", was "
                + photo.label());
      }
    }
  }

  /** Begins a data set of photos that are added one by one. */
  public static DatasetBuilder builder() {
    return new DatasetBuilder();
  }

  /** It is open already. */
  @Override
  public Dataset open() {
    return this;
  }

  /** How many photos each label has; index is the label's. */
  public int[] countByLabel() {
    int[] counts = new int[labels.size()];
    for (Photo photo : photos) {
      counts[photo.label()]++;
    }
    return counts;
  }

  /**
   * Divides the photos into training, validation and testing; those of one group stay together.
   *
   * @throws PupilException (bad input) as {@link Split#of}
   */
  public Split split(SplitSettings settings) {
    return Split.of(this, settings);
  }

  /**
   * The set without some of its photos, which turned out to be no images. Labels keep their index;
   * {@link Split#of} says so when one has nothing left.
   */
  public Dataset without(Collection<Photo> leftOut) {
    Set<Photo> out = new HashSet<>(leftOut);
    return new Dataset(
        labels, photos.stream().filter(photo -> !out.contains(photo)).toList(), problems, place);
  }
}

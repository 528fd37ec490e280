package org.pupil.dataset;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The photos that were found, and what to know about them.
 *
 * @param labels the labels, in the order of the classifier's outputs
 * @param photos every photo, by label and then by name in code-point order
 * @param problems what a person should know, in the order in which it was found
 */
public record PhotoSet(Labels labels, List<Photo> photos, List<Problem> problems) {
  public PhotoSet {
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

  /** How many photos each label has; index is the label's. */
  public int[] countByLabel() {
    int[] counts = new int[labels.size()];
    for (Photo photo : photos) {
      counts[photo.label()]++;
    }
    return counts;
  }

  /**
   * The set without some of its photos, which turned out to be no images. Labels keep their index;
   * {@link Split#of} says so when one has nothing left.
   */
  public PhotoSet without(Collection<Photo> leftOut) {
    Set<Photo> out = new HashSet<>(leftOut);
    return new PhotoSet(
        labels, photos.stream().filter(photo -> !out.contains(photo)).toList(), problems);
  }
}

package org.pupil.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pupil.check.Finding.Kind;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Problem;

/** Labels of few photos, counting those that can be used. */
final class LabelCounts {
  /** Below this a label is mentioned. */
  private static final int FEW = 20;

  /** Below this nothing can be known about a label: less than one photo for a test of 10 %. */
  private static final int FAR_TOO_FEW = 10;

  /** A label that has so many times the photos of another is far larger. */
  private static final int FAR_MORE = 5;

  private LabelCounts() {}

  static List<Finding> of(CheckedPhotos photos) {
    int[] counts = new int[photos.dataset().labels().size()];
    for (Photo photo : photos.usable()) {
      counts[photo.label()]++;
    }
    int most = Arrays.stream(counts).max().orElse(0);
    List<Finding> findings = new ArrayList<>();
    photos.dataset().problems().stream()
        .filter(problem -> problem.kind() == Problem.Kind.EMPTY_LABEL)
        .flatMap(problem -> problem.label().stream())
        .forEach(label -> findings.add(few(label, 0, most)));
    for (int label = 0; label < counts.length; label++) {
      String name = photos.dataset().labels().name(label);
      if (counts[label] < FEW) {
        findings.add(few(name, counts[label], most));
      }
      if (counts[label] > 0 && most >= FAR_MORE * counts[label] && most >= FEW) {
        findings.add(imbalance(name, counts[label], most));
      }
    }
    return findings;
  }

  private static Finding few(String label, int photos, int most) {
    return new Finding(
        Kind.FEW_PHOTOS,
        photos < FAR_TOO_FEW,
        List.of(),
        Optional.of(label),
        "It has %s that can be used; with fewer than %d the result is unreliable. Add photos."
            .formatted(photos == 0 ? "no photo" : count(photos), FEW),
        new Finding.Detail.Count(photos, most));
  }

  private static String count(int photos) {
    return photos == 1 ? "1 photo" : photos + " photos";
  }

  private static Finding imbalance(String label, int photos, int most) {
    return new Finding(
        Kind.IMBALANCE,
        false,
        List.of(),
        Optional.of(label),
        "It has %s, another label has %d: when in doubt, a classifier picks the larger one. Add photos of the smaller one."
            .formatted(count(photos), most),
        new Finding.Detail.Count(photos, most));
  }
}

package org.pupil.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pupil.dataset.Photo;
import org.pupil.evaluation.Evaluation;
import org.pupil.evaluation.Evaluation.Misclassified;

/**
 * A test photo that was labelled wrongly, to be shown.
 *
 * @param photo the photo's name
 * @param truth its label
 * @param predicted what it was taken for
 * @param probability of that, 0 to 1
 * @param picture a JPEG, empty if there is none; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // goes straight to a log, is never compared
record Mistake(String photo, String truth, String predicted, float probability, byte[] picture) {
  /** More than these nobody looks at. */
  private static final int MOST = 16;

  /**
   * The mistakes with the largest certainty, that first; a photo stands there once.
   *
   * @param all all photos of the training run
   * @param tested the photos that were judged, some perhaps more than once
   */
  static List<Mistake> surest(
      Evaluation evaluation, List<Photo> all, List<Photo> tested, MistakePictures pictures) {
    List<Misclassified> surest =
        evaluation.misclassified().stream()
            .sorted(Comparator.comparingDouble(wrong -> -wrong.probability()))
            .toList();
    // By name: with --test_batch_size a photo may be drawn several times.
    Map<String, Misclassified> once = new LinkedHashMap<>();
    for (Misclassified wrong : surest) {
      if (once.size() < MOST) {
        once.putIfAbsent(tested.get(wrong.photo()).name(), wrong);
      }
    }
    Map<String, Integer> places = places(once.keySet(), all);
    List<byte[]> jpegs = pictures.of(once.keySet().stream().map(places::get).toList());
    List<Mistake> mistakes = new ArrayList<>();
    once.forEach(
        (photo, wrong) ->
            mistakes.add(
                new Mistake(
                    photo,
                    evaluation.labels().name(wrong.truth()),
                    evaluation.labels().name(wrong.predicted()),
                    wrong.probability(),
                    jpegs.get(mistakes.size()))));
    return List.copyOf(mistakes);
  }

  /** Where each of the names is; to compare whole photos would take longer than all else here. */
  private static Map<String, Integer> places(Set<String> names, List<Photo> all) {
    Map<String, Integer> places = new HashMap<>();
    for (int place = 0; place < all.size(); place++) {
      if (names.contains(all.get(place).name())) {
        places.putIfAbsent(all.get(place).name(), place);
      }
    }
    return places;
  }

  boolean hasPicture() {
    return picture.length > 0;
  }
}

package org.pupil.run;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    List<Misclassified> once =
        surest.stream()
            .collect(
                Collectors.toMap(
                    wrong -> tested.get(wrong.photo()).name(),
                    wrong -> wrong,
                    (first, again) -> first,
                    LinkedHashMap::new))
            .values()
            .stream()
            .limit(MOST)
            .toList();
    List<byte[]> jpegs =
        pictures.of(once.stream().map(wrong -> all.indexOf(tested.get(wrong.photo()))).toList());
    return IntStream.range(0, once.size())
        .mapToObj(
            i ->
                new Mistake(
                    tested.get(once.get(i).photo()).name(),
                    evaluation.labels().name(once.get(i).truth()),
                    evaluation.labels().name(once.get(i).predicted()),
                    once.get(i).probability(),
                    jpegs.get(i)))
        .toList();
  }

  boolean hasPicture() {
    return picture.length > 0;
  }
}

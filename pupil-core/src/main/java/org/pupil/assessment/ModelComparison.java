package org.pupil.assessment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.evaluation.Comparison;

/**
 * A model against another one, on the photos that both have been judged by.
 *
 * @param photos these photos, by the indexes of the comparison
 * @param comparison from the other model, its first, to the model
 */
public record ModelComparison(List<Photo> photos, Comparison comparison) {
  public ModelComparison {
    photos = List.copyOf(photos);
  }

  /**
   * Compares.
   *
   * @param model what is asked about
   * @param other what it is held against, on photos of the same folder
   * @throws PupilException (bad input) if they have no photo in common, which is so if they have no
   *     label in common
   */
  public static ModelComparison of(Assessment model, Assessment other) {
    Map<PhotoSource, Integer> places = new HashMap<>();
    for (int i = 0; i < other.photos().size(); i++) {
      places.put(other.photos().get(i).source(), i);
    }
    List<Photo> photos = new ArrayList<>();
    List<Integer> own = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < model.photos().size(); i++) {
      Integer place = places.get(model.photos().get(i).source());
      if (place != null) {
        photos.add(model.photos().get(i));
        own.add(i);
        others.add(place);
      }
    }
    if (photos.isEmpty()) {
      throw PupilException.badInput(
          Message.of(Setting.IMAGE_DIR, ": the two models know no label of it in common"));
    }
    return new ModelComparison(
        photos, Comparison.of(other.predictions().only(others), model.predictions().only(own)));
  }
}

package org.pupil.assessment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the labels of a folder differ from those of a model.
 *
 * @param unknown labels that the model does not know, with the number of their photos, which were
 *     left out; in the folder's order
 * @param withoutPhotos labels of the model that no photo has; in its order
 */
public record LabelDifferences(Map<String, Integer> unknown, List<String> withoutPhotos) {
  /** There are none. */
  public static final LabelDifferences NONE = new LabelDifferences(Map.of(), List.of());

  public LabelDifferences {
    unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
    withoutPhotos = List.copyOf(withoutPhotos);
  }
}

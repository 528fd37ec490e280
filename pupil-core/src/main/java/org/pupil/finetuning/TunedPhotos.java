package org.pupil.finetuning;

import java.util.List;
import org.pupil.bottleneck.ContentHash;

/**
 * Photos to train on or to judge by.
 *
 * @param maps gives their maps at the cut
 * @param contents what is in each photo's file
 * @param labels the index of each photo's label
 * @param views of each photo, at least 1, as {@link Views} numbers them
 */
record TunedPhotos(MapSource maps, List<ContentHash> contents, List<Integer> labels, int views) {
  TunedPhotos {
    contents = List.copyOf(contents);
    labels = List.copyOf(labels);
    if (contents.size() != labels.size()) {
      throw new IllegalArgumentException("each photo has a label");
    }
  }

  /** Photos with the labels that they have. */
  static TunedPhotos of(List<FineTuning.LabelledPhoto> photos, MapSource maps, int views) {
    return new TunedPhotos(
        maps,
        photos.stream().map(FineTuning.LabelledPhoto::content).toList(),
        photos.stream().map(FineTuning.LabelledPhoto::label).toList(),
        views);
  }

  int size() {
    return contents.size();
  }

  int label(int photo) {
    return labels.get(photo);
  }

  /** As {@link MapSource#read}. */
  void read(int photo, int view, float[][] rows, int first) {
    maps.read(contents.get(photo), view, rows, first);
  }
}

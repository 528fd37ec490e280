package org.pupil.run;

import java.util.List;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitSet;
import org.pupil.training.TrainingData;

/** Bottlenecks and labels of the three sets of a split: what stops 6 and 7 begin with. */
public final class TrainingSets {
  private final Split split;
  private final PhotoBottlenecks bottlenecks;

  /**
   * @param split of exactly the photos that have bottlenecks, in the same order
   */
  public TrainingSets(Split split, PhotoBottlenecks bottlenecks) {
    if (!names(split.all().photos()).equals(names(bottlenecks.photos()))) {
      throw new IllegalArgumentException("the split is of other photos than the bottlenecks");
    }
    this.split = split;
    this.bottlenecks = bottlenecks;
  }

  /** The split may have them in other groups. */
  private static List<String> names(List<Photo> photos) {
    return photos.stream().map(Photo::name).toList();
  }

  /** The labels, in the order of the outputs. */
  public Labels labels() {
    return split.all().labels();
  }

  /** The photos of a set, in the order of the rows of {@link #data}. */
  public List<Photo> photos(SplitSet set) {
    return split.photos(set);
  }

  /**
   * A set's bottlenecks, labels and groups. The rows are shared with the bottlenecks, not copied.
   */
  public TrainingData data(SplitSet set) {
    int[] places = split.indices(set);
    float[][] rows = new float[places.length][];
    int[] labelOf = new int[places.length];
    int[] groupOf = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      rows[i] = bottlenecks.bottlenecks().row(places[i]);
      labelOf[i] = split.all().photos().get(places[i]).label();
      groupOf[i] = split.groupOf(places[i]);
    }
    return new TrainingData(labels(), bottlenecks.bottlenecks().floats(), rows, labelOf, groupOf);
  }
}

package org.pupil.run;

import java.util.List;
import java.util.stream.IntStream;
import org.pupil.bottleneck.ContentHash;
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

  /** [n][v][d] of the training set; empty if there are none. */
  private final float[][][] variants;

  /**
   * @param split of exactly the photos that have bottlenecks, in the same order
   */
  public TrainingSets(Split split, PhotoBottlenecks bottlenecks) {
    this(split, bottlenecks, new float[0][][]);
  }

  private TrainingSets(Split split, PhotoBottlenecks bottlenecks, float[][][] variants) {
    if (!names(split.all().photos()).equals(names(bottlenecks.photos()))) {
      throw new IllegalArgumentException("the split is of other photos than the bottlenecks");
    }
    this.split = split;
    this.bottlenecks = bottlenecks;
    this.variants = variants;
  }

  /**
   * The same sets, where the training photos have distorted variants.
   *
   * @param distorted [n][v][d] for the photos of the training set, in their order
   */
  TrainingSets withVariants(float[][][] distorted) {
    return new TrainingSets(split, bottlenecks, distorted);
  }

  /** The split may have them in other groups. */
  private static List<String> names(List<Photo> photos) {
    return photos.stream().map(Photo::name).toList();
  }

  /** The bottlenecks, labels and groups of the photos of all sets, in the order of the dataset. */
  public TrainingData all() {
    return data(IntStream.range(0, split.all().photos().size()).toArray());
  }

  /** The labels, in the order of the outputs. */
  public Labels labels() {
    return split.all().labels();
  }

  /** The photos of a set, in the order of the rows of {@link #data}. */
  public List<Photo> photos(SplitSet set) {
    return split.photos(set);
  }

  /** What is in the files of a set's photos, in the same order. */
  List<ContentHash> contents(SplitSet set) {
    return IntStream.of(split.indices(set)).mapToObj(bottlenecks::content).toList();
  }

  /**
   * A set's bottlenecks, labels and groups, and the variants if it is the training set. The rows
   * are shared with the bottlenecks, not copied.
   */
  public TrainingData data(SplitSet set) {
    TrainingData data = data(split.indices(set));
    return set == SplitSet.TRAINING && variants.length > 0 ? data.withVariants(variants) : data;
  }

  private TrainingData data(int[] places) {
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

package org.pupil.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.pupil.chance.Chance;
import org.pupil.dataset.Labels;

/**
 * One set of photos (training, validation or testing) as the trainer sees it: a bottleneck and a
 * label for each; and of training photos perhaps the bottlenecks of distorted variants, as many of
 * each photo.
 *
 * <p>The bottlenecks are shared with the caller, not copied, since they may be most of the memory:
 * nobody may change them while this lives.
 */
public final class TrainingData implements BatchSource {
  private final Labels labels;
  private final int dimension;
  private final float[][] rows;
  private final int[] labelOf;
  private final int[] groupOf;

  /** [n][v][d]; empty if there are none. */
  private final float[][][] variants;

  /**
   * Photos that are each a group of their own.
   *
   * @param labels the labels, at least 2; a label may have no photo in this set
   * @param dimension floats in a bottleneck, at least 1
   * @param rows one bottleneck a photo, each of {@code dimension} floats; may be empty
   * @param labelOf the index of each photo's label, as many as rows; copied
   */
  public TrainingData(Labels labels, int dimension, float[][] rows, int[] labelOf) {
    this(labels, dimension, rows, labelOf, IntStream.range(0, rows.length).toArray());
  }

  /**
   * Photos in groups.
   *
   * @param labels the labels, at least 2; a label may have no photo in this set
   * @param dimension floats in a bottleneck, at least 1
   * @param rows one bottleneck a photo, each of {@code dimension} floats; may be empty
   * @param labelOf the index of each photo's label, as many as rows; copied
   * @param groupOf the group of each photo, any numbers, as many as rows; copied. Photos of one
   *     group are never on two sides of a cross-validation
   */
  public TrainingData(Labels labels, int dimension, float[][] rows, int[] labelOf, int[] groupOf) {
    this(labels, dimension, rows, labelOf, groupOf, new float[0][][]);
  }

  private TrainingData(
      Labels labels,
      int dimension,
      float[][] rows,
      int[] labelOf,
      int[] groupOf,
      float[][][] variants) {
    if (labels.size() < 2) {
      throw new IllegalArgumentException("there must be 2 labels or more, were " + labels.names());
    }
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be at least 1, was " + dimension);
    }
    if (rows.length != labelOf.length || rows.length != groupOf.length) {
      throw new IllegalArgumentException(
          "every row needs a label and a group: %d rows, %d labels, %d groups"
              .formatted(rows.length, labelOf.length, groupOf.length));
    }
    this.labels = labels;
    this.dimension = dimension;
    this.rows = rows.clone();
    this.labelOf = labelOf.clone();
    this.groupOf = groupOf.clone();
    this.variants = variants.clone();
    for (int photo = 0; photo < rows.length; photo++) {
      check(photo);
    }
  }

  private void check(int photo) {
    if (rows[photo].length != dimension) {
      throw new IllegalArgumentException(
          "row " + photo + " must have " + dimension + " floats, has " + rows[photo].length);
    }
    if (labelOf[photo] < 0 || labelOf[photo] >= labels.size()) {
      throw new IllegalArgumentException(
          "label of row " + photo + " must be below " + labels.size() + ", was " + labelOf[photo]);
    }
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public int label(int photo) {
    return labelOf[photo];
  }

  /**
   * The same photos with distorted variants.
   *
   * @param distorted [n][v][d]: the bottlenecks of each photo's variants, as many of each, 1 or
   *     more; shared, not copied
   */
  public TrainingData withVariants(float[][][] distorted) {
    int each = distorted.length == 0 ? 0 : distorted[0].length;
    if (distorted.length != rows.length || (each == 0 && rows.length > 0)) {
      throw new IllegalArgumentException(
          "every photo needs variants: %d photos, %d with variants, %d variants of the first"
              .formatted(rows.length, distorted.length, each));
    }
    for (float[][] ofPhoto : distorted) {
      if (ofPhoto.length != each) {
        throw new IllegalArgumentException(
            "variants of photos: " + each + " and " + ofPhoto.length);
      }
      for (float[] row : ofPhoto) {
        if (row.length != dimension) {
          throw new IllegalArgumentException(
              "a variant must have " + dimension + " floats, has " + row.length);
        }
      }
    }
    return new TrainingData(labels, dimension, rows, labelOf, groupOf, distorted);
  }

  /** The same photos without variants. */
  public TrainingData withoutVariants() {
    return new TrainingData(labels, dimension, rows, labelOf, groupOf);
  }

  /** How many distorted variants there are of each photo. */
  public int variants() {
    return variants.length == 0 ? 0 : variants[0].length;
  }

  /**
   * The bottleneck of a photo's variant: shared, not to be changed.
   *
   * @param variant 0 to {@link #variants} - 1
   */
  public float[] variant(int photo, int variant) {
    return variants[photo][variant];
  }

  /** The group of a photo: those with the same number stay together. */
  public int group(int photo) {
    return groupOf[photo];
  }

  /** The bottleneck of a photo: shared, not to be changed. */
  public float[] row(int photo) {
    return rows[photo];
  }

  @Override
  public void fill(int step, int[] photos, float[][] batch) {
    for (int i = 0; i < photos.length; i++) {
      batch[i] = rows[photos[i]];
    }
  }

  /**
   * Draws photos as a batch is drawn: label uniform among those that have photos here, then photo
   * uniform, with replacement.
   *
   * @param size how many; negative for the whole set in the order of its labels
   * @param seed decides the draw
   * @return indexes of the photos; none if this set is empty
   */
  public int[] draw(int size, long seed) {
    if (size() == 0) {
      return new int[0];
    }
    BatchSampler sampler =
        new BatchSampler(this, size, new Chance(seed, Chance.Purpose.TEST_BATCH));
    return sampler.next().clone();
  }

  /** These photos and then others, all without variants. */
  public TrainingData followedBy(TrainingData others) {
    float[][] both = Arrays.copyOf(rows, rows.length + others.rows.length);
    int[] bothLabels = Arrays.copyOf(labelOf, both.length);
    int[] bothGroups = Arrays.copyOf(groupOf, both.length);
    System.arraycopy(others.rows, 0, both, rows.length, others.rows.length);
    System.arraycopy(others.labelOf, 0, bothLabels, rows.length, others.rows.length);
    System.arraycopy(others.groupOf, 0, bothGroups, rows.length, others.rows.length);
    return new TrainingData(labels, dimension, both, bothLabels, bothGroups);
  }

  /** The set of these photos, in this order; a photo may be in it more than once. */
  public TrainingData only(int[] photos) {
    float[][] chosen = new float[photos.length][];
    int[] chosenLabels = new int[photos.length];
    int[] chosenGroups = new int[photos.length];
    float[][][] chosenVariants = new float[variants.length == 0 ? 0 : photos.length][][];
    for (int i = 0; i < photos.length; i++) {
      chosen[i] = rows[photos[i]];
      chosenLabels[i] = labelOf[photos[i]];
      chosenGroups[i] = groupOf[photos[i]];
      if (variants.length > 0) {
        chosenVariants[i] = variants[photos[i]];
      }
    }
    return new TrainingData(labels, dimension, chosen, chosenLabels, chosenGroups, chosenVariants);
  }
}

package org.pupil.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupil.images.PerChannel;

/**
 * How a model was made: enough to make it again from the same photos, and to know what its scores
 * are worth.
 *
 * @param pupil version of Pupil
 * @param createdAt when, as ISO 8601 in UTC
 * @param backbone the network below the final layer
 * @param split how the photos were divided
 * @param training how the final layer was found
 * @param test what it reached on photos it had never seen; null if there were none
 * @param data what it was trained with
 * @param options the flags that were given, by name, in the order in which they were
 */
public record Provenance(
    String pupil,
    String createdAt,
    BackboneUsed backbone,
    SplitUsed split,
    @JsonProperty("teaching") Training training,
    @Nullable TestScore test,
    Data data,
    Map<String, String> options) {
  public Provenance {
    Objects.requireNonNull(pupil, "pupil");
    Objects.requireNonNull(createdAt, "created_at");
    Objects.requireNonNull(backbone, "backbone");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(training, "teaching");
    Objects.requireNonNull(data, "data");
    options.forEach((name, value) -> Objects.requireNonNull(value, name));
    // Not Map.copyOf, whose order is another one in every process: equal runs give equal files.
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * The backbone.
   *
   * @param sha256 of its frozen graph
   * @param mean value of 0 to 255 that is fed as 0, for each channel
   * @param std divisor after that
   */
  public record BackboneUsed(
      String name,
      String sha256,
      String bottleneckLayer,
      int bottleneckSize,
      PerChannel mean,
      PerChannel std) {}

  /** The split: its rule and shares in percent, and how many photos each set had. */
  public record SplitUsed(
      String rule,
      long seed,
      int validationPercentage,
      int testingPercentage,
      int trainingPhotos,
      int validationPhotos,
      int testingPhotos) {}

  /**
   * The training run.
   *
   * @param steps steps of gradient descent, or iterations of the second-order method
   * @param seed of all chance in it
   */
  public record Training(String optimizer, int steps, long seed) {}

  /**
   * The score on the test set.
   *
   * @param accuracy share that was labelled rightly, 0 to 1
   * @param low lower end of its 95 % interval (Wilson)
   * @param high upper end
   * @param crossEntropy mean of minus the natural logarithm of the true label's probability
   * @param photos size of the test set
   */
  public record TestScore(
      double accuracy, double low, double high, double crossEntropy, int photos) {}

  /**
   * The photos.
   *
   * @param sha256 over names and contents of all photos: equal data have equal fingerprints
   * @param photosPerLabel how many photos each label had
   */
  public record Data(String sha256, List<Integer> photosPerLabel) {
    public Data {
      photosPerLabel = List.copyOf(photosPerLabel);
    }
  }
}

package org.pupil.model;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
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
    Training training,
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

  /** Writes the fields of its JSON object; {@link #of} reads them. */
  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("pupil", pupil);
    json.writeStringField("created_at", createdAt);
    json.writeObjectFieldStart("backbone");
    backbone.writeTo(json);
    json.writeEndObject();
    json.writeObjectFieldStart("split");
    split.writeTo(json);
    json.writeEndObject();
    json.writeObjectFieldStart("teaching");
    training.writeTo(json);
    json.writeEndObject();
    if (test != null) {
      json.writeObjectFieldStart("test");
      test.writeTo(json);
      json.writeEndObject();
    }
    json.writeObjectFieldStart("data");
    data.writeTo(json);
    json.writeEndObject();
    json.writeObjectFieldStart("options");
    for (Map.Entry<String, String> option : options.entrySet()) {
      json.writeStringField(option.getKey(), option.getValue());
    }
    json.writeEndObject();
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException if a field is missing or is none of its type
   */
  static Provenance of(JsonObject json) {
    JsonObject test = json.objectOrNull("test");
    return new Provenance(
        json.text("pupil"),
        json.text("created_at"),
        BackboneUsed.of(json.object("backbone")),
        SplitUsed.of(json.object("split")),
        Training.of(json.object("teaching")),
        test == null ? null : TestScore.of(test),
        Data.of(json.object("data")),
        json.object("options").texts());
  }

  /**
   * The backbone.
   *
   * @param sha256 of its frozen graph
   * @param mean value of 0 to 255 that is fed as 0, for each channel
   * @param std divisor after that
   * @param fineTunedAbove the layer above which its layers were trained with the final layer; null
   *     if none were
   */
  public record BackboneUsed(
      String name,
      String sha256,
      String bottleneckLayer,
      int bottleneckSize,
      PerChannel mean,
      PerChannel std,
      @Nullable String fineTunedAbove) {
    /** A backbone as others have trained it. */
    public BackboneUsed(
        String name,
        String sha256,
        String bottleneckLayer,
        int bottleneckSize,
        PerChannel mean,
        PerChannel std) {
      this(name, sha256, bottleneckLayer, bottleneckSize, mean, std, null);
    }

    private static BackboneUsed of(JsonObject json) {
      return new BackboneUsed(
          json.textOrNull("name"),
          json.textOrNull("sha256"),
          json.textOrNull("bottleneck_layer"),
          json.integer("bottleneck_size"),
          PerChannelJson.read(json, "mean"),
          PerChannelJson.read(json, "std"),
          json.textOrNull("fine_tuned_above"));
    }

    private void writeTo(JsonGenerator json) throws IOException {
      writeText(json, "name", name);
      writeText(json, "sha256", sha256);
      writeText(json, "bottleneck_layer", bottleneckLayer);
      json.writeNumberField("bottleneck_size", bottleneckSize);
      json.writeFieldName("mean");
      PerChannelJson.write(mean, json);
      json.writeFieldName("std");
      PerChannelJson.write(std, json);
      if (fineTunedAbove != null) {
        json.writeStringField("fine_tuned_above", fineTunedAbove);
      }
    }
  }

  /** The split: its rule and shares in percent, and how many photos each set had. */
  public record SplitUsed(
      String rule,
      long seed,
      int validationPercentage,
      int testingPercentage,
      int trainingPhotos,
      int validationPhotos,
      int testingPhotos) {
    private static SplitUsed of(JsonObject json) {
      return new SplitUsed(
          json.textOrNull("rule"),
          json.longInteger("seed"),
          json.integer("validation_percentage"),
          json.integer("testing_percentage"),
          json.integer("training_photos"),
          json.integer("validation_photos"),
          json.integer("testing_photos"));
    }

    private void writeTo(JsonGenerator json) throws IOException {
      writeText(json, "rule", rule);
      json.writeNumberField("seed", seed);
      json.writeNumberField("validation_percentage", validationPercentage);
      json.writeNumberField("testing_percentage", testingPercentage);
      json.writeNumberField("training_photos", trainingPhotos);
      json.writeNumberField("validation_photos", validationPhotos);
      json.writeNumberField("testing_photos", testingPhotos);
    }
  }

  /**
   * The training run.
   *
   * @param steps steps of gradient descent, or iterations of the second-order method
   * @param seed of all chance in it
   * @param temperature what the layer's logits were divided by after training; null if by nothing
   */
  public record Training(String optimizer, int steps, long seed, @Nullable Double temperature) {
    private static Training of(JsonObject json) {
      return new Training(
          json.textOrNull("optimizer"),
          json.integer("steps"),
          json.longInteger("seed"),
          json.has("temperature") ? json.number("temperature") : null);
    }

    private void writeTo(JsonGenerator json) throws IOException {
      writeText(json, "optimizer", optimizer);
      json.writeNumberField("steps", steps);
      json.writeNumberField("seed", seed);
      if (temperature != null) {
        json.writeNumberField("temperature", temperature);
      }
    }
  }

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
      double accuracy, double low, double high, double crossEntropy, int photos) {
    private static TestScore of(JsonObject json) {
      return new TestScore(
          json.number("accuracy"),
          json.number("low"),
          json.number("high"),
          json.number("cross_entropy"),
          json.integer("photos"));
    }

    private void writeTo(JsonGenerator json) throws IOException {
      json.writeNumberField("accuracy", accuracy);
      json.writeNumberField("low", low);
      json.writeNumberField("high", high);
      json.writeNumberField("cross_entropy", crossEntropy);
      json.writeNumberField("photos", photos);
    }
  }

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

    private static Data of(JsonObject json) {
      return new Data(json.textOrNull("sha256"), json.integers("photos_per_label"));
    }

    private void writeTo(JsonGenerator json) throws IOException {
      writeText(json, "sha256", sha256);
      json.writeArrayFieldStart("photos_per_label");
      for (int photos : photosPerLabel) {
        json.writeNumber(photos);
      }
      json.writeEndArray();
    }
  }

  /** A text that an older model may not have. */
  private static void writeText(JsonGenerator json, String field, @Nullable String text)
      throws IOException {
    if (text != null) {
      json.writeStringField(field, text);
    }
  }
}

package org.pupil.model;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupil.familiarity.Ambiguity;
import org.pupil.familiarity.CoreSet;
import org.pupil.familiarity.Familiarity;
import org.pupil.network.NetworkFormat;

/**
 * What a model's description says of the photos that it keeps of its training photos, and of when
 * an answer is not to be trusted. The photos' bottlenecks themselves lie elsewhere in the file;
 * {@code docs/formats.md} specifies it.
 *
 * @param featuresLayer what gives the bottleneck [n, d]
 * @param photos how many photos are kept, at least 1
 * @param nearest which of the nearest of them counts, 1 to {@code photos}
 * @param threshold the least familiarity of what counts as familiar, -1 to 1
 * @param percentage how many in a hundred photos like the training photos are to count as familiar
 * @param undecidedRatio how much likelier the first label must be than the second, 1 or more
 * @param crc32c of the bottlenecks' bytes in 8 hexadecimal digits, where the checksum of the model
 *     does not cover them; else null
 */
public record FamiliarityDescription(
    String featuresLayer,
    int photos,
    int nearest,
    float threshold,
    double percentage,
    float undecidedRatio,
    @Nullable String crc32c) {
  public FamiliarityDescription {
    Objects.requireNonNull(featuresLayer, "features_layer");
    new Ambiguity(undecidedRatio); // checks it
  }

  static FamiliarityDescription of(
      Familiarity familiarity, String featuresLayer, NetworkFormat kept) {
    CoreSet photos = familiarity.photos();
    return new FamiliarityDescription(
        featuresLayer,
        photos.size(),
        familiarity.nearest(),
        familiarity.threshold(),
        familiarity.percentage(),
        Ambiguity.DEFAULT.ratio(),
        kept == NetworkFormat.ONNX ? KeptPhotos.crc32c(photos) : null);
  }

  static FamiliarityDescription of(JsonObject json) {
    return new FamiliarityDescription(
        json.text("features_layer"),
        json.integer("photos"),
        json.integer("nearest"),
        (float) json.number("threshold"),
        json.number("percentage"),
        (float) json.number("undecided_ratio"),
        json.textOrNull("crc32c"));
  }

  /** When an answer is undecided between the two likeliest labels. */
  public Ambiguity ambiguity() {
    return new Ambiguity(undecidedRatio);
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("features_layer", featuresLayer);
    json.writeNumberField("photos", photos);
    json.writeNumberField("nearest", nearest);
    json.writeNumberField("threshold", threshold);
    json.writeNumberField("percentage", percentage);
    json.writeNumberField("undecided_ratio", undecidedRatio);
    if (crc32c != null) {
      json.writeStringField("crc32c", crc32c);
    }
  }
}

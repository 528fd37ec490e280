package org.pupil.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.pupil.errors.PupilException;
import org.pupil.photos.Labels;

/**
 * What a model says of itself: all that labelling needs, and how the model was made. It lies in the
 * graph as JSON; {@code docs/formats.md} specifies it.
 *
 * @param format version of this description, 1
 * @param labels names in the order of the outputs
 * @param inputLayer node that takes images [n, height, width, 3] in [0, 1]
 * @param outputLayer node that gives probabilities [n, labels]
 * @param inputHeight rows, at least 1
 * @param inputWidth columns, at least 1
 * @param provenance how it was made
 */
public record ModelDescription(
    int format,
    List<String> labels,
    String inputLayer,
    String outputLayer,
    int inputHeight,
    int inputWidth,
    Provenance provenance) {
  /** The version that this program writes. */
  public static final int FORMAT = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public ModelDescription {
    labels = new Labels(labels).names();
    if (inputHeight < 1 || inputWidth < 1) {
      throw new IllegalArgumentException(
          "input size must be at least 1 x 1, was " + inputHeight + " x " + inputWidth);
    }
  }

  /** The description as one JSON object in UTF-8 text. */
  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts and numbers is always JSON", e);
    }
  }

  /**
   * Reads a description.
   *
   * @param whose the file that carries it, for the message
   * @throws PupilException (bad model) if it is damaged or of a newer Pupil
   */
  static ModelDescription fromJson(String json, Object whose) {
    try {
      int format = JSON.readTree(json).path("format").asInt();
      if (format > FORMAT) {
        throw PupilException.badModel(
            whose + " was made by a newer Pupil (format " + format + "): update Pupil to use it");
      }
      return JSON.readValue(json, ModelDescription.class);
    } catch (JsonProcessingException e) {
      throw PupilException.badModel(whose + " carries a damaged description of itself", e);
    }
  }
}

package org.pupil.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.Labels;
import org.pupil.errors.PupilException;
import org.pupil.images.Alpha;
import org.pupil.images.InputSpec;

/**
 * What a model says of itself: all that labelling needs, and how the model was made. It lies in the
 * graph as JSON; {@code docs/formats.md} specifies it.
 *
 * @param format version of this description, 1
 * @param labels names in the order of the outputs
 * @param inputLayer node that takes images [n, height, width, 3] in [0, 1]
 * @param outputLayer node that gives probabilities [n, labels]
 * @param inputHeight rows, 1 to {@value InputSpec#LARGEST_SIDE}
 * @param inputWidth columns, 1 to {@value InputSpec#LARGEST_SIDE}
 * @param alpha what became of transparent pixels when it was trained; models from before this was
 *     written down dropped it
 * @param provenance how it was made
 */
public record ModelDescription(
    int format,
    List<String> labels,
    String inputLayer,
    String outputLayer,
    int inputHeight,
    int inputWidth,
    Alpha alpha,
    Provenance provenance) {
  /** The version that this program writes. */
  public static final int FORMAT = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .addModule(PerChannelJson.module())
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** More than any version has. */
  private static final int MOST_DIGITS = 30;

  /** What graphs take that see images in [0, 1]. */
  private static final float UNIT_MEAN = 0;

  private static final float UNIT_STD = 255;

  public ModelDescription {
    if (format != FORMAT) {
      throw new IllegalArgumentException("format must be " + FORMAT + ", was " + format);
    }
    labels = new Labels(labels).names();
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("there must be labels");
    }
    if (labels.contains("")) {
      throw new IllegalArgumentException("a label must not be empty");
    }
    Objects.requireNonNull(inputLayer, "input_layer");
    Objects.requireNonNull(outputLayer, "output_layer");
    // Where the JSON has no such field Jackson gives null.
    alpha = alpha == null ? Alpha.DROP : alpha;
    Objects.requireNonNull(provenance, "provenance");
    new InputSpec(inputHeight, inputWidth, UNIT_MEAN, UNIT_STD); // checks the size
  }

  /** What pixels the input layer takes. */
  public InputSpec input() {
    return new InputSpec(inputHeight, inputWidth, UNIT_MEAN, UNIT_STD);
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
      JsonNode tree = JSON.readTree(json);
      JsonNode format = tree.path("format");
      if (!tree.isObject() || !format.isIntegralNumber()) {
        throw damaged(whose, null);
      }
      if (format.bigIntegerValue().compareTo(BigInteger.valueOf(FORMAT)) > 0) {
        throw PupilException.badModel(
            whose
                + " was made by a newer Pupil (format "
                + shown(format)
                + "): update Pupil to use it");
      }
      if (ModelChecksum.isMisplaced(json, tree)) {
        throw damaged(whose, null);
      }
      return JSON.treeToValue(tree, ModelDescription.class);
    } catch (JsonProcessingException e) {
      throw damaged(whose, e);
    }
  }

  private static String shown(JsonNode format) {
    String digits = format.asText();
    return digits.length() <= MOST_DIGITS ? digits : digits.substring(0, MOST_DIGITS) + "...";
  }

  static PupilException damaged(Object whose, @Nullable Throwable cause) {
    String message = whose + " has a damaged description of itself: train it again";
    return cause == null
        ? PupilException.badModel(message)
        : PupilException.badModel(message, cause);
  }
}

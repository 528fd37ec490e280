package org.pupil.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.Labels;
import org.pupil.errors.PupilException;
import org.pupil.familiarity.Familiarity;
import org.pupil.images.Alpha;
import org.pupil.images.InputSpec;
import org.pupil.network.NetworkFormat;

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
 * @param familiarity when its answers are not to be trusted; null if it does not know, as models
 *     from before this was written down
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
    @Nullable FamiliarityDescription familiarity,
    Provenance provenance) {
  /** The version that this program writes. */
  public static final int FORMAT = 1;

  private static final JsonFactory JSON = new JsonFactory();

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
    Objects.requireNonNull(alpha, "alpha");
    Objects.requireNonNull(provenance, "provenance");
    new InputSpec(inputHeight, inputWidth, UNIT_MEAN, UNIT_STD); // checks the size
  }

  /** One that does not say when its answers are not to be trusted. */
  public ModelDescription(
      int format,
      List<String> labels,
      String inputLayer,
      String outputLayer,
      int inputHeight,
      int inputWidth,
      Alpha alpha,
      Provenance provenance) {
    this(format, labels, inputLayer, outputLayer, inputHeight, inputWidth, alpha, null, provenance);
  }

  /**
   * The same that says when its answers are not to be trusted.
   *
   * @param known what the model knows of its training photos; empty for one that does not say it
   * @param featuresLayer what gives the bottleneck
   * @param kept the format in which it is kept
   */
  public ModelDescription knowing(
      Optional<Familiarity> known, String featuresLayer, NetworkFormat kept) {
    FamiliarityDescription own =
        known.map(value -> FamiliarityDescription.of(value, featuresLayer, kept)).orElse(null);
    return new ModelDescription(
        format, labels, inputLayer, outputLayer, inputHeight, inputWidth, alpha, own, provenance);
  }

  /** What pixels the input layer takes. */
  public InputSpec input() {
    return new InputSpec(inputHeight, inputWidth, UNIT_MEAN, UNIT_STD);
  }

  /** The description as one JSON object in UTF-8 text. */
  String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("format", format);
      json.writeArrayFieldStart("labels");
      for (String label : labels) {
        json.writeString(label);
      }
      json.writeEndArray();
      json.writeStringField("input_layer", inputLayer);
      json.writeStringField("output_layer", outputLayer);
      json.writeNumberField("input_height", inputHeight);
      json.writeNumberField("input_width", inputWidth);
      json.writeStringField("alpha", alpha.name().toLowerCase(Locale.ROOT));
      if (familiarity != null) {
        json.writeObjectFieldStart("familiarity");
        familiarity.writeTo(json);
        json.writeEndObject();
      }
      json.writeObjectFieldStart("provenance");
      provenance.writeTo(json);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can always be written", e);
    }
    return text.toString();
  }

  /**
   * Reads a description.
   *
   * @param whose the file that carries it, for the message
   * @throws PupilException (bad model) if it is damaged or of a newer Pupil
   */
  static ModelDescription fromJson(String json, Object whose) {
    try {
      JsonObject description = JsonObject.parse(json);
      BigInteger format = description.wholeNumber("format");
      if (format.compareTo(BigInteger.valueOf(FORMAT)) > 0) {
        throw PupilException.badModel(
            whose
                + " was made by a newer Pupil (format "
                + shown(format)
                + "): update Pupil to use it");
      }
      if (ModelChecksum.isMisplaced(json, description)) {
        throw damaged(whose, null);
      }
      return of(description);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw damaged(whose, e);
    }
  }

  private static ModelDescription of(JsonObject json) {
    String alpha = json.textOrNull("alpha");
    JsonObject familiarity = json.objectOrNull("familiarity");
    return new ModelDescription(
        json.integer("format"),
        json.texts("labels"),
        json.text("input_layer"),
        json.text("output_layer"),
        json.integer("input_height"),
        json.integer("input_width"),
        alpha == null ? Alpha.DROP : Alpha.valueOf(alpha.toUpperCase(Locale.ROOT)),
        familiarity == null ? null : FamiliarityDescription.of(familiarity),
        Provenance.of(json.object("provenance")));
  }

  private static String shown(BigInteger format) {
    String digits = format.toString();
    return digits.length() <= MOST_DIGITS ? digits : digits.substring(0, MOST_DIGITS) + "...";
  }

  static PupilException damaged(Object whose, @Nullable Throwable cause) {
    String message = whose + " has a damaged description of itself: train it again";
    return cause == null
        ? PupilException.badModel(message)
        : PupilException.badModel(message, cause);
  }
}

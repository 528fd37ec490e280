package org.pupil.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.Labels;
import org.pupil.errors.PupilException;
import org.pupil.familiarity.CoreSet;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.StringStringEntryProto;

/**
 * What an ONNX model says of itself, in its {@code metadata_props}: the {@link ModelDescription}
 * with a checksum, its labels once more for programs that read nothing else, and what ONNX's own
 * conventions say of an image input. {@code docs/formats.md} specifies it.
 */
public final class OnnxMetadata {
  /** The {@link ModelDescription} as JSON, with a checksum of the model as its last field. */
  static final String DESCRIPTION = "pupil.model";

  /** The labels as a JSON array, in the order of the outputs. */
  static final String LABELS = "labels";

  /** ONNX's conventions for images: RGB of 8 bits as usual in files, scaled to [0, 1]. */
  private static final Map<String, String> OF_IMAGES =
      Map.of(
          "Image.BitmapPixelFormat", "Rgb8",
          "Image.ColorSpaceGamma", "SRGB",
          "Image.NominalPixelRange", "Normalized_0_1");

  private static final TypeReference<List<@Nullable String>> TEXTS = new TypeReference<>() {};

  private OnnxMetadata() {}

  /**
   * The model with a description. What it had under the same keys is replaced; what others wrote
   * under other keys stays.
   *
   * @param model finished in all else, since the checksum is computed from it
   * @param description of a model whose input takes images in [0, 1]
   * @param photos bottlenecks that the model keeps; the description has their checksum
   */
  public static ModelProto describe(
      ModelProto model, ModelDescription description, Optional<CoreSet> photos) {
    Map<String, String> all = all(model);
    all.remove(KeptPhotos.METADATA);
    photos.ifPresent(kept -> all.put(KeptPhotos.METADATA, KeptPhotos.text(kept)));
    all.put(DESCRIPTION, ModelChecksum.addTo(description.toJson(), model));
    return with(model, all, description.labels());
  }

  /**
   * The same for a model that Pupil did not make: its labels and what it takes.
   *
   * @param model one whose input takes images in [0, 1]
   */
  public static ModelProto label(ModelProto model, List<String> labels) {
    return with(model, all(model), labels);
  }

  private static ModelProto with(ModelProto model, Map<String, String> all, List<String> labels) {
    all.put(LABELS, json(labels));
    OF_IMAGES.keySet().stream().sorted().forEach(key -> all.put(key, OF_IMAGES.get(key)));
    ModelProto.Builder described = model.toBuilder().clearMetadataProps();
    all.forEach(
        (key, value) ->
            described.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return described.build();
  }

  /**
   * Reads a description.
   *
   * @param whose the file that carries it, for messages
   * @return empty when Pupil did not make the model
   * @throws PupilException (bad model) if the description is damaged or of a newer Pupil, or the
   *     model is no longer what it was described as
   */
  public static Optional<ModelDescription> read(ModelProto model, Object whose) {
    String text = all(model).get(DESCRIPTION);
    if (text == null) {
      return Optional.empty();
    }
    ModelDescription description = ModelDescription.fromJson(text, whose);
    if (ModelChecksum.isBroken(text, model)) {
      throw ModelChecksum.broken(whose);
    }
    return Optional.of(description);
  }

  /**
   * Reads the labels that stand by themselves, without a description.
   *
   * @return empty when there are none, or they are not written as a JSON array of distinct texts:
   *     others may mean something else by that key
   */
  public static Optional<Labels> labels(ModelProto model) {
    String text = all(model).get(LABELS);
    if (text == null) {
      return Optional.empty();
    }
    try {
      List<@Nullable String> read = JsonMapper.builder().build().readValue(text, TEXTS);
      List<String> names =
          Stream.ofNullable(read).flatMap(List::stream).filter(Objects::nonNull).toList();
      return read == null || names.isEmpty() || names.stream().distinct().count() < read.size()
          ? Optional.empty()
          : Optional.of(new Labels(names));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> all(ModelProto model) {
    Map<String, String> all = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  private static String json(List<String> labels) {
    try {
      return JsonMapper.builder().build().writeValueAsString(labels);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of texts is always JSON", e);
    }
  }
}

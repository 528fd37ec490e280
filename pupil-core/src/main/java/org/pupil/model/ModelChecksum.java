package org.pupil.model;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.NodeDef;
import org.pupil.onnx.proto.ModelProto;

/**
 * The last field of a model's description, by which damage to the file is noticed: a flipped bit in
 * the weights is a valid graph with other probabilities. {@code docs/formats.md} specifies it.
 *
 * <p>It is a CRC and no SHA: whoever changes a model on purpose can change the checksum too, and a
 * CRC takes no time worth mentioning, since the processor computes it, also in a program that has
 * just started.
 */
final class ModelChecksum {
  private static final Pattern FIELD =
      Pattern.compile(",\"checksum\":\"crc32c:([0-9a-f]{8})\"\\}\\s*\\z");

  private ModelChecksum() {}

  /**
   * Adds the field to a description.
   *
   * @param json one JSON object
   * @param nodes all nodes of the graph but the description
   */
  static String addTo(String json, List<NodeDef> nodes) {
    return addTo(json, (String text) -> of(text, nodes));
  }

  /**
   * Adds the field to a description.
   *
   * @param json one JSON object
   * @param model all of the model but its metadata
   */
  static String addTo(String json, ModelProto model) {
    return addTo(json, (String text) -> of(text, model));
  }

  private static String addTo(String json, ToIntFunction<String> checksum) {
    String text = json.substring(0, json.lastIndexOf('}'));
    return "%s,\"checksum\":\"crc32c:%08x\"}".formatted(text, checksum.applyAsInt(text));
  }

  /**
   * Whether a description has the field, and it does not fit.
   *
   * @param nodes all nodes of the graph; the description itself does not count
   */
  static boolean isBroken(String json, List<NodeDef> nodes) {
    return isBroken(json, (String text) -> of(text, nodes));
  }

  /**
   * Whether a description has the field, and it does not fit.
   *
   * @param model the model; its metadata do not count
   */
  static boolean isBroken(String json, ModelProto model) {
    return isBroken(json, (String text) -> of(text, model));
  }

  private static boolean isBroken(String json, ToIntFunction<String> checksum) {
    Matcher field = FIELD.matcher(json);
    return field.find()
        && checksum.applyAsInt(json.substring(0, field.start()))
            != Integer.parseUnsignedInt(field.group(1), 16);
  }

  /**
   * Whether a description has the field elsewhere than at its end, or in another form: somebody
   * changed it, and the checksum would not be looked at.
   *
   * @param parsed the same description
   */
  static boolean isMisplaced(String json, JsonObject parsed) {
    return parsed.has("checksum") && !FIELD.matcher(json).find();
  }

  /** The error for a model whose checksum does not fit. */
  static PupilException broken(Object whose) {
    return PupilException.badModel(
        whose
            + " is damaged: its content does not fit the checksum that it carries; copy it anew"
            + " or train it again");
  }

  /** A sum, so that the order of the nodes does not matter, as it does not to TensorFlow. */
  private static int of(String text, List<NodeDef> nodes) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    long sum = crc.getValue();
    // Straight into the checksum: a copy of the weights would be most of the heap.
    CodedOutputStream out = CodedOutputStream.newInstance(intoNothingBut(crc));
    out.useDeterministicSerialization(); // as is specified, with a node's attributes in order
    try {
      for (NodeDef node : nodes) {
        if (!node.getName().equals(ModelGraph.DESCRIPTION_NODE)) {
          crc.reset();
          node.writeTo(out);
          out.flush();
          sum += crc.getValue();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("what goes nowhere cannot fail", e);
    }
    return (int) sum;
  }

  private static int of(String text, ModelProto model) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    try {
      model.toBuilder().clearMetadataProps().build().writeTo(intoNothingBut(crc));
    } catch (IOException e) {
      throw new UncheckedIOException("what goes nowhere cannot fail", e);
    }
    return (int) crc.getValue();
  }

  private static OutputStream intoNothingBut(CRC32C crc) {
    return new CheckedOutputStream(OutputStream.nullOutputStream(), crc);
  }
}

package org.pupil.board.plugins.images;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Names one picture of the log, for an address. A page gets it from the board and gives it back;
 * but anybody may write one, so it grants nothing: it says where to look among what is served
 * anyhow.
 *
 * @param run the run's name
 * @param tag the tag in it
 * @param step the step of the value
 * @param index which blob of that value, see {@link Images}
 */
public record BlobKey(String run, String tag, long step, int index) {
  private static final ObjectMapper JSON = new JsonMapper();

  /** TensorBoard's first part, the experiment, which here is always the same. */
  private static final String EXPERIMENT = "";

  private static final int PARTS = 5;

  /** The key as letters, digits, hyphens and underscores: a JSON array in Base64. */
  public String encode() {
    Object[] parts = {EXPERIMENT, run, tag, step, index};
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(parts));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and numbers cannot be written as JSON", e);
    }
  }

  /**
   * Reads a key that somebody sent.
   *
   * @return empty if it is none
   */
  public static Optional<BlobKey> decode(String key) {
    JsonNode parts;
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(key);
      parts =
          JSON.readTree(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException | CharacterCodingException | JsonProcessingException e) {
      return Optional.empty();
    }
    boolean isKey =
        parts.isArray()
            && parts.size() == PARTS
            && parts.get(1).isTextual()
            && parts.get(2).isTextual()
            && parts.get(3).canConvertToLong()
            && parts.get(3).isIntegralNumber()
            && parts.get(4).canConvertToInt()
            && parts.get(4).isIntegralNumber();
    return isKey
        ? Optional.of(
            new BlobKey(
                parts.get(1).textValue(),
                parts.get(2).textValue(),
                parts.get(3).longValue(),
                parts.get(4).intValue()))
        : Optional.empty();
  }
}

package org.pupil.board.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.pupil.log.proto.Summary;

/** What TensorBoard's own functions made of some values: src/test/reference/board_answers.py. */
public final class ReferenceAnswers {
  private ReferenceAnswers() {}

  public static Stream<JsonNode> of(String kind) {
    try (InputStream in = ReferenceAnswers.class.getResourceAsStream("board_answers.json")) {
      JsonNode all = new JsonMapper().readTree(in).get(kind);
      return StreamSupport.stream(all.spliterator(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Summary.Value value(JsonNode row) throws IOException {
    return Summary.Value.parseFrom(Base64.getDecoder().decode(row.get("value").textValue()));
  }
}

package org.pupil.board.plugins.timeseries;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the series that a request for several asks for: a JSON object, whose parts may be wrong.
 */
final class TimeSeriesRequest {
  private static final Set<String> PLUGINS = Set.of("scalars", "histograms", "images");

  private final JsonNode json;

  TimeSeriesRequest(JsonNode json) {
    this.json = json;
  }

  /** What is wrong with it, in TensorBoard's words; empty if nothing is. */
  String mistake() {
    if (!json.path("tag").isTextual()) {
      return "Missing tag";
    }
    if (!json.path("plugin").isTextual() || !PLUGINS.contains(plugin())) {
      return "Invalid plugin";
    }
    if (!plugin().equals("scalars") && !json.path("run").isTextual()) {
      return "Missing run";
    }
    if (plugin().equals("images") && !json.path("sample").isIntegralNumber()) {
      return "Missing sample";
    }
    return "";
  }

  String plugin() {
    return json.path("plugin").asText();
  }

  String tag() {
    return json.path("tag").asText();
  }

  /** The run that is wanted, empty for all. */
  String run() {
    return json.path("run").isTextual() ? json.path("run").textValue() : "";
  }

  /** Which image of each step; -1 if it cannot be any. */
  int sample() {
    JsonNode sample = json.path("sample");
    return sample.canConvertToInt() ? Math.max(-1, sample.intValue()) : -1;
  }

  /** Writes what the answer repeats of the request, as it came. */
  void writeBack(JsonGenerator out) throws IOException {
    out.writeFieldName("plugin");
    writeOrNull(out, json.get("plugin"));
    out.writeFieldName("tag");
    writeOrNull(out, json.get("tag"));
    if (json.path("run").isTextual()) {
      out.writeStringField("run", run());
    }
    if (json.path("sample").isIntegralNumber()) {
      out.writeFieldName("sample");
      out.writeTree(json.get("sample"));
    }
  }

  private static void writeOrNull(JsonGenerator out, @Nullable JsonNode node) throws IOException {
    if (node == null) {
      out.writeNull();
    } else {
      out.writeTree(node);
    }
  }
}

package org.pupil.board.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.board.log.ScalarPoints;

/** {@code /data/plugin/scalars}. */
final class ScalarsRoutes {
  private static final String PLUGIN = "scalars";

  private final EventLogs logs;
  private final SampleLimits samples;

  ScalarsRoutes(EventLogs logs, SampleLimits samples) {
    this.logs = logs;
    this.samples = samples;
  }

  void addTo(Router router) {
    router.get("/data/plugin/scalars/tags", context -> Json.answer(context, Tags.of(logs, PLUGIN)));
    router.get("/data/plugin/scalars/scalars", this::scalars);
    router.post("/data/plugin/scalars/scalars_multirun", this::multirun);
  }

  private void scalars(Context context) {
    ScalarPoints points = Requests.scalars(logs, context).sampled(samples.of(PLUGIN));
    if ("csv".equals(context.queryParam("format"))) {
      context.contentType("text/csv; charset=utf-8").result(csv(points));
    } else {
      Json.stream(context, json -> write(json, points));
    }
  }

  private void multirun(Context context) {
    List<String> tags = context.formParams("tag");
    if (tags.size() != 1) {
      throw RequestException.invalidArgument(
          "tag must be given once, was " + tags.size() + " times");
    }
    Json.stream(
        context,
        json -> {
          json.writeStartObject();
          for (String name : context.formParams("runs")) {
            ScalarPoints points =
                logs.run(name).flatMap((Run run) -> run.scalars(tags.get(0))).orElse(null);
            if (points != null) {
              json.writeFieldName(name);
              write(json, points.sampled(samples.of(PLUGIN)));
            }
          }
          json.writeEndObject();
        });
  }

  /** An array of [wall time, step, value]. */
  private static void write(JsonGenerator json, ScalarPoints points) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < points.size(); i++) {
      json.writeStartArray();
      json.writeNumber(points.wallTime(i));
      json.writeNumber(points.step(i));
      // As a double, which is how the float looks in TensorBoard.
      json.writeNumber((double) points.value(i));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static String csv(ScalarPoints points) {
    StringBuilder csv = new StringBuilder("Wall time,Step,Value\r\n");
    for (int i = 0; i < points.size(); i++) {
      csv.append(points.wallTime(i))
          .append(',')
          .append(points.step(i))
          .append(',')
          .append(pythonNumber(points.value(i)))
          .append("\r\n");
    }
    return csv.toString();
  }

  /** Python's csv writes nan, inf and -inf. */
  private static String pythonNumber(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return Double.toString(value);
  }
}

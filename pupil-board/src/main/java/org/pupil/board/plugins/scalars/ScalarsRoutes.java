package org.pupil.board.plugins.scalars;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.pupil.board.answers.PythonRepr;
import org.pupil.board.answers.Tags;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.ScalarPoints;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.board.web.PointCount;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.SeriesRequests;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Requests;
import org.pupil.web.Router;

/** {@code /data/plugin/scalars}. */
public final class ScalarsRoutes implements PluginRoutes {
  private static final String NAME = "scalars";

  /** The plugin. */
  public static final Plugin PLUGIN =
      new Plugin(
          NAME, Listing.element(NAME, "tf-scalar-dashboard"), Plugin.ALL, ScalarsRoutes::new);

  private final EventLogs logs;
  private final SampleLimits samples;

  private ScalarsRoutes(BoardData data) {
    this.logs = data.logs();
    this.samples = data.samples();
  }

  @Override
  public void addTo(Router router) {
    router.get(
        "/data/plugin/scalars/tags", context -> Json.answer(context, Tags.described(logs, NAME)));
    router.get("/data/plugin/scalars/scalars", this::scalars);
    router.post("/data/plugin/scalars/scalars_multirun", this::multirun);
    new PointsRoutes(logs).addTo(router);
  }

  private void scalars(Context context) {
    ScalarPoints points = SeriesRequests.scalars(logs, context).sampled(samples.of(NAME));
    new PointCount().add(points.size(), points.seen()).tell(context);
    if ("csv".equals(context.queryParam("format"))) {
      context.contentType("text/csv; charset=utf-8").result(csv(points));
    } else {
      Json.stream(context, json -> write(json, points));
    }
  }

  private void multirun(Context context) {
    List<String> tags = Requests.formParameters(context, "tag");
    if (tags.size() != 1) {
      throw RequestException.invalidArgument("tag must be specified exactly once");
    }
    Map<String, ScalarPoints> found = new LinkedHashMap<>();
    PointCount count = new PointCount();
    for (String name : new LinkedHashSet<>(Requests.formParameters(context, "runs"))) {
      logs.run(name)
          .flatMap(run -> run.scalars(tags.get(0)))
          .map(points -> points.sampled(samples.of(NAME)))
          .ifPresent(
              points -> {
                found.put(name, points);
                count.add(points.size(), points.seen());
              });
    }
    count.tell(context);
    Json.stream(
        context,
        json -> {
          json.writeStartObject();
          for (Map.Entry<String, ScalarPoints> run : found.entrySet()) {
            json.writeFieldName(run.getKey());
            write(json, run.getValue());
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
      json.writeNumber(points.value(i));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static String csv(ScalarPoints points) {
    StringBuilder csv = new StringBuilder("Wall time,Step,Value\r\n");
    for (int i = 0; i < points.size(); i++) {
      csv.append(PythonRepr.of(points.wallTime(i)))
          .append(',')
          .append(points.step(i))
          .append(',')
          .append(PythonRepr.of(points.value(i)))
          .append("\r\n");
    }
    return csv.toString();
  }
}

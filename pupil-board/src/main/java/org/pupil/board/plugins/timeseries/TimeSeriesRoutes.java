package org.pupil.board.plugins.timeseries;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pupil.board.log.EventLogs;
import org.pupil.board.plugins.images.Blobs;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.board.web.PointCount;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Requests;
import org.pupil.web.Router;

/** {@code /data/plugin/timeseries}, which has scalars, histograms and images together. */
public final class TimeSeriesRoutes implements PluginRoutes {
  /** The plugin. */
  public static final Plugin PLUGIN =
      new Plugin(
          "timeseries",
          new Listing(
              "Time Series",
              false,
              new Listing.BuiltIn(),
              Set.of("scalars", "histograms", "images")),
          Plugin.ALL,
          TimeSeriesRoutes::new);

  private final EventLogs logs;
  private final TimeSeriesAnswers answers;
  private final Blobs blobs;

  private TimeSeriesRoutes(BoardData data) {
    this.logs = data.logs();
    this.answers = new TimeSeriesAnswers(data.logs(), data.samples());
    this.blobs = new Blobs(data.logs());
  }

  @Override
  public void addTo(Router router) {
    router.get(
        "/data/plugin/timeseries/tags", context -> Json.answer(context, TimeSeriesTags.of(logs)));
    router.get("/data/plugin/timeseries/timeSeries", this::timeSeries);
    router.get("/data/plugin/timeseries/imageData", this::imageData);
  }

  private void timeSeries(Context context) {
    List<TimeSeriesRequest> requests = requests(context);
    List<TimeSeriesAnswers.Answer> found = new ArrayList<>();
    PointCount count = new PointCount();
    requests.forEach(request -> found.add(answers.find(request, count)));
    count.tell(context);
    Json.stream(
        context,
        json -> {
          json.writeStartArray();
          for (int i = 0; i < requests.size(); i++) {
            write(json, requests.get(i), found.get(i));
          }
          json.writeEndArray();
        });
  }

  private static List<TimeSeriesRequest> requests(Context context) {
    List<String> fields =
        context.method().equals(HandlerType.POST)
            ? Requests.formParameters(context, "requests")
            : context.queryParams("requests");
    String text = fields.isEmpty() ? "" : fields.get(0);
    if (text.isEmpty()) {
      throw RequestException.invalidArgument("Missing 'requests' field");
    }
    JsonNode parsed;
    try {
      parsed = Json.read(text, JsonNode.class);
    } catch (RequestException e) {
      throw RequestException.invalidArgument("Unable to parse 'requests' as JSON");
    }
    List<TimeSeriesRequest> requests = new ArrayList<>();
    boolean areObjects = parsed.isArray();
    for (JsonNode one : parsed) {
      areObjects &= one.isObject();
      requests.add(new TimeSeriesRequest(one));
    }
    if (!areObjects) {
      throw RequestException.invalidArgument("'requests' must be an array of objects");
    }
    return requests;
  }

  private static void write(
      JsonGenerator json, TimeSeriesRequest request, TimeSeriesAnswers.Answer answer)
      throws IOException {
    json.writeStartObject();
    request.writeBack(json);
    String mistake = request.mistake();
    if (mistake.isEmpty()) {
      json.writeObjectFieldStart("runToSeries");
      answer.write(json);
      json.writeEndObject();
    } else {
      json.writeStringField("error", mistake);
    }
    json.writeEndObject();
  }

  private void imageData(Context context) {
    String key = context.queryParam("imageId");
    if (key == null || key.isEmpty()) {
      throw RequestException.invalidArgument("Missing 'imageId' field");
    }
    blobs.answer(context, key);
  }
}

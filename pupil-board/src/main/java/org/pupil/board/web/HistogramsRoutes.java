package org.pupil.board.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import org.pupil.board.answers.Distribution;
import org.pupil.board.answers.HistogramBuckets;
import org.pupil.board.answers.Point;
import org.pupil.board.answers.PythonRepr;
import org.pupil.board.answers.Tags;
import org.pupil.board.log.EventLogs;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Router;

/** {@code /data/plugin/histograms} and {@code /data/plugin/distributions}, of the same data. */
final class HistogramsRoutes {
  private static final String HISTOGRAMS = "histograms";
  private static final String DISTRIBUTIONS = "distributions";

  private final EventLogs logs;
  private final SampleLimits samples;

  HistogramsRoutes(EventLogs logs, SampleLimits samples) {
    this.logs = logs;
    this.samples = samples;
  }

  void addTo(Router router) {
    for (String plugin : List.of(HISTOGRAMS, DISTRIBUTIONS)) {
      router.get(
          "/data/plugin/" + plugin + "/tags",
          context -> Json.answer(context, Tags.described(logs, HISTOGRAMS)));
    }
    router.get("/data/plugin/histograms/histograms", this::histograms);
    router.get("/data/plugin/distributions/distributions", this::distributions);
  }

  private void histograms(Context context) {
    answer(context, HISTOGRAMS, HistogramsRoutes::writeBuckets);
  }

  private void distributions(Context context) {
    answer(
        context,
        DISTRIBUTIONS,
        (json, buckets) -> writeDistribution(json, Distribution.of(buckets)));
  }

  private interface Writing {
    void write(JsonGenerator json, HistogramBuckets buckets) throws IOException;
  }

  private void answer(Context context, String plugin, Writing writing) {
    SeriesRequests.RunAndTag wanted = SeriesRequests.runAndTag(context);
    StoredSeries series =
        StoredSeries.of(logs, wanted.run(), HISTOGRAMS, wanted.tag(), samples.of(plugin))
            .orElseThrow(() -> noHistogram(wanted));
    List<Point<HistogramBuckets>> points = series.read(HistogramBuckets::of);
    series.count().tell(context);
    Json.stream(
        context,
        json -> {
          json.writeStartArray();
          for (Point<HistogramBuckets> point : points) {
            json.writeStartArray();
            json.writeNumber(point.wallTime());
            json.writeNumber(point.step());
            writing.write(json, point.value());
            json.writeEndArray();
          }
          json.writeEndArray();
        });
  }

  private static RequestException noHistogram(SeriesRequests.RunAndTag wanted) {
    return RequestException.notFound(
        "No histogram tag %s for run %s"
            .formatted(PythonRepr.of(wanted.tag()), PythonRepr.of(wanted.run())));
  }

  private static void writeBuckets(JsonGenerator json, HistogramBuckets buckets)
      throws IOException {
    json.writeStartArray();
    for (int i = 0; i < buckets.size(); i++) {
      json.writeStartArray();
      json.writeNumber(buckets.left(i));
      json.writeNumber(buckets.right(i));
      json.writeNumber(buckets.count(i));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void writeDistribution(JsonGenerator json, Distribution distribution)
      throws IOException {
    json.writeStartArray();
    for (int i = 0; i < distribution.size(); i++) {
      json.writeStartArray();
      json.writeNumber(distribution.share(i));
      json.writeNumber(distribution.value(i));
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}

package org.pupil.board.web;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.board.answers.BlobKey;
import org.pupil.board.answers.Images;
import org.pupil.board.answers.PythonRepr;
import org.pupil.board.answers.Tags;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.EventRecord;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Requests;
import org.pupil.web.Router;

/** {@code /data/plugin/images}. */
final class ImagesRoutes {
  private static final String PLUGIN = "images";

  private final EventLogs logs;
  private final SampleLimits samples;
  private final Blobs blobs;

  ImagesRoutes(EventLogs logs, SampleLimits samples) {
    this.logs = logs;
    this.samples = samples;
    this.blobs = new Blobs(logs);
  }

  void addTo(Router router) {
    router.get("/data/plugin/images/tags", context -> Json.answer(context, Tags.ofImages(logs)));
    router.get("/data/plugin/images/images", this::images);
    router.get("/data/plugin/images/individualImage", this::individualImage);
  }

  private void images(Context context) {
    String run = context.queryParam("run");
    String tag = context.queryParam("tag");
    int sample = Requests.optionalInt(context, "sample", 0);
    if (sample < 0) {
      throw RequestException.invalidArgument("sample must not be negative, was " + sample);
    }
    StoredSeries series =
        run == null || tag == null
            ? null
            : StoredSeries.of(logs, run, PLUGIN, tag, samples.of(PLUGIN)).orElse(null);
    if (run == null || tag == null || series == null) {
      throw RequestException.notFound(
          "No image data for run=%s, tag=%s".formatted(PythonRepr.of(run), PythonRepr.of(tag)));
    }
    List<Map<String, Object>> answer = new ArrayList<>();
    for (EventRecord record : series.records()) {
      if (record.samples() > sample) {
        BlobKey key = new BlobKey(run, tag, record.step(), Images.FIRST + sample);
        Map<String, Object> image = new LinkedHashMap<>();
        image.put("wall_time", record.wallTime());
        image.put("step", record.step());
        image.put("query", "blob_key=" + key.encode());
        answer.add(image);
      }
    }
    series.count().tell(context);
    Json.answer(context, answer);
  }

  private void individualImage(Context context) {
    String key = context.queryParam("blob_key");
    if (key == null) {
      throw RequestException.badRequest("Invalid run, tag, index, or sample");
    }
    blobs.answer(context, key);
  }
}

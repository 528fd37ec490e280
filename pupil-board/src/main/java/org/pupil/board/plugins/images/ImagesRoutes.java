package org.pupil.board.plugins.images;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.board.answers.PythonRepr;
import org.pupil.board.answers.Tags;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.EventRecord;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.StoredSeries;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Requests;
import org.pupil.web.Router;

/** {@code /data/plugin/images}. */
public final class ImagesRoutes implements PluginRoutes {
  private static final String NAME = "images";

  /** The plugin. */
  public static final Plugin PLUGIN =
      new Plugin(NAME, Listing.element(NAME, "tf-image-dashboard"), Plugin.ALL, ImagesRoutes::new);

  private final EventLogs logs;
  private final SampleLimits samples;
  private final Blobs blobs;

  private ImagesRoutes(BoardData data) {
    this.logs = data.logs();
    this.samples = data.samples();
    this.blobs = new Blobs(data.logs());
  }

  @Override
  public void addTo(Router router) {
    router.get("/data/plugin/images/tags", context -> Json.answer(context, tags(logs)));
    router.get("/data/plugin/images/images", this::images);
    router.get("/data/plugin/images/individualImage", this::individualImage);
  }

  /** As {@link Tags#described}, and the most images of a step as {@code samples}. */
  private static Map<String, Map<String, Map<String, Object>>> tags(EventLogs logs) {
    Map<String, Map<String, Map<String, Object>>> runs = Tags.described(logs, NAME);
    Tags.series(logs, NAME)
        .forEach(
            (run, ofRun) ->
                ofRun.forEach(
                    series -> {
                      Map<String, Object> tag = runs.getOrDefault(run, Map.of()).get(series.tag());
                      if (tag != null) {
                        tag.put("displayName", series.displayName()); // empty, as in TensorBoard
                        tag.put("samples", series.samples());
                      }
                    }));
    return runs;
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
            : StoredSeries.of(logs, run, NAME, tag, samples.of(NAME)).orElse(null);
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

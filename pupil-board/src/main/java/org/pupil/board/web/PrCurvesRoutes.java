package org.pupil.board.web;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.board.answers.Point;
import org.pupil.board.answers.PrCurve;
import org.pupil.board.answers.PythonRepr;
import org.pupil.board.answers.Tags;
import org.pupil.board.log.EventLogs;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Router;

/** {@code /data/plugin/pr_curves}. */
final class PrCurvesRoutes {
  private static final String PLUGIN = "pr_curves";

  private final EventLogs logs;
  private final SampleLimits samples;

  PrCurvesRoutes(EventLogs logs, SampleLimits samples) {
    this.logs = logs;
    this.samples = samples;
  }

  void addTo(Router router) {
    router.get(
        "/data/plugin/pr_curves/tags",
        context -> Json.answer(context, Tags.described(logs, PLUGIN)));
    router.get("/data/plugin/pr_curves/pr_curves", this::curves);
  }

  private void curves(Context context) {
    List<String> runs = context.queryParams("run");
    if (runs.isEmpty()) {
      throw RequestException.badRequest("No runs provided when fetching PR curve data");
    }
    String tag = context.queryParam("tag");
    if (tag == null || tag.isEmpty()) {
      throw RequestException.badRequest("No tag provided when fetching PR curve data");
    }
    Map<String, List<Map<String, Object>>> answer = new LinkedHashMap<>();
    PointCount count = new PointCount();
    for (String run : runs) {
      StoredSeries series =
          StoredSeries.of(logs, run, PLUGIN, tag, samples.of(PLUGIN))
              .orElseThrow(
                  () ->
                      RequestException.badRequest(
                          "No PR curves could be found for run %s and tag %s"
                              .formatted(PythonRepr.of(run), PythonRepr.of(tag))));
      if (!answer.containsKey(run)) {
        answer.put(run, series.read(PrCurve::of).stream().map(PrCurvesRoutes::curve).toList());
        count.add(series.records().size(), series.seen());
      }
    }
    count.tell(context);
    Json.answer(context, answer);
  }

  private static Map<String, Object> curve(Point<PrCurve> point) {
    PrCurve curve = point.value();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("wall_time", point.wallTime());
    answer.put("step", point.step());
    answer.put("precision", curve.precision());
    answer.put("recall", curve.recall());
    answer.put("true_positives", curve.truePositives());
    answer.put("false_positives", curve.falsePositives());
    answer.put("true_negatives", curve.trueNegatives());
    answer.put("false_negatives", curve.falseNegatives());
    answer.put("thresholds", curve.thresholds());
    return answer;
  }
}

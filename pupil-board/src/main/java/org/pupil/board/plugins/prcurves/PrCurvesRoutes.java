package org.pupil.board.plugins.prcurves;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pupil.board.answers.Point;
import org.pupil.board.answers.PythonRepr;
import org.pupil.board.answers.Tags;
import org.pupil.board.log.EventLogs;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.board.web.PointCount;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.StoredSeries;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Router;

/** {@code /data/plugin/pr_curves}. */
public final class PrCurvesRoutes implements PluginRoutes {
  private static final String NAME = "pr_curves";

  /** The plugin. */
  public static final Plugin PLUGIN =
      new Plugin(
          NAME,
          new Listing(
              "PR Curves", false, new Listing.Element("tf-pr-curve-dashboard"), Set.of(NAME)),
          100,
          PrCurvesRoutes::new);

  private final EventLogs logs;
  private final SampleLimits samples;

  private PrCurvesRoutes(BoardData data) {
    this.logs = data.logs();
    this.samples = data.samples();
  }

  @Override
  public void addTo(Router router) {
    router.get(
        "/data/plugin/pr_curves/tags", context -> Json.answer(context, Tags.described(logs, NAME)));
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
          StoredSeries.of(logs, run, NAME, tag, samples.of(NAME))
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

package org.pupil.board.plugins.text;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.board.answers.Point;
import org.pupil.board.answers.Tags;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.SeriesInfo;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.SeriesRequests;
import org.pupil.board.web.StoredSeries;
import org.pupil.web.Json;
import org.pupil.web.Router;

/** {@code /data/plugin/text}. */
public final class TextRoutes implements PluginRoutes {
  private static final String NAME = "text";

  /** The plugin. */
  public static final Plugin PLUGIN =
      new Plugin(NAME, Listing.element(NAME, "tf-text-dashboard"), 100, TextRoutes::new);

  private final EventLogs logs;
  private final SampleLimits samples;

  private TextRoutes(BoardData data) {
    this.logs = data.logs();
    this.samples = data.samples();
  }

  @Override
  public void addTo(Router router) {
    router.get("/data/plugin/text/tags", context -> Json.answer(context, tags()));
    router.get("/data/plugin/text/text", this::text);
  }

  private Map<String, List<String>> tags() {
    Map<String, List<String>> tags = new LinkedHashMap<>();
    Tags.series(logs, NAME)
        .forEach((run, series) -> tags.put(run, series.stream().map(SeriesInfo::tag).toList()));
    return tags;
  }

  private void text(Context context) {
    SeriesRequests.RunAndTag wanted = SeriesRequests.runAndTag(context);
    boolean markdown = !"false".equals(context.queryParam("markdown"));
    StoredSeries series =
        StoredSeries.of(logs, wanted.run(), NAME, wanted.tag(), samples.of(NAME))
            .orElse(new StoredSeries(List.of(), 0));
    List<Map<String, Object>> answer = new ArrayList<>();
    for (Point<String> point : series.read(value -> Texts.html(value, markdown))) {
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("wall_time", point.wallTime());
      text.put("step", point.step());
      text.put("text", point.value());
      answer.add(text);
    }
    series.count().tell(context);
    Json.answer(context, answer);
  }
}

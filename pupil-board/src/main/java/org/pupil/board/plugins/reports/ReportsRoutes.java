package org.pupil.board.plugins.reports;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Requests;
import org.pupil.web.Router;

/** {@code /data/plugin/pupil/reports} and {@code report}: pages of results beside event files. */
public final class ReportsRoutes implements PluginRoutes {
  private static final String NAME = "reports";

  /** The plugin. */
  public static final Plugin PLUGIN = new Plugin(NAME, ReportsRoutes::new);

  /**
   * A report comes from a log folder, and so perhaps from a stranger: whatever it holds, it runs no
   * script, asks for nothing, and belongs to no address, this board's least of all.
   */
  private static final String POLICY =
      "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'self'";

  private static final double MILLIS_PER_SECOND = 1000;

  private final Reports reports;

  private ReportsRoutes(BoardData data) {
    this.reports = new Reports(data.logs());
  }

  @Override
  public boolean hasOwnData() {
    return !reports.all().isEmpty();
  }

  @Override
  public void addTo(Router router) {
    router.get(
        "/data/plugin/pupil/reports",
        context ->
            Json.answer(context, reports.all().stream().map(ReportsRoutes::answer).toList()));
    router.get("/data/plugin/pupil/report", this::report);
  }

  private static Map<String, Object> answer(Reports.Report report) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("run", report.page().run());
    answer.put("name", report.page().name());
    answer.put("title", report.title());
    answer.put("written", report.page().modified().toMillis() / MILLIS_PER_SECOND);
    return answer;
  }

  private void report(Context context) {
    String run = Requests.parameter(context, "run");
    String name = Requests.parameter(context, "name");
    String html =
        reports
            .html(run, name)
            .orElseThrow(() -> RequestException.notFound("there is no such report (any more)"));
    context.header("Content-Security-Policy", POLICY);
    context.contentType("text/html; charset=utf-8").result(html);
  }
}

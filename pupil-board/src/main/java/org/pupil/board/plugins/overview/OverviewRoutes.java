package org.pupil.board.plugins.overview;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import org.pupil.board.log.EventLogs;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Router;

/** {@code /data/plugin/pupil/sessions} and {@code overview}: how is it going? */
public final class OverviewRoutes implements PluginRoutes {
  /** The plugin. */
  public static final Plugin PLUGIN = new Plugin("overview", OverviewRoutes::new);

  private static final double MILLIS_PER_SECOND = 1000;

  private final EventLogs logs;
  private final Clock clock;

  private OverviewRoutes(BoardData data) {
    this.logs = data.logs();
    this.clock = data.clock();
  }

  @Override
  public void addTo(Router router) {
    router.get(
        "/data/plugin/pupil/sessions",
        context -> Json.answer(context, Session.all(logs).stream().map(Session::name).toList()));
    router.get("/data/plugin/pupil/overview", this::overview);
  }

  private void overview(Context context) {
    List<Session> sessions = Session.all(logs);
    String name = context.queryParam("session");
    Session session =
        sessions.stream()
            .filter(one -> name == null || one.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    RequestException.notFound(
                        name == null
                            ? "no training run"
                            : "there is no training run '" + name + "'"));
    Json.answer(context, Overview.of(session, clock.millis() / MILLIS_PER_SECOND));
  }
}

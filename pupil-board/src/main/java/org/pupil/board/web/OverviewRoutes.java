package org.pupil.board.web;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import org.pupil.board.answers.Overview;
import org.pupil.board.answers.Session;
import org.pupil.board.log.EventLogs;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Router;

/** {@code /data/plugin/pupil/sessions} and {@code overview}: how is it going? */
final class OverviewRoutes {
  private static final double MILLIS_PER_SECOND = 1000;

  private final EventLogs logs;
  private final Clock clock;

  OverviewRoutes(EventLogs logs, Clock clock) {
    this.logs = logs;
    this.clock = clock;
  }

  void addTo(Router router) {
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
                        name == null ? "no teaching" : "there is no teaching '" + name + "'"));
    Json.answer(context, Overview.of(session, clock.millis() / MILLIS_PER_SECOND));
  }
}

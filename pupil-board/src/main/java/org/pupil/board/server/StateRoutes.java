package org.pupil.board.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.web.ChangeStream;
import org.pupil.web.Json;
import org.pupil.web.Router;

/** What the frame of the page asks: which runs and plugins there are, and when there is news. */
final class StateRoutes {
  private final EventLogs logs;
  private final OpenPlugins plugins;
  private final ChangeStream changes;

  StateRoutes(EventLogs logs, OpenPlugins plugins) {
    this.logs = logs;
    this.plugins = plugins;
    this.changes = new ChangeStream(logs::version);
  }

  void addTo(Router router) {
    router.events("/data/plugin/pupil/changes", changes::add);
    router.get("/data/plugin/pupil/state", context -> Json.answer(context, state()));
  }

  private Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("version", logs.version());
    state.put("loaded", logs.hasLoaded());
    state.put("troubles", logs.troubles());
    state.put("notes", logs.notes());
    state.put("plugins", plugins.withData());
    state.put("runs", logs.runs().stream().map(StateRoutes::run).toList());
    return state;
  }

  private static Map<String, Object> run(Run run) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", run.name());
    answer.put("version", run.version());
    answer.put("started", run.firstWallTime().orElse(0));
    answer.put("curves", run.hasCurves());
    return answer;
  }
}

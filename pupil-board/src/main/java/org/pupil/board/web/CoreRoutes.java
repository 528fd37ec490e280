package org.pupil.board.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;

/** The routes that belong to no plugin. */
final class CoreRoutes {
  private final EventLogs logs;
  private final SiteSettings site;

  CoreRoutes(EventLogs logs, SiteSettings site) {
    this.logs = logs;
    this.site = site;
  }

  void addTo(Router router) {
    router.get("/data/environment", context -> Json.answer(context, environment()));
    router.get("/data/logdir", context -> Json.answer(context, Map.of("logdir", location())));
    router.get(
        "/data/window_properties",
        context -> Json.answer(context, Map.of("window_title", site.windowTitle())));
    router.get(
        "/data/runs",
        context -> Json.answer(context, logs.runs().stream().map(Run::name).toList()));
    router.get("/data/experiments", context -> Json.answer(context, List.of()));
    router.get("/data/experiment_runs", context -> Json.answer(context, List.of()));
  }

  private Map<String, Object> environment() {
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("version", site.version());
    environment.put("data_location", location());
    environment.put("window_title", site.windowTitle());
    environment.put("experiment_name", "");
    environment.put("experiment_description", "");
    environment.put("creation_time", 0);
    return environment;
  }

  private String location() {
    return logs.roots().stream()
        .map(
            root ->
                root.name().isEmpty()
                    ? root.folder().toString()
                    : root.name() + ":" + root.folder())
        .collect(Collectors.joining(","));
  }
}

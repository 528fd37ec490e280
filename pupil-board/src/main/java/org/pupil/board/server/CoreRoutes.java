package org.pupil.board.server;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.board.web.Listing;
import org.pupil.board.web.SiteSettings;
import org.pupil.web.Json;
import org.pupil.web.RequestException;
import org.pupil.web.Router;

/** The routes that belong to no plugin. */
final class CoreRoutes {
  /** Addresses that TensorBoard's pages once had. */
  private static final List<String> OLD_PAGES =
      List.of("/events", "/images", "/graphs", "/histograms", "/audio");

  private final EventLogs logs;
  private final OpenPlugins plugins;
  private final SiteSettings site;

  CoreRoutes(EventLogs logs, OpenPlugins plugins, SiteSettings site) {
    this.logs = logs;
    this.plugins = plugins;
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
    router.get("/data/plugins_listing", this::pluginsListing);
    router.get("/data/plugin_entry.html", this::pluginEntry);
    router.get(
        "/data/notifications",
        context -> context.redirect("../notifications_note.json", HttpStatus.FOUND));
    router.get(
        "/notifications_note.json",
        context -> Json.answer(context, Map.of("notifications", List.of())));
    for (String old : OLD_PAGES) {
      router.get(old, context -> context.redirect(site.pathPrefix() + "/", HttpStatus.FOUND));
    }
  }

  private void pluginsListing(Context context) {
    String path = context.path();
    String root = path.substring(0, path.lastIndexOf("/data/"));
    Json.answer(context, plugins.listing(root));
  }

  /** The page of a plugin that TensorBoard shows in a frame. */
  private void pluginEntry(Context context) {
    String name = context.queryParam("name");
    Optional<Listing> listing = name == null ? Optional.empty() : plugins.listed(name);
    if (listing.isEmpty()) {
      throw name == null ? RequestException.notFound() : RequestException.notFound(name);
    }
    if (!(listing.get().loading() instanceof Listing.Frame)) {
      throw RequestException.badRequest("Plugin is not module loadable");
    }
    context
        .contentType("text/html; charset=utf-8")
        .result(
            """
            <!DOCTYPE html>
            <body><script type="module" src="plugin/%s/index.js"></script></body>
            """
                .formatted(name));
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

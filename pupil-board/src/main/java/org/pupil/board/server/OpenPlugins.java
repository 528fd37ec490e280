package org.pupil.board.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pupil.board.log.EventLogs;
import org.pupil.board.web.BoardData;
import org.pupil.board.web.Listing;
import org.pupil.board.web.Plugin;
import org.pupil.board.web.PluginRoutes;
import org.pupil.web.Router;

/** The plugins of a board with their routes, in the order of their tabs. */
final class OpenPlugins {
  private final EventLogs logs;
  private final Map<Plugin, PluginRoutes> plugins = new LinkedHashMap<>();

  OpenPlugins(List<Plugin> plugins, BoardData data) {
    this.logs = data.logs();
    plugins.forEach(plugin -> this.plugins.put(plugin, plugin.routes().apply(data)));
  }

  void addTo(Router router) {
    plugins.values().forEach(routes -> routes.addTo(router));
  }

  /** The names under which there is data, sorted, also of plugins that are not served. */
  Set<String> withData() {
    Set<String> names = new TreeSet<>();
    logs.runs().forEach(run -> names.addAll(run.plugins()));
    plugins.forEach(
        (plugin, routes) -> {
          if (routes.hasOwnData()) {
            names.add(plugin.name());
          }
        });
    return names;
  }

  /**
   * By name how a plugin is shown, and whether there is data for it.
   *
   * @param root what the paths of all routes begin with, may be empty
   */
  Map<String, Object> listing(String root) {
    Set<String> withData = withData();
    Map<String, Object> answer = new LinkedHashMap<>();
    for (Plugin plugin : plugins.keySet()) {
      plugin
          .listing()
          .ifPresent(
              listing ->
                  answer.put(
                      plugin.name(),
                      listing.answer(
                          plugin.name(),
                          listing.dataFrom().stream().anyMatch(withData::contains),
                          root)));
    }
    return answer;
  }

  /** How a plugin is listed; empty if none of that name is. */
  Optional<Listing> listed(String name) {
    return plugins.keySet().stream()
        .filter(plugin -> plugin.name().equals(name))
        .findFirst()
        .flatMap(Plugin::listing);
  }
}

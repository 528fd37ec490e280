package org.pupil.board.answers;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The plugins that are served, in the order of TensorBoard's tabs. */
public final class PluginListing {
  private static final String PROJECTOR = "projector";

  /**
   * One of them.
   *
   * @param element how TensorBoard's own page loads it, which its clients may look at: the name of
   *     an element, or empty for others
   * @param dataFrom the plugins whose data it shows
   */
  private record Plugin(
      String name, String tabName, boolean disableReload, String element, Set<String> dataFrom) {}

  private static final List<Plugin> PLUGINS =
      List.of(
          new Plugin(
              "timeseries", "Time Series", false, "", Set.of("scalars", "histograms", "images")),
          simple("scalars", "tf-scalar-dashboard"),
          simple("images", "tf-image-dashboard"),
          new Plugin(
              "graphs",
              "graphs",
              true,
              "tf-graph-dashboard",
              Set.of(
                  "graphs",
                  "graph_run_metadata",
                  "graph_run_metadata_graph",
                  "graph_keras_model",
                  "graph_tagged_run_metadata")),
          new Plugin(
              "distributions",
              "distributions",
              false,
              "tf-distribution-dashboard",
              Set.of("histograms")),
          simple("histograms", "tf-histogram-dashboard"),
          simple("text", "tf-text-dashboard"),
          new Plugin("pr_curves", "PR Curves", false, "tf-pr-curve-dashboard", Set.of("pr_curves")),
          simple("hparams", "tf-hparams-dashboard"),
          new Plugin(PROJECTOR, PROJECTOR, true, "", Set.of(PROJECTOR)));

  private PluginListing() {}

  private static Plugin simple(String name, String element) {
    return new Plugin(name, name, false, element, Set.of(name));
  }

  /**
   * By name how a plugin is shown, and whether there is data for it.
   *
   * @param hasData whether the logs have values of that plugin
   * @param root what the paths of all routes begin with, may be empty
   */
  public static Map<String, Object> of(Predicate<String> hasData, String root) {
    Map<String, Object> listing = new LinkedHashMap<>();
    for (Plugin plugin : PLUGINS) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("disable_reload", plugin.disableReload);
      one.put("enabled", plugin.dataFrom.stream().anyMatch(hasData));
      one.put("remove_dom", false);
      one.put("tab_name", plugin.tabName);
      one.put("loading_mechanism", loadingMechanism(plugin, root));
      listing.put(plugin.name, one);
    }
    return listing;
  }

  private static Map<String, String> loadingMechanism(Plugin plugin, String root) {
    Map<String, String> mechanism = new LinkedHashMap<>();
    if (plugin.name.equals(PROJECTOR)) {
      mechanism.put("type", "IFRAME");
      mechanism.put("module_path", root + "/data/plugin/projector/index.js");
    } else if (plugin.element.isEmpty()) {
      mechanism.put("type", "NG_COMPONENT");
    } else {
      mechanism.put("type", "CUSTOM_ELEMENT");
      mechanism.put("element_name", plugin.element);
    }
    return mechanism;
  }

  /**
   * Whether a plugin of that name has its own page in a frame; empty if there is no such plugin.
   */
  public static Optional<Boolean> isFramed(String name) {
    return PLUGINS.stream()
        .filter(plugin -> plugin.name.equals(name))
        .findFirst()
        .map(plugin -> plugin.name.equals(PROJECTOR));
  }

  /** The names of all. */
  static Collection<String> names() {
    return PLUGINS.stream().map(Plugin::name).toList();
  }
}

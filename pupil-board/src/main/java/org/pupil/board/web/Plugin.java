package org.pupil.board.web;

import java.util.Optional;
import java.util.function.Function;

/**
 * A plugin: everything that the board asks about one kind of data. Its package has the rest.
 *
 * <p>The page shows it by the module {@code tab.js} of the folder {@code plugins/NAME} among the
 * resources, with {@code tab.css} if there is one.
 *
 * @param name as in {@code /data/plugin/NAME} and in {@code --samples_per_plugin}
 * @param listing how {@code /data/plugins_listing} lists it; empty if only Pupil's page knows it
 * @param samples how many points of one series a route gives at most unless the person says
 *     otherwise; {@link #ALL} for all
 * @param routes makes its routes for the logs of a board
 */
public record Plugin(
    String name, Optional<Listing> listing, int samples, Function<BoardData, PluginRoutes> routes) {
  /** No limit of samples. */
  public static final int ALL = 0;

  public Plugin {
    if (!name.matches("[a-z_]+")) {
      throw new IllegalArgumentException("the name of a plugin stands in addresses, was " + name);
    }
    if (samples < 0) {
      throw new IllegalArgumentException("samples must not be negative, was " + samples);
    }
  }

  /** A plugin that TensorBoard has too. */
  public Plugin(
      String name, Listing listing, int samples, Function<BoardData, PluginRoutes> routes) {
    this(name, Optional.of(listing), samples, routes);
  }

  /** A plugin that TensorBoard does not have. */
  public Plugin(String name, Function<BoardData, PluginRoutes> routes) {
    this(name, Optional.empty(), ALL, routes);
  }

  /** The name of its package, and of the folder with its part of the page. */
  public String folder() {
    return name.replace("_", "");
  }
}

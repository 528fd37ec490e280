package org.pupil.board.web;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many points of one series a route gives at most: {@code --samples_per_plugin}. 0 is all.
 *
 * @param given by plugin, such as scalars to 1000; the others have what {@link Plugin#samples()}
 *     says
 */
public record SampleLimits(Map<String, Integer> given) {
  public SampleLimits {
    given = Map.copyOf(given);
    given.forEach(
        (plugin, most) -> {
          if (most < 0) {
            throw new IllegalArgumentException(
                "samples_per_plugin must not be negative, was " + plugin + "=" + most);
          }
        });
  }

  /** These limits, and those of the plugins for which nothing is given. */
  public SampleLimits orOf(List<Plugin> plugins) {
    Map<String, Integer> limits = new HashMap<>();
    plugins.forEach(plugin -> limits.put(plugin.name(), plugin.samples()));
    limits.putAll(given);
    return new SampleLimits(limits);
  }

  /** The most points of a plugin's series, {@link Integer#MAX_VALUE} for all. */
  public int of(String plugin) {
    int most = given.getOrDefault(plugin, Plugin.ALL);
    return most == Plugin.ALL ? Integer.MAX_VALUE : most;
  }
}

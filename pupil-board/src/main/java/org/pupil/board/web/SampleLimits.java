package org.pupil.board.web;

import java.util.Map;

/**
 * How many points of one series a route gives at most: {@code --samples_per_plugin}. 0 is all.
 *
 * @param given by plugin, such as scalars to 1000; the others have their defaults
 */
public record SampleLimits(Map<String, Integer> given) {
  /** Everything, but of histograms and texts what a page can use. */
  private static final Map<String, Integer> DEFAULTS =
      Map.of("histograms", 51, "distributions", 501, "text", 100, "pr_curves", 100);

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

  /** The most points of a plugin's series, {@link Integer#MAX_VALUE} for all. */
  public int of(String plugin) {
    int most = given.getOrDefault(plugin, DEFAULTS.getOrDefault(plugin, 0));
    return most == 0 ? Integer.MAX_VALUE : most;
  }
}

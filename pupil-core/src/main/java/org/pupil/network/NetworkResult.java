package org.pupil.network;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one run of a network gave: numbers for each of its outputs. */
public final class NetworkResult {
  private final Map<String, List<Integer>> shapes = new LinkedHashMap<>();
  private final Map<String, float[]> values = new HashMap<>();

  /**
   * Adds an output.
   *
   * @param shape the lengths of all axes; the first counts images
   * @param values row-major; they belong to the result from now on
   * @return this
   * @throws IllegalArgumentException if the output is there already, or the shape has another
   *     number of values
   */
  public NetworkResult with(String output, List<Integer> shape, float[] values) {
    long size = 1;
    for (int length : shape) {
      size *= length;
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          output + " has " + values.length + " values, which " + shape + " has not");
    }
    if (shapes.putIfAbsent(output, List.copyOf(shape)) != null) {
      throw new IllegalArgumentException("there are two outputs " + output);
    }
    this.values.put(output, values);
    return this;
  }

  /** Names of the outputs. */
  public Set<String> outputs() {
    return Set.copyOf(shapes.keySet());
  }

  /**
   * The numbers of an output, row-major: [images, d] or [images, h, w, c]. Not a copy: the result
   * is made anew by each run, and is its receiver's.
   *
   * @throws IllegalArgumentException if the network was not asked for such an output
   */
  public float[] values(String output) {
    return checked(output, values.get(output));
  }

  /**
   * The lengths of an output's axes; the first counts images.
   *
   * @throws IllegalArgumentException if the network was not asked for such an output
   */
  public List<Integer> shape(String output) {
    return checked(output, shapes.get(output));
  }

  private <T> T checked(String output, @Nullable T found) {
    if (found == null) {
      throw new IllegalArgumentException("no output " + output + " among " + shapes.keySet());
    }
    return found;
  }
}

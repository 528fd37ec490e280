package org.pupil.network;

import java.util.List;
import java.util.Optional;
import org.pupil.images.InputSpec;

/** Whether a node of a TensorFlow graph takes the images that an engine feeds it. */
public final class FedNode {
  private static final List<String> AXES = List.of("images", "rows", "columns", "channels");
  private static final long CHANNELS = 3;

  private FedNode() {}

  /**
   * Why images cannot be fed to a node.
   *
   * @param node its name
   * @param shape what it takes: a length for each axis, -1 where it may be any
   * @param fed the images, [1, height, width, 3]
   * @return a sentence without its end, for people; empty if they can be fed
   */
  public static Optional<String> trouble(String node, List<Long> shape, InputSpec fed) {
    List<Long> image = List.of(1L, (long) fed.height(), (long) fed.width(), CHANNELS);
    if (shape.size() != image.size()) {
      return Optional.of(
          node + " takes values of " + shape.size() + " axes, not [n, height, width, 3]");
    }
    for (int axis = 0; axis < image.size(); axis++) {
      long length = shape.get(axis);
      if (length >= 0 && length != image.get(axis)) {
        return Optional.of(
            "%s takes %d %s, not %d".formatted(node, length, AXES.get(axis), image.get(axis)));
      }
    }
    return Optional.empty();
  }
}

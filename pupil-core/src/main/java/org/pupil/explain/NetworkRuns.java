package org.pupil.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pupil.background.Background;
import org.pupil.network.Network;
import org.pupil.network.NetworkResult;

/**
 * What a network gave for a few images that were shared out to several threads.
 *
 * @param results of each thread, in the order of the images
 * @param inFirst how many images the first of them has
 */
record NetworkRuns(List<NetworkResult> results, int inFirst) {
  /**
   * Runs the network, in this thread and in others.
   *
   * @param threads at most, at least 1
   */
  static NetworkRuns of(Network network, PhotoVariants.Images images, int threads) {
    int floats = network.input().floats();
    int parts = Math.min(threads, images.count());
    List<Background<NetworkResult>> others = new ArrayList<>();
    for (int part = 1; part < parts; part++) {
      int from = start(part, parts, images.count());
      int to = start(part + 1, parts, images.count());
      others.add(
          Background.begin(
              "changed-photos-" + part,
              () ->
                  network.run(
                      Arrays.copyOfRange(images.pixels(), from * floats, to * floats), to - from)));
    }
    int first = start(1, parts, images.count());
    List<NetworkResult> results = new ArrayList<>();
    results.add(network.run(images.pixels(), first));
    others.forEach(other -> results.add(other.await()));
    return new NetworkRuns(results, first);
  }

  private static int start(int part, int parts, int images) {
    return part * images / parts;
  }

  /** What it gave for the photo itself, and for {@link #inFirst} images in all. */
  NetworkResult first() {
    return results.get(0);
  }

  /** The numbers of an output for all images, in their order. */
  float[] all(String output) {
    List<float[]> values = results.stream().map(result -> result.values(output)).toList();
    float[] all = new float[values.stream().mapToInt(some -> some.length).sum()];
    int at = 0;
    for (float[] some : values) {
      System.arraycopy(some, 0, all, at, some.length);
      at += some.length;
    }
    return all;
  }
}

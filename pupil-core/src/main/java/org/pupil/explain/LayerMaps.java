package org.pupil.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What one layer of a network gave for one image: a map of numbers for each of its channels. */
final class LayerMaps {
  /** Channels whose maps correlate more than this show the same thing. */
  private static final double ALIKE = 0.75;

  private final int height;
  private final int width;
  private final float[][] channels;

  private LayerMaps(int height, int width, float[][] channels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /**
   * Takes a layer's numbers apart.
   *
   * @param shape [1, h, w, c], or [1, c, h, w] if {@code isChannelsFirst}
   * @param values in that order
   */
  static LayerMaps of(List<Integer> shape, float[] values, boolean isChannelsFirst) {
    int count = shape.get(isChannelsFirst ? 1 : 3);
    int height = shape.get(isChannelsFirst ? 2 : 1);
    int width = shape.get(isChannelsFirst ? 3 : 2);
    int positions = height * width;
    float[][] channels = new float[count][positions];
    for (int channel = 0; channel < count; channel++) {
      for (int position = 0; position < positions; position++) {
        float value =
            values[isChannelsFirst ? channel * positions + position : position * count + channel];
        channels[channel][position] = Math.max(0, value);
      }
    }
    return new LayerMaps(height, width, channels);
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int count() {
    return channels.length;
  }

  /** The map of a channel, [height, width] row-major, without what is below 0; not a copy. */
  float[] channel(int channel) {
    return channels[channel];
  }

  /** The least number of a channel's map. */
  float least(int channel) {
    float least = Float.MAX_VALUE;
    for (float value : channels[channel]) {
      least = Math.min(least, value);
    }
    return least;
  }

  /** The greatest number of a channel's map. */
  float most(int channel) {
    float most = 0;
    for (float value : channels[channel]) {
      most = Math.max(most, value);
    }
    return most;
  }

  /**
   * The channels that tell most about where things are on the image: those that differ most from
   * place to place, first those that show something else than the ones before them.
   *
   * @param most how many at most
   * @return fewer if the others are the same number everywhere; at least one
   */
  int[] strongest(int most) {
    double[] spreads = Arrays.stream(channels).mapToDouble(LayerMaps::spread).toArray();
    List<Integer> order =
        IntStream.range(0, channels.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer channel) -> spreads[channel]).reversed())
            .toList();
    List<Integer> chosen = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    for (int channel : order) {
      if (chosen.size() == most || (spreads[channel] == 0 && !chosen.isEmpty())) {
        break;
      }
      boolean isNew =
          chosen.stream().noneMatch(other -> correlation(channel, other, spreads) > ALIKE);
      (isNew ? chosen : left).add(channel);
    }
    left.stream().limit(most - (long) chosen.size()).forEach(chosen::add);
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  private double correlation(int a, int b, double[] spreads) {
    double meanA = mean(channels[a]);
    double meanB = mean(channels[b]);
    double sum = 0;
    for (int i = 0; i < channels[a].length; i++) {
      sum += (channels[a][i] - meanA) * (channels[b][i] - meanB);
    }
    double product = spreads[a] * spreads[b];
    return product > 0 ? sum / channels[a].length / product : 1;
  }

  private static double mean(float[] map) {
    double sum = 0;
    for (float value : map) {
      sum += value;
    }
    return sum / map.length;
  }

  /** The standard deviation. */
  private static double spread(float[] map) {
    double mean = mean(map);
    double sum = 0;
    for (float value : map) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / map.length);
  }

  /** How alike two images' maps of one layer are, place by place: their cosine, 0 to 1. */
  double similarity(LayerMaps other) {
    Cosine cosine = new Cosine();
    for (int channel = 0; channel < channels.length; channel++) {
      for (int i = 0; i < channels[channel].length; i++) {
        cosine.add(channels[channel][i], other.channels[channel][i]);
      }
    }
    return cosine.value();
  }

  /**
   * How alike they are wherever things are on the images: the cosine of the maps' means, 0 to 1.
   */
  double similarityOfMeans(LayerMaps other) {
    Cosine cosine = new Cosine();
    for (int channel = 0; channel < channels.length; channel++) {
      cosine.add(mean(channels[channel]), mean(other.channels[channel]));
    }
    return cosine.value();
  }

  /** The cosine of two rows of numbers of 0 or more; of two rows of zeros it is 1. */
  private static final class Cosine {
    private double product;
    private double own;
    private double others;

    void add(double a, double b) {
      product += a * b;
      own += a * a;
      others += b * b;
    }

    double value() {
      if (own == 0 || others == 0) {
        return own == others ? 1 : 0;
      }
      return Math.min(1, product / Math.sqrt(own * others));
    }
  }
}

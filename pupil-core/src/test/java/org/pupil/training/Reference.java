package org.pupil.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.IntStream;
import org.pupil.chance.Chance;
import org.pupil.dataset.Labels;

/** Tables that the scripts in src/test/reference have made, and data for tests. */
final class Reference {
  private Reference() {}

  static JsonNode read(String name) throws IOException {
    try (InputStream in = Reference.class.getResourceAsStream(name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in, name));
    }
  }

  static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
  }

  static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.get(i).asDouble();
    }
    return floats;
  }

  static float[][] rows(JsonNode array) {
    return IntStream.range(0, array.size())
        .mapToObj(i -> floats(array.get(i)))
        .toArray(float[][]::new);
  }

  static TrainingData data(JsonNode node) {
    float[][] rows = rows(node.get("rows"));
    int[] labels = ints(node.get("labels"));
    int k = IntStream.of(labels).max().orElseThrow() + 1;
    return new TrainingData(labels(k), rows[0].length, rows, labels);
  }

  static Labels labels(int k) {
    return new Labels(IntStream.range(0, k).mapToObj(label -> "label" + label).toList());
  }

  /**
   * Made-up photos: label c has {@code counts[c]} of them, mixed up, around a center of its own. No
   * two labels and no two floats are alike.
   */
  static TrainingData made(long seed, int d, double apart, int... counts) {
    Chance chance = new Chance(seed, Chance.Purpose.TEST_BATCH);
    int n = IntStream.of(counts).sum();
    float[][] centers = new float[counts.length][d];
    for (float[] center : centers) {
      for (int j = 0; j < d; j++) {
        center[j] = (float) (2 + apart * chance.truncatedNormal());
      }
    }
    int[] left = counts.clone();
    int[] labels = new int[n];
    float[][] rows = new float[n][d];
    for (int i = 0; i < n; i++) {
      int at = chance.below(n - i);
      int label = 0;
      while (at >= left[label]) {
        at -= left[label++];
      }
      left[label]--;
      labels[i] = label;
      for (int j = 0; j < d; j++) {
        double spread = 0.5 + (j % 3);
        rows[i][j] = (float) (centers[label][j] + spread * chance.truncatedNormal());
      }
    }
    return new TrainingData(labels(counts.length), d, rows, labels);
  }

  static TrainingData none(TrainingData like) {
    return like.only(new int[0]);
  }
}

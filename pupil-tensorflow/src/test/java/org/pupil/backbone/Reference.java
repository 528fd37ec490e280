package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.pupil.network.NetworkGraph;

/** Compares a backbone with the features and scores that another implementation wrote down. */
final class Reference {
  private static final double RELATIVE = 1e-4;

  private Reference() {}

  /**
   * Runs the photos as one batch.
   *
   * @param rows one for each photo: {@code features_sum}, the first features, and the best scores
   *     as pairs of index and logit where the backbone has scores
   * @return the indices of each photo's scores, best first; empty lists where there are none
   */
  static List<List<Integer>> check(
      Backbone backbone, List<JsonNode> rows, List<Path> photos, String first, String best) {
    List<Backbone.Output> wanted = new ArrayList<>(List.of(Backbone.Output.FEATURES));
    if (backbone.has(Backbone.Output.IMAGENET_SCORES)) {
      wanted.add(Backbone.Output.IMAGENET_SCORES);
    }
    NetworkGraph.OfTensorFlow network =
        (NetworkGraph.OfTensorFlow) backbone.network(wanted.toArray(Backbone.Output[]::new));
    List<float[]> outputs =
        Run.graph(
            network.graph(),
            backbone.inputLayer(),
            Pixels.of(photos, backbone.input()),
            List.copyOf(network.outputs().values()));
    List<List<Integer>> orders = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      checkFeatures(row(outputs.get(0), i, rows.size()), rows.get(i), first);
      orders.add(
          outputs.size() == 1
              ? List.of()
              : checkScores(row(outputs.get(1), i, rows.size()), rows.get(i), best));
    }
    assertThat(outputs.get(0)).hasSize(rows.size() * backbone.bottleneckSize());
    return orders;
  }

  private static float[] row(float[] matrix, int row, int rows) {
    int width = matrix.length / rows;
    return Arrays.copyOfRange(matrix, row * width, (row + 1) * width);
  }

  private static void checkFeatures(float[] features, JsonNode row, String first) {
    double total = 0;
    for (float feature : features) {
      total += feature;
    }
    double expected = row.get("features_sum").asDouble();
    assertThat(total).as("%s", row).isCloseTo(expected, within(RELATIVE * expected));
    for (int i = 0; i < row.get(first).size(); i++) {
      assertThat(features[i])
          .as("%s", row)
          .isCloseTo((float) row.get(first).get(i).asDouble(), within(0.001f));
    }
  }

  private static List<Integer> checkScores(float[] scores, JsonNode row, String best) {
    List<Integer> order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> Float.compare(scores[b], scores[a]))
            .toList();
    for (int rank = 0; rank < row.get(best).size(); rank++) {
      JsonNode score = row.get(best).get(rank);
      assertThat(order.get(rank)).as("%s", row).isEqualTo(score.get(0).asInt());
      assertThat(scores[score.get(0).asInt()])
          .as("%s", row)
          .isCloseTo((float) score.get(1).asDouble(), within(0.002f));
    }
    return order;
  }
}

package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.background.Workers;
import org.pupil.chance.Chance;

class SoftmaxObjectiveTest {
  private static SoftmaxObjective objective(TrainingData photos, int parts, Workers workers) {
    float[] mean = BottleneckMoments.of(photos).mean();
    List<FeatureBlock> blocks = FeatureBlock.of(photos, Folds.of(photos, 0), mean);
    Contrast contrast = new Contrast(photos.labels().size());
    return new SoftmaxObjective(blocks, parts, 1, contrast, mean, 0.7, workers);
  }

  private static double[] random(int size, double scale, long seed) {
    Chance chance = new Chance(seed, Chance.Purpose.WEIGHTS);
    double[] point = new double[size];
    for (int i = 0; i < size; i++) {
      point[i] = scale * chance.truncatedNormal();
    }
    return point;
  }

  private static double[] moved(double[] point, double length, double[] direction) {
    double[] moved = point.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += length * direction[i];
    }
    return moved;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 4"})
  void theGradientAndTheCurvatureAreSlopes(int seed, int parts) {
    TrainingData photos =
        seed == 2 ? Reference.made(seed, 9, 0.5, 8, 30) : Reference.made(seed, 9, 0.5, 8, 30, 4);
    try (Workers workers = new Workers("test", 2)) {
      SoftmaxObjective objective = objective(photos, parts, workers);
      double penalty = 0.8;
      double[] point = random(objective.size(), 0.1, 5);
      double[] direction = random(objective.size(), 1, 6);
      double[] gradient = new double[objective.size()];
      double[] curved = new double[objective.size()];
      objective.value(point, penalty);
      objective.gradient(point, penalty, gradient);
      objective.curvature(direction, penalty, curved);

      double step = 1e-2;
      double[] above = moved(point, step, direction);
      double[] below = moved(point, -step, direction);
      double rise = objective.value(above, penalty) - objective.value(below, penalty);
      assertThat(dot(gradient, direction)).isCloseTo(rise / (2 * step), within(0.02));

      double[] gradientAbove = new double[objective.size()];
      double[] gradientBelow = new double[objective.size()];
      objective.value(above, penalty);
      objective.gradient(above, penalty, gradientAbove);
      objective.value(below, penalty);
      objective.gradient(below, penalty, gradientBelow);
      for (int i = 0; i < objective.size(); i++) {
        double slope = (gradientAbove[i] - gradientBelow[i]) / (2 * step);
        assertThat(curved[i]).isCloseTo(slope, within(0.02 + 2e-3 * Math.abs(slope)));
      }
    }
  }

  @Test
  void theValueIsThatOfTheLayerPlusThePenalty() {
    TrainingData photos = Reference.made(4, 5, 1, 700, 20, 3);
    try (Workers workers = new Workers("test", 1)) {
      SoftmaxObjective objective = objective(photos, 2, workers);
      double[] point = random(objective.size(), 0.5, 1);
      LayerArrays layer = new LayerArrays(3, 5);
      objective.toLayer(point, BottleneckMoments.of(photos).mean(), layer);
      FinalLayer finalLayer = layer.toFinalLayer();
      double expected = 0;
      for (int photo = 0; photo < photos.size(); photo++) {
        float[] p = finalLayer.probabilities(photos.row(photo));
        expected -= Math.log(p[photos.label(photo)]);
      }
      for (float weight : finalLayer.weights()) {
        expected += 1.5 * weight * weight;
      }
      assertThat(objective.value(point, 3)).isCloseTo(expected, within(1e-2));
    }
  }

  static Stream<JsonNode> cases() throws IOException {
    return StreamSupport.stream(
        Reference.read("auto.json").get("cases").spliterator(), /* parallel= */ false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theMinimumIsScikitLearns(JsonNode reference) {
    TrainingData photos = Reference.data(reference);
    float[] mean = BottleneckMoments.of(photos).mean();
    try (Workers workers = new Workers("test", 2)) {
      SoftmaxObjective objective = objective(photos, 1, workers);
      for (JsonNode expected : reference.get("fits")) {
        double penalty = expected.get("penalty").asDouble();
        NewtonFit fit = new NewtonFit(objective, penalty, new double[objective.size()], 0.1);
        for (int i = 0; i < 40 && fit.iterate() > 1e-11; i++) {
          assertThat(fit.value()).isFinite();
        }
        LayerArrays layer = new LayerArrays(photos.labels().size(), photos.dimension());
        objective.toLayer(fit.point(), mean, layer);
        FinalLayer finalLayer = layer.toFinalLayer();
        for (int photo = 0; photo < photos.size(); photo++) {
          assertThat(finalLayer.probabilities(photos.row(photo)))
              .as("%s, penalty %s, photo %d", reference.get("name"), penalty, photo)
              .containsExactly(
                  Reference.floats(expected.get("probabilities").get(photo)), within(1e-5f));
        }
      }
    }
  }
}

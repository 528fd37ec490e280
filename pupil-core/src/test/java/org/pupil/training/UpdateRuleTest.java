package org.pupil.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpdateRuleTest {
  /** The updates are TensorFlow's own, on the weights of one label and on the biases alike. */
  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void updatesAreTensorFlows(Optimizer optimizer) throws IOException {
    JsonNode reference = Reference.read("optimizers.json");
    int dimension = 4;
    int labels = 4;
    double rate = reference.get("learningRate").asDouble();
    UpdateRule rule = UpdateRule.of(optimizer, rate, labels, dimension);
    float[][] parameters = {
      Reference.floats(reference.get("start")), Reference.floats(reference.get("start"))
    };
    int[] arrays = {2, labels};
    for (int step = 0; step < reference.get("gradients").size(); step++) {
      float[] gradient = Reference.floats(reference.get("gradients").get(step));
      rule.nextStep();
      float[] expected = Reference.floats(reference.get(optimizer.name()).get(step));
      for (int i = 0; i < 2; i++) {
        float[] next = new float[dimension];
        rule.update(arrays[i], parameters[i], gradient, next);
        assertThat(next).as("step %d", step).containsExactly(expected, within(2e-7f));
        parameters[i] = next;
      }
    }
  }
}

package org.pupil.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pupil.chance.Chance.Purpose;

class ChanceTest {
  private final JsonNode reference;

  ChanceTest() throws IOException {
    try (InputStream table =
        ChanceTest.class.getResourceAsStream("/org/pupil/training/chance.json")) {
      reference = new ObjectMapper().readTree(Objects.requireNonNull(table));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPurposeHasItsOwnSequenceForAllTime(Purpose purpose) {
    Chance chance = new Chance(42, purpose);
    for (JsonNode expected : reference.get("longs").get(purpose.name())) {
      assertThat(Long.toUnsignedString(chance.nextLong())).isEqualTo(expected.asText());
    }
  }

  @Test
  void aSeedMayBeNegative() {
    Chance chance = new Chance(-7, Purpose.WEIGHTS);
    for (JsonNode expected : reference.get("negativeSeed")) {
      assertThat(Long.toUnsignedString(chance.nextLong())).isEqualTo(expected.asText());
    }
  }

  @Test
  void aPurposeMayHaveManyStreams() {
    Chance chance = new Chance(42, Purpose.DISTORTIONS, 5);
    for (JsonNode expected : reference.get("fifthStream")) {
      assertThat(Long.toUnsignedString(chance.nextLong())).isEqualTo(expected.asText());
    }
  }

  @Test
  void floatsBelowOneAreTheReferences() {
    assertDraws("unitFloats", new Chance(5, Purpose.DISTORTIONS), Chance::unitFloat);
  }

  @Test
  void wholeNumbersBelowABoundAreTheReferences() {
    assertDraws("below5", new Chance(0, Purpose.FOLDS), chance -> chance.below(5));
    // Two thirds of 2^31: every third draw is thrown away.
    assertDraws("belowTwoThirds", new Chance(1, Purpose.FOLDS), c -> c.below(1431655766));
  }

  @Test
  void normalDeviatesAreTheReferences() {
    assertDraws("truncatedNormals", new Chance(3, Purpose.WEIGHTS), Chance::truncatedNormal);
  }

  @Test
  void truncatedNormalsStayWithinTwoDeviationsAndHaveTheirVariance() {
    Chance chance = new Chance(1, Purpose.WEIGHTS);
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    double most = 0;
    for (int i = 0; i < n; i++) {
      double deviate = chance.truncatedNormal();
      most = Math.max(most, Math.abs(deviate));
      sum += deviate;
      squares += deviate * deviate;
    }
    assertThat(most).isBetween(1.99, 2.0);
    assertThat(sum / n).isCloseTo(0, within(0.01));
    // 1 - 4 pdf(2) / (2 cdf(2) - 1)
    assertThat(squares / n).isCloseTo(0.773741, within(0.01));
  }

  private void assertDraws(String name, Chance chance, ToDoubleFunction<Chance> draw) {
    for (JsonNode expected : reference.get(name)) {
      assertThat(draw.applyAsDouble(chance)).isCloseTo(expected.asDouble(), within(1e-15));
    }
  }
}

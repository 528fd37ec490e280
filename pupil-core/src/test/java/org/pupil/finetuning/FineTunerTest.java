package org.pupil.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.bottleneck.ContentHash;
import org.pupil.errors.PupilException;
import org.pupil.finetuning.FineTuner.Epoch;
import org.pupil.training.FinalLayer;

/**
 * A made-up task where the upper layers must change: the label says on which side of the map there
 * is a bright place, and the mean over places, which is all that a final layer sees, is the same
 * for both.
 */
class FineTunerTest {
  private static final MapShape SHAPE = new MapShape(6, 6, 4);
  private static final FineTuningSettings SETTINGS =
      new FineTuningSettings(30, 30, 16, 0.01, 0.05, 0.1, 0.05, 0.9, 5);
  private static final long DIGEST = 42;

  @TempDir private Path folder;
  private MapFile maps;
  private TunedPhotos training;
  private TunedPhotos heldBack;

  @BeforeEach
  void makePhotos() {
    maps = MapFile.open(folder.resolve("cut.maps"), SHAPE);
    training = photos(0, 160);
    heldBack = photos(1000, 80);
  }

  @AfterEach
  void closeMaps() {
    maps.close();
  }

  private TunedPhotos photos(int first, int count) {
    List<ContentHash> contents = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Random random = new Random(first + i);
      ContentHash content =
          ContentHash.of(("photo " + (first + i)).getBytes(StandardCharsets.UTF_8));
      int label = i % 2;
      float[] map = new float[SHAPE.floats()];
      int x = label * 3 + random.nextInt(3);
      int y = random.nextInt(6);
      for (int j = 0; j < map.length; j++) {
        map[j] = random.nextFloat() * 0.1f;
      }
      for (int channel = 0; channel < 4; channel++) {
        map[(y * 6 + x) * 4 + channel] = 4;
      }
      maps.put(content, 0, map, 0);
      contents.add(content);
      labels.add(label);
    }
    return new TunedPhotos(maps, contents, labels, 1);
  }

  private static UpperLayers network() {
    Random random = new Random(1);
    Window window = new Window(5, 5, 1, 1, 0, 4, 0, 0);
    return new UpperLayers(
        SHAPE,
        List.of(
            new Convolution(
                -1,
                Window.OF_ONE_PLACE,
                weights(random, 4 * 8, 0.5),
                weights(random, 8, 0.1),
                Activation.RELU6),
            new DepthwiseConvolution(
                0, window, weights(random, 25 * 8, 0.2), weights(random, 8, 0.1), Activation.RELU6),
            new Convolution(
                1,
                Window.OF_ONE_PLACE,
                weights(random, 8 * 8, 0.5),
                weights(random, 8, 0.1),
                Activation.RELU)),
        List.of("expand", "depthwise", "project"));
  }

  private static Parameter weights(Random random, int size, double scale) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return new Parameter("test", values);
  }

  private static FinalLayer layer() {
    return new FinalLayer(8, new float[16], new float[2]);
  }

  private FineTuner tuner(UpperLayers network, int threads) {
    return new FineTuner(network, layer(), SETTINGS, training, heldBack, threads);
  }

  @Test
  void learnsWhatTheFinalLayerAloneCannotSee() {
    List<Epoch> epochs = new ArrayList<>();
    try (FineTuner tuner = tuner(network(), 2)) {
      tuner.train((epoch, state) -> epochs.add(epoch));
    }
    assertThat(epochs).hasSizeBetween(2, 30);
    assertThat(epochs.get(0).heldBackAccuracy()).isLessThan(0.9);
    Epoch best = epochs.stream().filter(Epoch::isBest).reduce((one, later) -> later).orElseThrow();
    assertThat(best.heldBackAccuracy()).isGreaterThan(0.95);
  }

  @Test
  void doesWhatIsPlannedAndNoMoreAndFinishesThatAfterARestart() {
    UpperLayers network = network();
    List<byte[]> states = new ArrayList<>();
    List<Float> whole;
    try (FineTuner tuner = tuner(network, 2)) {
      tuner.follow(new TuningPlan(4, 1, false));
      tuner.train((epoch, state) -> states.add(state.toBytes(DIGEST)));
      whole = numbers(network, tuner);
    }
    assertThat(states).hasSize(4);
    assertThat(trained(2, Optional.of(states.get(1)))).isEqualTo(whole);
  }

  @Test
  void threadsDoNotChangeTheNumbers() {
    assertThat(trained(1, Optional.empty())).isEqualTo(trained(3, Optional.empty()));
  }

  @Test
  void goingOnFromAnyEpochGivesTheSameNumbers() {
    List<byte[]> states = new ArrayList<>();
    List<Float> whole;
    UpperLayers network = network();
    try (FineTuner tuner = tuner(network, 2)) {
      tuner.train((epoch, state) -> states.add(state.toBytes(DIGEST)));
      whole = numbers(network, tuner);
    }
    for (int i = 0; i < states.size(); i += 4) {
      assertThat(trained(2, Optional.of(states.get(i)))).as("after epoch %d", i).isEqualTo(whole);
    }
  }

  private List<Float> trained(int threads, Optional<byte[]> state) {
    UpperLayers network = network();
    try (FineTuner tuner = tuner(network, threads)) {
      state.ifPresent(bytes -> tuner.restore(tuner.read(bytes, DIGEST).orElseThrow()));
      tuner.train((epoch, after) -> {});
      return numbers(network, tuner);
    }
  }

  private static List<Float> numbers(UpperLayers network, FineTuner tuner) {
    List<Float> numbers = new ArrayList<>();
    for (Parameter parameter : network.parameters()) {
      for (float value : parameter.values()) {
        numbers.add(value);
      }
    }
    for (float value : tuner.layer().weights()) {
      numbers.add(value);
    }
    return numbers;
  }

  @Test
  void aDamagedStateOrOneOfAnotherTrainingIsNotRead() {
    List<byte[]> states = new ArrayList<>();
    try (FineTuner tuner = tuner(network(), 1)) {
      tuner.train((epoch, state) -> states.add(state.toBytes(DIGEST)));
      byte[] state = states.get(0);
      assertThat(tuner.read(state, DIGEST)).isPresent();
      assertThat(tuner.read(state, DIGEST + 1)).isEmpty();
      assertThat(tuner.read(new byte[0], DIGEST)).isEmpty();
      for (int at = 0; at < state.length; at += 97) {
        byte[] damaged = state.clone();
        damaged[at] ^= 4;
        assertThat(tuner.read(damaged, DIGEST)).as("byte %d", at).isEmpty();
      }
    }
  }

  /** With 1e30 the loss is no number, with 1e9 it is one that is far too large. */
  @ParameterizedTest
  @ValueSource(doubles = {1e30, 1e9})
  void whatDivergesGoesBackTwiceWithHalfTheRateAndThenSaysSo(double rate) {
    FineTuningSettings wild = new FineTuningSettings(3, 3, 16, rate, 0, 0, 0, 0, 5);
    List<Epoch> epochs = new ArrayList<>();
    try (FineTuner tuner = new FineTuner(network(), layer(), wild, training, heldBack, 1)) {
      assertThatThrownBy(() -> tuner.train((epoch, state) -> epochs.add(epoch)))
          .isInstanceOf(PupilException.class)
          .hasMessageContaining(
              "fine-tuning diverged 3 times, at last with a learning rate of " + rate / 4);
    }
    assertThat(epochs).isEmpty();
  }
}

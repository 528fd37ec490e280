package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pupil.graph.ConvolutionLayers.LayerMap;

class ConvolutionWalkTest {
  private final ConvolutionWalk walk = new ConvolutionWalk("image");

  private List<LayerMap> maps() {
    return walk.layers(Optional.empty()).maps();
  }

  @Test
  void theFirstConvolutionAndTheLastMapOfEachResolutionAreShown() {
    walk.elementwise(List.of("image", "mean"), "scaled");
    assertThat(walk.convolution("scaled", "one", 2)).isTrue();
    walk.elementwise(List.of("one"), "relu-one");
    assertThat(walk.convolution("relu-one", "two", 1)).isFalse();
    walk.convolution("two", "three", 2);
    walk.elementwise(List.of("three"), "relu-three");

    assertThat(maps())
        .containsExactly(
            new LayerMap("relu-one", 1), new LayerMap("two", 2), new LayerMap("relu-three", 3));
    assertThat(walk.layers(Optional.empty()).convolutions()).isEqualTo(3);
  }

  @Test
  void aPoolingMakesAMapCoarserWithoutBeingALayer() {
    walk.convolution("image", "one", 2);
    walk.pooling("one", "pooled", 2);
    walk.convolution("pooled", "two", 1);

    assertThat(maps()).containsExactly(new LayerMap("one", 1), new LayerMap("two", 2));
  }

  @Test
  void branchesThatMeetAreOneMap() {
    walk.convolution("image", "one", 1);
    walk.convolution("one", "left", 1);
    walk.elementwise(List.of("left", "one"), "sum");

    assertThat(maps()).containsExactly(new LayerMap("one", 1), new LayerMap("sum", 2));
  }

  @Test
  void whatDoesNotFollowFromTheImageIsNoMap() {
    assertThat(walk.convolution("noise", "one", 1)).isFalse();
    walk.pooling("noise", "two", 2);
    walk.elementwise(List.of("noise"), "three");

    assertThat(maps()).isEmpty();
  }

  @Test
  void anImageMayGetItsAxesInAnotherOrderAndAMapMayNot() {
    walk.transpose("image", "turned");
    assertThat(walk.convolution("turned", "one", 1)).isTrue();
    walk.transpose("one", "tokens");
    walk.elementwise(List.of("tokens"), "more");

    assertThat(maps()).containsExactly(new LayerMap("one", 1));
  }
}

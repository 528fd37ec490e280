package org.pupil.backbone;

import java.util.List;
import java.util.Optional;
import org.pupil.images.InputSpec;

/**
 * EfficientNet-Lite0. Its weights are inside the program; they take every input size, and 288
 * pixels measured best for the time they cost.
 *
 * @param size height and width of the input, a multiple of 32
 */
record EfficientNetLite0(int size) implements Architecture {
  static final int DEFAULT_SIZE = 288;

  @Override
  public String name() {
    return "efficientnet_lite0_" + size;
  }

  @Override
  public InputSpec input() {
    return new InputSpec(size, size, 127, 128);
  }

  @Override
  public Layers layers() {
    return new Layers("input", "features", 1280, "head/relu6", "logits", 1000);
  }

  @Override
  public Optional<EmbeddedGraph> embedded() {
    return Optional.of(EmbeddedGraph.EFFICIENTNET_LITE0);
  }

  @Override
  public List<String> graphFiles() {
    return List.of();
  }

  @Override
  public List<OfficialArchive> archives() {
    return List.of();
  }
}

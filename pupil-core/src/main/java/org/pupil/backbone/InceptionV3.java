package org.pupil.backbone;

import java.util.List;
import java.util.Optional;
import org.pupil.images.InputSpec;

/**
 * Inception v3 as the first retrain script used it: the archive of 2015-12-05.
 *
 * <p>The script took its features from {@code pool_3/_reshape}, which is made for one image at a
 * time. The same 2048 numbers are in {@code pool_3} of [n,1,1,2048], for any number of images.
 */
record InceptionV3() implements Architecture {
  private static final String GRAPH = "classify_image_graph_def.pb";
  private static final String ARCHIVE = "inception-2015-12-05";

  @Override
  public String name() {
    return "inception_v3";
  }

  @Override
  public InputSpec input() {
    return new InputSpec(299, 299, 128, 128);
  }

  @Override
  public Layers layers() {
    return new Layers("Mul", "pool_3", 2048, "mixed_10/join", "softmax/logits", 1008);
  }

  @Override
  public Optional<EmbeddedGraph> embedded() {
    return Optional.empty();
  }

  @Override
  public List<String> graphFiles() {
    return List.of(GRAPH, ARCHIVE + "/" + GRAPH, "inception_v3/" + GRAPH);
  }

  @Override
  public List<OfficialArchive> archives() {
    return List.of(new OfficialArchive("image/imagenet/" + ARCHIVE + ".tgz", List.of(GRAPH)));
  }
}

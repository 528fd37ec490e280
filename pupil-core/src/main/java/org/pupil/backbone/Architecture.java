package org.pupil.backbone;

import java.util.List;
import java.util.Optional;
import org.pupil.images.InputSpec;

/** A network that Pupil knows by name, and everything about it that needs no file to be read. */
sealed interface Architecture permits EfficientNetLite0, MobileNetV1, InceptionV3 {

  /** The one way to write its name, whatever was typed. */
  String name();

  /** What pixels its weights were trained on. */
  InputSpec input();

  /** The nodes that matter. */
  Layers layers();

  /** The weights inside the program that serve it, if there are any. */
  Optional<EmbeddedGraph> embedded();

  /**
   * Where a frozen graph may lie below {@code --model_dir}, in the order they are looked for. Parts
   * are separated by {@code /}.
   */
  List<String> graphFiles();

  /** The official archives that hold it, in the order they are tried. */
  List<OfficialArchive> archives();

  /**
   * Nodes of an architecture, by name.
   *
   * @param input the node that is fed
   * @param features the node whose first output is the pooled features
   * @param featureSize number of features of one image
   * @param convMap the last map [n,h,w,c] before pooling
   * @param scores the node of the ImageNet scores (logits, not probabilities)
   * @param scoreSize number of ImageNet scores of one image
   */
  record Layers(
      String input,
      String features,
      int featureSize,
      String convMap,
      String scores,
      int scoreSize) {}

  /**
   * An archive as Google published it.
   *
   * @param path below the base address of the models, with {@code /} between its parts
   * @param graphs names of the frozen graph in it, any one of which will do
   */
  record OfficialArchive(String path, List<String> graphs) {
    public OfficialArchive {
      graphs = List.copyOf(graphs);
    }

    /** The file's own name, under which it is kept in {@code --model_dir}. */
    String fileName() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }
}

package org.pupil.backbone;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.images.InputSpec;

/**
 * MobileNet v1, the family that the workshop uses.
 *
 * @param width how wide its layers are, as a share of the full network
 * @param size height and width of the input
 * @param quantized trained to be run in eight bits (the archives named {@code _quant}). It runs
 *     here as it was trained: in floats that are rounded to eight bits after every layer
 */
record MobileNetV1(Width width, int size, boolean quantized) implements Architecture {

  /** The widths that were published. */
  enum Width {
    W100("1.0", "1.0", 1024),
    W075("0.75", "0.75", 768),
    W050("0.50", "0.5", 512),
    W025("0.25", "0.25", 256);

    private final String longText;
    private final String shortText;
    private final int features;

    Width(String longText, String shortText, int features) {
      this.longText = longText;
      this.shortText = shortText;
      this.features = features;
    }

    /** As the flags and the older archives write it: {@code 0.50}. */
    String longText() {
      return longText;
    }

    /** As people and the newer archives write it: {@code 0.5}. */
    String shortText() {
      return shortText;
    }

    static Optional<Width> of(String text) {
      for (Width width : values()) {
        if (text.equals(width.longText) || text.equals(width.shortText)) {
          return Optional.of(width);
        }
      }
      return text.equals("1") ? Optional.of(W100) : Optional.empty();
    }
  }

  /** The sizes that were published for every width. */
  static final List<Integer> SIZES = List.of(224, 192, 160, 128);

  @Override
  public String name() {
    return "mobilenet_" + width.longText + "_" + size + (quantized ? "_quantized" : "");
  }

  @Override
  public InputSpec input() {
    return new InputSpec(size, size, 127.5f, 127.5f);
  }

  @Override
  public Layers layers() {
    return new Layers(
        "input",
        "MobilenetV1/Logits/AvgPool_1a/AvgPool",
        width.features,
        "MobilenetV1/MobilenetV1/Conv2d_13_pointwise/Relu6",
        "MobilenetV1/Predictions/Reshape",
        1001);
  }

  @Override
  public Optional<EmbeddedGraph> embedded() {
    return width == Width.W025 && !quantized
        ? Optional.of(EmbeddedGraph.MOBILENET_025)
        : Optional.empty();
  }

  @Override
  public List<String> graphFiles() {
    List<String> files = new ArrayList<>();
    for (String base : baseNames()) {
      files.add(base + "/" + base + "_frozen.pb");
      files.add(base + "_frozen.pb");
      if (!quantized) {
        files.add(base + "/frozen_graph.pb");
      }
    }
    return List.copyOf(files);
  }

  @Override
  public List<OfficialArchive> archives() {
    List<String> graphs = graphFiles();
    List<OfficialArchive> archives = new ArrayList<>();
    archives.add(new OfficialArchive("mobilenet_v1_2018_08_02/" + shortBase() + ".tgz", graphs));
    if (!quantized) {
      archives.add(new OfficialArchive(longBase() + "_frozen.tgz", graphs));
    }
    return List.copyOf(archives);
  }

  private List<String> baseNames() {
    return longBase().equals(shortBase()) ? List.of(longBase()) : List.of(shortBase(), longBase());
  }

  private String shortBase() {
    return base(width.shortText);
  }

  private String longBase() {
    return base(width.longText);
  }

  private String base(String widthText) {
    return "mobilenet_v1_" + widthText + "_" + size + (quantized ? "_quant" : "");
  }
}

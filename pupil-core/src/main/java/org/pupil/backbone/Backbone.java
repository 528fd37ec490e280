package org.pupil.backbone;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.pupil.graph.BottleneckOutput;
import org.pupil.graph.GraphIndex;
import org.pupil.graph.NetworkGraph;
import org.pupil.graph.TensorName;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.GraphDef;

/**
 * A network that turns images [n,height,width,3] into bottlenecks [n,d]: immutable, and the same to
 * everybody whether it was built in, downloaded, a Hub module or a person's own.
 *
 * <p>Two backbones are the same when {@link #fingerprint()} is.
 */
public final class Backbone {
  private final String name;
  private final String sha256;
  private final InputSpec input;
  private final Layers layers;
  private final Supplier<GraphIndex> source;

  /** What a backbone can give for an image. */
  public enum Output {
    /** The bottleneck [n,d], which every backbone has. */
    FEATURES("features"),
    /** The last map [n,h,w,c] before it is pooled into the bottleneck. */
    CONV_MAP("conv_map"),
    /**
     * The ImageNet scores as logits [n,k]. EfficientNet has 1000 in the order of WordNet's ids;
     * MobileNet has one more in front for the background.
     */
    IMAGENET_SCORES("imagenet_scores");

    private final String outputName;

    Output(String outputName) {
      this.outputName = outputName;
    }

    /** What it is called among the outputs of {@link Backbone#network}. */
    public String outputName() {
      return outputName;
    }
  }

  /**
   * Names in the prepared graph.
   *
   * @param bottleneck the layer that was asked for: a node, or one of its outputs
   * @param exit node that gives the same as [n,d] in {@link Backbone#graph()}
   */
  record Layers(
      String input,
      TensorName bottleneck,
      BottleneckOutput exit,
      int bottleneckSize,
      Optional<String> convMap,
      Optional<String> scores) {}

  /**
   * A backbone of which everything is known but the graph itself.
   *
   * @param source gives the graph with the input placeholder and at least the ancestors of all
   *     nodes that are named; called for every graph, so that 18 megabytes need not be held or read
   */
  Backbone(
      String name, String sha256, InputSpec input, Layers layers, Supplier<GraphIndex> source) {
    this.name = name;
    this.sha256 = sha256;
    this.input = input;
    this.layers = layers;
    this.source = source;
  }

  /**
   * The one way to write its name: {@code mobilenet_0.50_224} also for what was typed as {@code
   * mobilenet_0.5_224}; an address or path for what has no other name.
   */
  public String name() {
    return name;
  }

  /**
   * SHA-256 of the frozen graph, 64 lower-case hex digits: of the file's bytes where it came as a
   * file, of the frozen graph's where it came as a SavedModel.
   */
  public String sha256() {
    return sha256;
  }

  /** Size and scaling of the images it takes. */
  public InputSpec input() {
    return input;
  }

  /** Node of {@link #graph()} that takes images: a placeholder, float [n,height,width,3]. */
  public String inputLayer() {
    return layers.input();
  }

  /** Node of {@link #graph()} whose first output is the bottleneck: float [n,d]. */
  public String bottleneckLayer() {
    return layers.exit().layer();
  }

  /** The {@code d} of [n,d]. Known without reading the graph. */
  public int bottleneckSize() {
    return layers.bottleneckSize();
  }

  /**
   * Node of {@link #graph()} that holds the last map [n,h,w,c] before pooling, where there is one
   * above the bottleneck.
   */
  public Optional<String> convMap() {
    return layers.convMap();
  }

  /**
   * Node of {@link #graphTo} that gives the ImageNet scores as logits [n,k], where the backbone has
   * them. EfficientNet has 1000 in the order of WordNet's ids; MobileNet has one more in front for
   * the background.
   */
  public Optional<String> imageNetScores() {
    return layers.scores();
  }

  /**
   * How images go through the graph, as one line: {@code 288x288 mean 127.0 std 128.0 layers images
   * features}. It differs when the input's size, its scaling or one of the two layers does.
   * Together with {@link #sha256()} it is all that a bottleneck depends on besides the pixels and
   * the precision.
   */
  public String signature() {
    return "%dx%d mean %s std %s layers %s %s"
        .formatted(
            input.height(),
            input.width(),
            input.mean(),
            input.std(),
            inputLayer(),
            bottleneckLayer());
  }

  /** {@link #sha256()} and {@link #signature()} as one text, equal for equal backbones. */
  public String fingerprint() {
    return sha256 + " " + signature();
  }

  /**
   * The network from images to some outputs, for an engine to open. An embedded backbone's is read
   * anew at every call, which takes a while: ask once.
   *
   * @param wanted one output or several, which are then computed in one run
   * @throws IllegalArgumentException when it has no such output
   */
  public NetworkGraph network(Output... wanted) {
    Map<String, String> nodes = new LinkedHashMap<>();
    for (Output output : wanted) {
      nodes.put(
          output.outputName(),
          node(output)
              .orElseThrow(
                  () -> new IllegalArgumentException(name + " has no " + output.outputName())));
    }
    return new NetworkGraph(graphTo(nodes.values()), inputLayer(), nodes);
  }

  /** Whether it has an output. */
  public boolean has(Output output) {
    return node(output).isPresent();
  }

  private Optional<String> node(Output output) {
    return switch (output) {
      case FEATURES -> Optional.of(bottleneckLayer());
      case CONV_MAP -> convMap();
      case IMAGENET_SCORES -> imageNetScores();
    };
  }

  /**
   * The frozen graph: from {@link #inputLayer()} to {@link #bottleneckLayer()} and nothing else. An
   * embedded backbone's is read anew at every call, which takes a while: ask once.
   */
  public GraphDef graph() {
    return graphTo(List.of(bottleneckLayer()));
  }

  /**
   * The frozen graph from {@link #inputLayer()} to some layers.
   *
   * @param layers any of {@link #bottleneckLayer()}, {@link #convMap()}, {@link #imageNetScores()}
   *     and the nodes above them
   * @throws IllegalArgumentException when one of them is not there
   */
  public GraphDef graphTo(Collection<String> layers) {
    GraphIndex prepared = this.layers.exit().addTo(source.get());
    for (String layer : layers) {
      if (!prepared.has(layer)) {
        throw new IllegalArgumentException(name + " has no layer " + layer);
      }
    }
    return prepared.prunedTo(layers);
  }

  @Override
  public String toString() {
    return name + " (" + fingerprint() + ")";
  }
}

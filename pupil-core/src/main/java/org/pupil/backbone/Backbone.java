package org.pupil.backbone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.files.Sha256;
import org.pupil.graph.BottleneckOutput;
import org.pupil.graph.GraphIndex;
import org.pupil.graph.TensorName;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.GraphDef;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkFormat;
import org.pupil.network.NetworkGraph;

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
  private final BackboneGraph graph;
  private final NetworkEngine engine;
  private final Optional<String> fineTunedAbove;

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
   * A backbone of which everything is known but, perhaps, the graph itself.
   *
   * @param graph the network, and what its layers are called
   * @param engine runs it
   */
  Backbone(String name, String sha256, InputSpec input, BackboneGraph graph, NetworkEngine engine) {
    this(name, sha256, input, graph, engine, Optional.empty());
  }

  private Backbone(
      String name,
      String sha256,
      InputSpec input,
      BackboneGraph graph,
      NetworkEngine engine,
      Optional<String> fineTunedAbove) {
    this.name = name;
    this.sha256 = sha256;
    this.input = input;
    this.graph = graph;
    this.engine = engine;
    this.fineTunedAbove = fineTunedAbove;
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

  /** How its graph is kept in a file, and so a model that is made of it. */
  public NetworkFormat format() {
    return graph.format();
  }

  /** What takes images [n,height,width,3], or [n,3,height,width] if it is an ONNX network. */
  public String inputLayer() {
    return graph.inputLayer();
  }

  /** What gives the bottleneck: float [n,d]. */
  public String bottleneckLayer() {
    return graph.bottleneckLayer();
  }

  /** The {@code d} of [n,d]. Known without reading the graph. */
  public int bottleneckSize() {
    return graph.bottleneckSize();
  }

  /**
   * Whether its bottlenecks are the probabilities of a classifier's own classes, although it has a
   * layer before these: with {@code penultimate} for the bottleneck layer, other labels are often
   * learnt better.
   */
  public boolean endsInClasses() {
    return graph.endsInClasses();
  }

  /**
   * How images go through the graph, as one line: {@code 288x288 mean 127.0 std 128.0 layers images
   * features}. It differs when the input's size, its scaling or one of the two layers does.
   * Together with {@link #sha256()} it is all that a bottleneck depends on besides the pixels, the
   * engine and the precision.
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
   * The engine that is known to run it, and under whose name its bottlenecks are kept: those of
   * another engine differ in the last digits.
   */
  public NetworkEngine engine() {
    return engine;
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
    return graph.network(nodes);
  }

  /** What gives the last map [n,h,w,c] before pooling, where there is one above the bottleneck. */
  public Optional<String> convMap() {
    return graph.layer(Output.CONV_MAP);
  }

  /**
   * What gives the ImageNet scores as logits [n,k], where the backbone has them. EfficientNet has
   * 1000 in the order of WordNet's ids; MobileNet has one more in front for the background.
   */
  public Optional<String> imageNetScores() {
    return graph.layer(Output.IMAGENET_SCORES);
  }

  /** Whether it has an output. */
  public boolean has(Output output) {
    return node(output).isPresent();
  }

  private Optional<String> node(Output output) {
    return output == Output.FEATURES ? Optional.of(bottleneckLayer()) : graph.layer(output);
  }

  /**
   * The same backbone with some of its layers trained anew, under the same names.
   *
   * @param graph frozen, with the nodes that this one names; its bottlenecks are [n,d]
   * @param above the layer above which they are
   */
  public Backbone fineTuned(GraphDef graph, String above) {
    TensorFlowBackbone.Layers layers =
        new TensorFlowBackbone.Layers(
            inputLayer(),
            TensorName.parse(bottleneckLayer()),
            new BottleneckOutput(bottleneckLayer(), TensorName.parse(bottleneckLayer()), List.of()),
            bottleneckSize(),
            convMap(),
            Optional.empty());
    GraphIndex index = new GraphIndex(graph, name);
    return new Backbone(
        name,
        Sha256.of(graph.toByteArray()),
        input,
        new TensorFlowBackbone(layers, () -> index),
        engine,
        Optional.of(above));
  }

  /** The layer above which its layers were trained anew; empty if none were. */
  public Optional<String> fineTunedAbove() {
    return fineTunedAbove;
  }

  @Override
  public String toString() {
    return name + " (" + fingerprint() + ")";
  }
}

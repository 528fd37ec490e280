package org.pupil.backbone;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.backbone.Architecture.Layers;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.backbone.fetch.Downloader;
import org.pupil.backbone.fetch.HashRecord;
import org.pupil.engine.Engines;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.Sha256;
import org.pupil.graph.BottleneckOutput;
import org.pupil.graph.GraphFiles;
import org.pupil.graph.GraphIndex;
import org.pupil.graph.InferenceGraph;
import org.pupil.graph.TensorName;
import org.pupil.images.InputSpec;
import org.pupil.network.NetworkEngine;

/** Knows every backbone there is, and gets the one that is asked for. */
public final class BackboneCatalog {
  private static final Duration SILENCE_PATIENCE = Duration.ofSeconds(60);
  private static final String SCORES_ALIAS = "logits";
  private static final int SMALLEST_SIDE = 32;

  private final NetworkEngine engine;
  private final DownloadAddresses addresses;
  private final Downloader downloader;

  /**
   * Backbones for {@link Engines#auto}.
   *
   * @param environment the environment variables, for the proxy
   * @param listener hears of downloads
   */
  public BackboneCatalog(
      DownloadAddresses addresses, Map<String, String> environment, DownloadListener listener) {
    this(Engines.auto(), addresses, environment, listener);
  }

  /**
   * @param engine runs the backbones, or chooses who does
   * @param environment the environment variables, for the proxy
   * @param listener hears of downloads
   */
  public BackboneCatalog(
      NetworkEngine engine,
      DownloadAddresses addresses,
      Map<String, String> environment,
      DownloadListener listener) {
    this(engine, addresses, environment, listener, SILENCE_PATIENCE);
  }

  BackboneCatalog(
      NetworkEngine engine,
      DownloadAddresses addresses,
      Map<String, String> environment,
      DownloadListener listener,
      Duration patience) {
    this.engine = engine;
    this.addresses = addresses;
    this.downloader = new Downloader(() -> Downloader.client(environment), patience, listener);
  }

  /** The backbone when no flag says otherwise. */
  public static String defaultArchitecture() {
    return new EfficientNetLite0(EfficientNetLite0.DEFAULT_SIZE).name();
  }

  /** Whether the backbone of a name is part of this program: it is not downloaded. */
  public static boolean isBuiltIn(String name) {
    return ArchitectureNames.find(name).flatMap(Architecture::embedded).isPresent();
  }

  /**
   * Checks what can be checked before anything is downloaded or read: that there is such an
   * architecture, or such a file.
   *
   * @throws PupilException of kind USAGE for a name that cannot be; BAD_INPUT for a file that is
   *     not there
   */
  public static void check(BackboneRequest request) {
    if (request.source() instanceof BackboneRequest.ByHubModule hub) {
      HubModules.check(hub.handle());
    } else if (request.source() instanceof BackboneRequest.ByArchitecture byName
        && ArchitectureNames.find(byName.name()).isEmpty()) {
      existing(byName.name());
    }
  }

  /**
   * Finds a backbone and makes sure that it works.
   *
   * <p>An embedded backbone with its own layers is answered without reading its graph. Every other
   * one is read, checked by the engine, and if need be downloaded and unpacked first.
   *
   * @throws PupilException of kind USAGE for a name, size or address that cannot be; BAD_INPUT for
   *     a file that is not there; BAD_MODEL for a file that is no backbone, has changed since it
   *     was first used, or lacks a layer; UNAVAILABLE when it cannot be downloaded
   */
  public Backbone resolve(BackboneRequest request) {
    if (request.source() instanceof BackboneRequest.ByHubModule hub) {
      Path place = HubModules.locate(hub.handle(), models(request), addresses);
      return new CustomBackbone(engine, request, Setting.TFHUB_MODULE, hub.handle()).at(place);
    }
    String typed = ((BackboneRequest.ByArchitecture) request.source()).name();
    Optional<Architecture> known = ArchitectureNames.find(typed);
    return known.isPresent()
        ? known(known.get(), request)
        : new CustomBackbone(engine, request, Setting.ARCHITECTURE, typed).at(existing(typed));
  }

  private ModelFolder models(BackboneRequest request) {
    return new ModelFolder(request.modelDir(), downloader);
  }

  private static Path existing(String typed) {
    try {
      Path path = Path.of(typed);
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw ArchitectureNames.unknown(typed);
    }
    if (typed.contains("/")
        || typed.contains("\\")
        || typed.endsWith(".pb")
        || typed.endsWith(".onnx")) {
      throw PupilException.badInput(
          Message.of(Setting.ARCHITECTURE, " " + typed + " does not exist"));
    }
    throw ArchitectureNames.unknown(typed);
  }

  private Backbone known(Architecture architecture, BackboneRequest request) {
    InputSpec spec = spec(architecture.input(), request);
    ModelFolder models = models(request);
    Optional<EmbeddedGraph> embedded = architecture.embedded();
    Optional<Path> file =
        embedded.isPresent() && embedded.get().isTrainedFor(architecture)
            ? Optional.empty()
            : models.find(architecture);
    if (file.isEmpty() && embedded.isPresent()) {
      return embedded(architecture, embedded.get(), spec, request);
    }
    Path graph = file.orElseGet(() -> models.download(architecture, addresses));
    byte[] bytes = GraphFiles.read(graph);
    String sha256 = Sha256.of(bytes);
    HashRecord.compareOrWrite(graph, sha256);
    GraphIndex index = new GraphIndex(GraphFiles.graph(bytes, graph.toString()), graph.toString());
    return BackboneBuilder.build(index, plan(architecture, sha256, spec, request));
  }

  private Backbone embedded(
      Architecture architecture, EmbeddedGraph graph, InputSpec spec, BackboneRequest request) {
    if (spec.height() < SMALLEST_SIDE || spec.width() < SMALLEST_SIDE) {
      throw PupilException.usage(
          Message.of(
              Setting.INPUT_HEIGHT,
              " and ",
              Setting.INPUT_WIDTH,
              " must be at least 32 for "
                  + architecture.name()
                  + ", were "
                  + spec.height()
                  + " and "
                  + spec.width()));
    }
    BackboneBuilder.Plan plan = plan(architecture, graph.sha256(), spec, request);
    Layers layers = architecture.layers();
    boolean own =
        plan.input().equals(layers.input()) && plan.bottleneck().equals(layers.features());
    return own
        ? unread(plan, layers, graph)
        : BackboneBuilder.build(index(graph, architecture.name()), plan);
  }

  private static GraphIndex index(EmbeddedGraph graph, String name) {
    return new GraphIndex(graph.graph(), name);
  }

  /** What {@link BackboneBuilder} would find, from what is known of the architecture. */
  private Backbone unread(BackboneBuilder.Plan plan, Layers layers, EmbeddedGraph graph) {
    TensorName features = TensorName.parse(layers.features());
    BottleneckOutput exit =
        BottleneckOutput.of(features, graph.featureShape(layers.featureSize())).orElseThrow();
    TensorFlowBackbone.Layers nodes =
        new TensorFlowBackbone.Layers(
            layers.input(), features, exit, layers.featureSize(), plan.convMap(), plan.scores());
    List<String> wanted = List.of(layers.features(), layers.scores());
    return new Backbone(
        plan.name(),
        plan.sha256(),
        plan.spec(),
        new TensorFlowBackbone(
            nodes,
            () ->
                InferenceGraph.of(
                    index(graph, plan.name()),
                    BackboneBuilder.images(layers.input(), plan.spec()),
                    wanted)),
        engine.preferred());
  }

  private BackboneBuilder.Plan plan(
      Architecture architecture, String sha256, InputSpec spec, BackboneRequest request) {
    Layers layers = architecture.layers();
    String bottleneck =
        request
            .bottleneckLayer()
            .map(name -> name.equals(SCORES_ALIAS) ? layers.scores() : name)
            .map(name -> TensorName.parse(name).toString())
            .orElse(layers.features());
    return new BackboneBuilder.Plan(
        architecture.name(),
        sha256,
        TensorName.parse(request.inputLayer().orElse(layers.input())).toString(),
        bottleneck,
        spec,
        Optional.of(layers.convMap()),
        Optional.of(layers.scores()),
        engine);
  }

  static InputSpec spec(InputSpec own, BackboneRequest request) {
    return new InputSpec(
        request.inputHeight().orElse(own.height()),
        request.inputWidth().orElse(own.width()),
        request.inputMean().orElse(own.mean()),
        request.inputStd().orElse(own.std()));
  }
}

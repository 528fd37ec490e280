package org.pupil.backbone;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.pupil.backbone.fetch.TarArchive;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.CacheFolder;
import org.pupil.files.ScratchFolder;
import org.pupil.files.Sha256;
import org.pupil.graph.Attrs;
import org.pupil.graph.FunctionInliner;
import org.pupil.graph.GraphFiles;
import org.pupil.graph.GraphIndex;
import org.pupil.graph.KnownOperations;
import org.pupil.graph.SavedModelFreezer;
import org.pupil.graph.SavedModelFreezer.Frozen;
import org.pupil.graph.TensorBundle;
import org.pupil.graph.TensorName;
import org.pupil.images.InputSpec;
import org.pupil.images.PerChannel;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkFormat;

/**
 * A backbone that Pupil does not know by name: a frozen graph, a SavedModel, a Hub module, an ONNX
 * file.
 */
final class CustomBackbone {
  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;
  private static final String SAVED_MODEL = "saved_model.pb";
  private static final PerChannel HUB_MEAN = PerChannel.of(0);
  private static final PerChannel HUB_STD = PerChannel.of(255);

  private final NetworkEngine engine;
  private final BackboneRequest request;
  private final Setting setting;
  private final String typed;

  /**
   * @param engine runs it, or chooses who does
   * @param setting what asked for it
   * @param typed what a person said
   */
  CustomBackbone(NetworkEngine engine, BackboneRequest request, Setting setting, String typed) {
    this.engine = engine;
    this.request = request;
    this.setting = setting;
    this.typed = typed;
  }

  Backbone at(Path place) {
    String file = place.getFileName() == null ? "" : place.getFileName().toString();
    if (Files.isDirectory(place)) {
      return ofSavedModel(place, place.toString());
    }
    if (file.endsWith(".tar.gz") || file.endsWith(".tgz")) {
      return ofArchive(place);
    }
    if (NetworkFormat.ONNX.isNamedBy(place)) {
      return new CustomOnnxBackbone(engine, request, typed).at(place);
    }
    Path parent = place.toAbsolutePath().getParent();
    return file.equals(SAVED_MODEL) && parent != null
        ? ofSavedModel(parent, parent.toString())
        : ofFrozenGraph(place);
  }

  private Backbone ofArchive(Path archive) {
    TarArchive tar = new TarArchive(archive);
    String root = root(tar.files());
    CacheFolder cache = CacheFolder.ofProcess();
    try (ScratchFolder scratch = cache.scratch("saved-model-")) {
      tar.extractAll(
          scratch.path(),
          name -> name.equals(root + SAVED_MODEL) || name.startsWith(root + "variables/"));
      return ofSavedModel(scratch.path().resolve(root), archive.toString());
    } catch (IOException e) {
      throw cache.cannotWrite(e);
    }
  }

  /**
   * Some archives hold the model itself, others hold one folder with it. Nothing else in them is
   * needed, so it is not unpacked.
   *
   * @return empty, or the folder's name with a slash
   */
  private String root(List<String> files) {
    List<String> roots =
        files.stream()
            .filter(name -> name.matches("([^/]+/)?\\Q" + SAVED_MODEL + "\\E"))
            .map(name -> name.substring(0, name.length() - SAVED_MODEL.length()))
            .sorted(Comparator.comparingInt(String::length))
            .toList();
    if (roots.isEmpty() || (roots.size() > 1 && !roots.get(0).isEmpty())) {
      throw noSavedModel();
    }
    return roots.get(0);
  }

  private PupilException noSavedModel() {
    return PupilException.badModel(
        Message.of(
            setting, " " + typed + " is not a SavedModel: there is no saved_model.pb in it"));
  }

  private Backbone ofSavedModel(Path folder, String where) {
    if (!SavedModelFreezer.isSavedModel(folder)) {
      throw noSavedModel();
    }
    Frozen frozen =
        SavedModelFreezer.freeze(
            folder, request.bottleneckLayer(), where, TensorBundle::new, KnownOperations::find);
    GraphIndex index = new GraphIndex(frozen.graph(), where);
    String input = request.inputLayer().orElse(frozen.input());
    String bottleneck =
        request
            .bottleneckLayer()
            .map(name -> frozen.outputs().getOrDefault(name, name))
            .or(frozen::features)
            .orElseThrow(
                () ->
                    PupilException.badModel(
                        Message.of(
                            where + " has several outputs; choose one with ",
                            Setting.BOTTLENECK_LAYER,
                            ": " + String.join(", ", frozen.outputs().keySet()))));
    InputSpec spec =
        new InputSpec(
            side(Setting.INPUT_HEIGHT, request.inputHeight(), index, input, HEIGHT),
            side(Setting.INPUT_WIDTH, request.inputWidth(), index, input, WIDTH),
            request.inputMean().orElse(HUB_MEAN),
            request.inputStd().orElse(HUB_STD));
    return BackboneBuilder.build(
        index, plan(Sha256.of(bytes(frozen.graph())), input, bottleneck, spec));
  }

  private Backbone ofFrozenGraph(Path file) {
    byte[] bytes = GraphFiles.read(file);
    GraphIndex index =
        FunctionInliner.inlineAll(
            new GraphIndex(GraphFiles.graph(bytes, file.toString()), file.toString()),
            KnownOperations::find);
    String input = request.inputLayer().orElseGet(() -> onlyInput(index));
    String bottleneck =
        request
            .bottleneckLayer()
            .orElseThrow(
                () ->
                    PupilException.usage(
                        Message.of(
                            setting,
                            " " + typed + " needs ",
                            Setting.BOTTLENECK_LAYER,
                            BackboneBuilder.listed(
                                "; likely layers: ", index.bottleneckCandidates()))));
    if (request.inputMean().isEmpty() || request.inputStd().isEmpty()) {
      throw PupilException.usage(
          Message.of(
              setting,
              " " + typed + " needs ",
              Setting.INPUT_MEAN,
              " and ",
              Setting.INPUT_STD,
              ": 0 and 255 for a network that takes 0 to 1,"
                  + " 127.5 and 127.5 for one that takes -1 to 1"));
    }
    InputSpec spec =
        new InputSpec(
            side(Setting.INPUT_HEIGHT, request.inputHeight(), index, input, HEIGHT),
            side(Setting.INPUT_WIDTH, request.inputWidth(), index, input, WIDTH),
            request.inputMean().get(),
            request.inputStd().get());
    return BackboneBuilder.build(index, plan(Sha256.of(bytes), input, bottleneck, spec));
  }

  private BackboneBuilder.Plan plan(
      String sha256, String input, String bottleneck, InputSpec spec) {
    return new BackboneBuilder.Plan(
        typed, sha256, input, bottleneck, spec, Optional.empty(), Optional.empty(), engine);
  }

  private String onlyInput(GraphIndex index) {
    List<String> inputs =
        index.graph().getNodeList().stream()
            .filter(GraphIndex::isPlaceholder)
            .filter(Attrs::mayTakeImages)
            .map(NodeDef::getName)
            .toList();
    if (inputs.size() != 1) {
      throw PupilException.usage(
          Message.of(
              setting,
              " " + typed + " needs ",
              Setting.INPUT_LAYER,
              BackboneBuilder.listed("; inputs in it: ", index.inputCandidates())));
    }
    return inputs.get(0);
  }

  private int side(
      Setting ofSide, OptionalInt asked, GraphIndex index, String input, int dimension) {
    if (asked.isPresent()) {
      return asked.getAsInt();
    }
    OptionalLong own =
        index
            .node(TensorName.parse(input).node())
            .filter(GraphIndex::isPlaceholder)
            .map(node -> Attrs.dimension(node, dimension))
            .orElse(OptionalLong.empty());
    if (own.isEmpty() || own.getAsLong() < 1 || own.getAsLong() > InputSpec.LARGEST_SIDE) {
      throw PupilException.usage(
          Message.of(setting, " " + typed + " takes images of any size: say which with ", ofSide));
    }
    return Math.toIntExact(own.getAsLong());
  }

  /** The same bytes for the same graph, in every run. */
  private static byte[] bytes(GraphDef graph) {
    byte[] bytes = new byte[graph.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      graph.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return bytes;
  }
}

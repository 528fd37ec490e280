package org.pupil.backbone;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.pupil.engine.EngineName;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.Sha256;
import org.pupil.graph.GraphFiles;
import org.pupil.images.InputSpec;
import org.pupil.images.NotedScaling;
import org.pupil.images.PerChannel;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.onnx.ImageInput;
import org.pupil.onnx.ImageNetwork;
import org.pupil.onnx.ImageNetwork.Pooled;
import org.pupil.onnx.OnnxFile;

/** A backbone out of an {@code .onnx} file, of whatever origin. */
final class CustomOnnxBackbone {
  /** Short for what goes into the last product of matrices: of a classifier, its features. */
  static final String PENULTIMATE = "penultimate";

  private static final int MOST_LISTED = 8;

  /** So many outputs are looked at, which takes time for each. */
  private static final int MOST_OUTPUTS = 64;

  private final NetworkEngine engine;
  private final BackboneRequest request;
  private final String typed;

  /**
   * @param engine runs it, or chooses who does
   * @param typed what a person said after {@code --architecture}
   */
  CustomOnnxBackbone(NetworkEngine engine, BackboneRequest request, String typed) {
    this.engine = engine;
    this.request = request;
    this.typed = typed;
  }

  /**
   * Checks everything that can be checked before the first photo, and looks at one grey image.
   *
   * @throws PupilException (bad model) if the file is no network that is run; (usage) if it leaves
   *     open what a person has to choose
   */
  Backbone at(Path path) {
    if (engine.name().equals(EngineName.TENSORFLOW.toString())) {
      throw PupilException.usage(
          Message.of(
              Setting.ENGINE, " " + engine.name() + " does not run .onnx files: leave it out"));
    }
    byte[] bytes = GraphFiles.read(path);
    OnnxFile file = OnnxFile.parse(bytes, path.toString());
    ImageInput input = file.input(inputLayer(file));
    InputSpec spec = spec(file, input);
    input.checkSize(spec.height(), spec.width(), file.where());
    Pooled pooled = bottleneck(new Sized(file, input, spec));
    BackboneGraph graph = new OnnxBackbone(pooled, endsInClasses(file, pooled));
    Backbone backbone = new Backbone(typed, Sha256.of(bytes), spec, graph, engine.preferred());
    checkFinite(backbone, file);
    return backbone;
  }

  /** The file with images of a size. */
  private record Sized(OnnxFile file, ImageInput input, InputSpec spec) {
    ImageNetwork to(String tensor) {
      return ImageNetwork.of(file, input, spec.height(), spec.width(), List.of(tensor));
    }
  }

  private String inputLayer(OnnxFile file) {
    List<String> inputs = file.inputs();
    if (request.inputLayer().isPresent()) {
      String asked = request.inputLayer().get();
      if (!inputs.contains(asked)) {
        throw PupilException.badModel(
            Message.of(
                Setting.INPUT_LAYER,
                " " + asked + " is not in " + file.where() + listed("; inputs in it: ", inputs)));
      }
      return asked;
    }
    List<String> ofImages =
        inputs.size() == 1
            ? inputs
            : inputs.stream().filter(name -> takesImages(file, name)).toList();
    if (ofImages.size() != 1) {
      throw PupilException.usage(
          Message.of(
              Setting.ARCHITECTURE,
              " " + typed + " has " + inputs.size() + " inputs: say which takes photos with ",
              Setting.INPUT_LAYER,
              listed("; inputs in it: ", inputs)));
    }
    return ofImages.get(0);
  }

  private static boolean takesImages(OnnxFile file, String input) {
    try {
      file.input(input);
      return true;
    } catch (PupilException e) {
      return false;
    }
  }

  private InputSpec spec(OnnxFile file, ImageInput input) {
    OptionalInt height = request.inputHeight().isPresent() ? request.inputHeight() : input.height();
    OptionalInt width = request.inputWidth().isPresent() ? request.inputWidth() : input.width();
    if (height.isEmpty() || width.isEmpty()) {
      throw PupilException.usage(
          Message.of(
              Setting.ARCHITECTURE,
              " " + typed + " takes images of any size: say which with ",
              Setting.INPUT_HEIGHT,
              " and ",
              Setting.INPUT_WIDTH));
    }
    if (height.getAsInt() > InputSpec.LARGEST_SIDE || width.getAsInt() > InputSpec.LARGEST_SIDE) {
      throw PupilException.badModel(
          "%s takes images of %d x %d; the largest possible side is %d"
              .formatted(
                  file.where(), height.getAsInt(), width.getAsInt(), InputSpec.LARGEST_SIDE));
    }
    NotedScaling noted = new NotedScaling(file.metadata(), file.where());
    Optional<PerChannel> mean = request.inputMean().or(noted::mean);
    Optional<PerChannel> std = request.inputStd().or(noted::std);
    if (mean.isEmpty() || std.isEmpty()) {
      throw PupilException.usage(
          Message.of(
              Setting.ARCHITECTURE,
              " " + typed + " does not say how its pixels are scaled: give ",
              Setting.INPUT_MEAN,
              " and ",
              Setting.INPUT_STD,
              ", often 123.675,116.28,103.53 and 58.395,57.12,57.375 for what was trained with"
                  + " PyTorch; 0 and 255 for a network that takes 0 to 1; 127.5 and 127.5 for -1 to 1"));
    }
    return noted.spec(height.getAsInt(), width.getAsInt(), mean.get(), std.get());
  }

  private Pooled bottleneck(Sized sized) {
    if (request.bottleneckLayer().isPresent()) {
      String asked = request.bottleneckLayer().get();
      String tensor = sized.file().tensor(asked).orElseGet(() -> penultimate(sized, asked));
      ImageNetwork network = sized.to(tensor);
      return network.pooled(tensor).orElseThrow(() -> noVector(sized, network, tensor));
    }
    return own(sized);
  }

  private static boolean endsInClasses(OnnxFile file, Pooled pooled) {
    return file.isSoftmax(pooled.tensor()) && file.beforeLastProduct(pooled.tensor()).isPresent();
  }

  private String penultimate(Sized sized, String asked) {
    OnnxFile file = sized.file();
    if (asked.equals(PENULTIMATE) && !file.outputs().isEmpty()) {
      String output = file.outputs().get(0);
      Optional<String> found = file.beforeLastProduct(output).flatMap(file::tensor);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw PupilException.badModel(
        Message.of(
            Setting.BOTTLENECK_LAYER,
            " "
                + asked
                + " is not in "
                + file.where()
                + listed("; outputs in it: ", file.outputs())));
  }

  /** The one output that is a vector; else the one map, or the one list of tokens. */
  private Pooled own(Sized sized) {
    if (sized.file().outputs().size() > MOST_OUTPUTS) {
      throw severalOutputs(sized);
    }
    List<Pooled> vectors = new ArrayList<>();
    List<Pooled> maps = new ArrayList<>();
    List<Pooled> tokens = new ArrayList<>();
    List<PupilException> troubles = new ArrayList<>();
    for (String output : sized.file().outputs()) {
      try {
        ImageNetwork network = sized.to(output);
        Optional<Pooled> pooled = network.pooled(output);
        long[] shape = network.shape(output).orElse(new long[0]);
        boolean isFlat = Arrays.stream(shape).filter(length -> length != 1).count() <= 1;
        pooled.ifPresent(
            (isFlat || shape.length == 2 ? vectors : shape.length == 4 ? maps : tokens)::add);
        if (pooled.isEmpty()) {
          troubles.add(noVector(sized, network, output));
        }
      } catch (PupilException e) {
        troubles.add(e);
      }
    }
    for (List<Pooled> kind : List.of(vectors, maps, tokens)) {
      if (kind.size() == 1) {
        return kind.get(0);
      }
      if (kind.size() > 1) {
        throw severalOutputs(sized);
      }
    }
    throw troubles.isEmpty()
        ? PupilException.badModel(sized.file().where() + " declares no output")
        : troubles.get(0);
  }

  private PupilException severalOutputs(Sized sized) {
    return PupilException.usage(
        Message.of(
            Setting.ARCHITECTURE,
            " " + typed + " has several outputs: choose one with ",
            Setting.BOTTLENECK_LAYER,
            listed(": ", sized.file().outputs())));
  }

  private static PupilException noVector(Sized sized, ImageNetwork network, String tensor) {
    String given =
        network
            .shape(tensor)
            .map(
                shape ->
                    Arrays.stream(shape)
                        .skip(1)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(",", "[n,", "]")))
            .orElse("no row for each photo");
    return PupilException.badModel(
        Message.of(
            Setting.BOTTLENECK_LAYER,
            " %s of %s gives %s for images of %d x %d; a bottleneck is float32 [n,d], or a map that is averaged"
                .formatted(
                    tensor,
                    sized.file().where(),
                    given,
                    sized.spec().height(),
                    sized.spec().width()),
            listed("; outputs: ", sized.file().outputs())));
  }

  private static String listed(String introduction, List<String> names) {
    return BackboneBuilder.listed(
        introduction, names.subList(0, Math.min(MOST_LISTED, names.size())));
  }

  private static void checkFinite(Backbone backbone, OnnxFile file) {
    try (Network network =
        backbone
            .engine()
            .open(
                backbone.network(Backbone.Output.FEATURES),
                backbone.input(),
                NetworkEngine.Purpose.FEW_PHOTOS)) {
      float[] features =
          network
              .run(new float[backbone.input().floats()], 1)
              .values(Backbone.Output.FEATURES.outputName());
      for (float feature : features) {
        if (!Float.isFinite(feature)) {
          throw PupilException.badModel(
              "%s gives %s for a grey image at %s, no finite number: its weights are damaged, or it"
                      .formatted(file.where(), feature, backbone.bottleneckLayer())
                  + " is to be run in another way");
        }
      }
    }
  }
}

package org.pupil.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.images.Alpha;
import org.pupil.images.InputSpec;
import org.pupil.images.PerChannel;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.log.proto.VersionDef;
import org.pupil.training.FinalLayer;

/**
 * A model of three labels whose backbone has two nodes, the input and the mean over each colour.
 * All its numbers are different, so that whatever is mixed up shows.
 */
public final class TinyModel {
  public static final InputSpec INPUT = new InputSpec(4, 5, 120, 64);
  public static final List<String> LABELS = List.of("ant", "bee", "wasp 2");
  static final float[] WEIGHTS = {1, -2, 0.5f, 0.25f, 3, -1, -1.5f, 0.75f, 2};
  static final float[] BIASES = {0.125f, -0.5f, 0.25f};

  private TinyModel() {}

  /** From {@code photos} [n,height,width,3] to {@code pooled} [n,3]. */
  public static GraphDef backboneGraph() {
    return GraphDef.newBuilder()
        .addNode(placeholder("photos", DataType.DT_FLOAT, -1, -1, -1, 3))
        .addNode(ints("axes", 1, 2))
        .addNode(mean("pooled", "photos", "axes"))
        .setVersions(VersionDef.newBuilder().setProducer(1882))
        .build();
  }

  /** The backbone, by way of a file in a folder. */
  public static Backbone backbone(Path folder) {
    return backbone(folder, backboneGraph());
  }

  static Backbone backbone(Path folder, GraphDef graph) {
    try {
      Path file = Files.write(folder.resolve("tiny-backbone.pb"), graph.toByteArray());
      return catalog().resolve(request(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a frozen graph with the layers of {@link #backboneGraph}. */
  public static BackboneRequest request(Path graph) {
    return BackboneRequest.architecture(graph.toString(), graph.getParent())
        .withLayers(Optional.of("photos"), Optional.of("pooled"))
        .withSize(INPUT.height(), INPUT.width())
        .withScaling(INPUT.mean(), INPUT.std());
  }

  /** A catalog that reaches no network: port 9 discards, where anything listens to it at all. */
  static BackboneCatalog catalog() {
    return new BackboneCatalog(
        DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
        Map.of(),
        DownloadListener.silent());
  }

  public static FinalLayer layer() {
    return new FinalLayer(3, WEIGHTS, BIASES);
  }

  /** The nodes of a model that is a TensorFlow graph. */
  public static GraphDef graphOf(Model model) {
    return ((ModelContent.OfTensorFlow) model.content()).graph();
  }

  public static Model model(Path folder) {
    return Model.of(backbone(folder), layer(), description());
  }

  /** Where a model is written, with nothing else in it that depends on the folder. */
  public static Path written(Path folder) {
    Path file = folder.resolve("graph.pb");
    model(folder).writeGraph(file);
    return file;
  }

  public static ModelDescription description() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("image_dir", "insects");
    options.put("architecture", "tiny.pb");
    options.put("seed", "5");
    return new ModelDescription(
        1,
        LABELS,
        "Placeholder",
        "final_result",
        INPUT.height(),
        INPUT.width(),
        Alpha.WHITE,
        new Provenance(
            "0.1.0",
            "2026-11-24T12:30:15Z",
            new Provenance.BackboneUsed(
                "tiny.pb", "0f".repeat(32), "pooled", 3, PerChannel.of(120), PerChannel.of(64)),
            new Provenance.SplitUsed("stratified", 7, 11, 12, 40, 6, 8),
            new Provenance.Training("auto", 9, 5, null),
            new Provenance.TestScore(0.875, 0.529, 0.978, 0.25, 8),
            new Provenance.Data("e1".repeat(32), List.of(20, 21, 13)),
            options));
  }

  /** What the model answers, in plain Java: softmax of (means of the scaled pixels) W + b. */
  public static double[] probabilities(float[] unitPixels) {
    double[] logits = new double[3];
    double sum = 0;
    for (int label = 0; label < 3; label++) {
      logits[label] = BIASES[label];
      for (int colour = 0; colour < 3; colour++) {
        double mean = 0;
        for (int i = colour; i < unitPixels.length; i += 3) {
          mean += unitPixels[i] / (unitPixels.length / 3.0);
        }
        logits[label] +=
            (mean * 255 - INPUT.mean().red()) / INPUT.std().red() * WEIGHTS[colour * 3 + label];
      }
    }
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    for (int label = 0; label < 3; label++) {
      logits[label] = Math.exp(logits[label]) / sum;
    }
    return logits;
  }

  /** Images of which every pixel differs from its neighbours. */
  static float[] images(int count) {
    float[] pixels = new float[count * INPUT.floats()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i * i * 37 % 251 / 250f;
    }
    return pixels;
  }

  public static NodeDef placeholder(String name, DataType type, long... shape) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Placeholder")
        .putAttr("dtype", type(type))
        .putAttr("shape", AttrValue.newBuilder().setShape(shape(shape)).build())
        .build();
  }

  public static NodeDef ints(String name, int... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_INT32).setTensorShape(shape(values.length));
    for (int value : values) {
      tensor.addIntVal(value);
    }
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", type(DataType.DT_INT32))
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build())
        .build();
  }

  public static NodeDef mean(String name, String... inputs) {
    return node(name, "Mean", inputs).toBuilder()
        .putAttr("Tidx", type(DataType.DT_INT32))
        .putAttr("keep_dims", AttrValue.newBuilder().setB(false).build())
        .build();
  }

  /** A float operation. */
  public static NodeDef node(String name, String op, String... inputs) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp(op)
        .addAllInput(List.of(inputs))
        .putAttr("T", type(DataType.DT_FLOAT))
        .build();
  }

  public static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static TensorShapeProto shape(long... lengths) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long length : lengths) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
    }
    return shape.build();
  }
}

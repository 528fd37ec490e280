package org.pupil.labelling;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.dataset.PhotoFile;
import org.pupil.dataset.PhotoSource;
import org.pupil.engine.Engines;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.familiarity.Familiarity;
import org.pupil.files.WholeFile;
import org.pupil.graph.TensorName;
import org.pupil.images.ImageDecoder;
import org.pupil.images.InputSpec;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.model.OnnxMetadata;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkFormat;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;
import org.pupil.network.PhotoPipeline;
import org.pupil.onnx.ClassifierGraph;
import org.pupil.onnx.ConversionException;
import org.pupil.onnx.GraphConverter;
import org.pupil.onnx.PhotoModel;
import org.pupil.onnx.proto.ModelProto;

/**
 * A model in the form that other programs take: an ONNX file from images [n,3,height,width] in [0,
 * 1] to probabilities [n,labels], with its labels and description in its metadata. {@code
 * docs/formats.md} specifies it.
 */
public final class OnnxExport {
  /**
   * Probabilities of the two forms may differ by so much: more than rounding explains, and less
   * than anybody notices.
   */
  static final float LARGEST_DIFFERENCE = 1e-4f;

  private static final int CHANNELS = 3;
  private static final float LARGEST_PIXEL = 255;

  /** What is put before the names of an ONNX network's tensors. */
  private static final String SCOPE = "model/";

  private final LabellingGraph model;
  private final Path source;
  private final byte[] onnx;

  private OnnxExport(LabellingGraph model, Path source, byte[] onnx) {
    this.model = model;
    this.source = source;
    this.onnx = onnx;
  }

  /**
   * What was written.
   *
   * @param file the ONNX file
   * @param photos how many photos it was compared on
   * @param isMadeUp whether these were made up, because there were none
   * @param greatestDifference of any photo's and label's probability from that of the model
   */
  public record Exported(Path file, int photos, boolean isMadeUp, float greatestDifference) {
    /**
     * For a person: {@code probabilities differ by at most 1.2e-07 on 12 photos}, or {@code
     * probabilities are the same on 3 made-up images}.
     */
    public String comparison() {
      String result =
          greatestDifference == 0
              ? "are the same"
              : String.format(Locale.ROOT, "differ by at most %.1e", greatestDifference);
      String compared = isMadeUp ? "made-up image" : "photo";
      return "probabilities %s on %d %s"
          .formatted(result, photos, compared + (photos == 1 ? "" : "s"));
    }
  }

  /**
   * Converts a model.
   *
   * @param overrides what a person says about it, {@link Overrides#NONE} for one that Pupil made
   * @throws PupilException as {@link Labeller#open}; (bad model) if it cannot be converted: the
   *     message names the node
   */
  public static OnnxExport of(Model model, Overrides overrides) {
    LabellingGraph graph = LabellingGraph.of(model, overrides);
    PhotoModel.Converted converted =
        graph.network() instanceof NetworkGraph.OfOnnx onnx
            ? renamed(onnx, graph)
            : converted((NetworkGraph.OfTensorFlow) graph.network(), graph);
    return new OnnxExport(
        graph, model.path(), described(converted, graph, model.description()).toByteArray());
  }

  private static PhotoModel.Converted converted(
      NetworkGraph.OfTensorFlow network, LabellingGraph graph) {
    float[] std = graph.input().std().all();
    float[] mean = graph.input().mean().all();
    float[] scale = new float[CHANNELS];
    float[] shift = new float[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      scale[channel] = LARGEST_PIXEL / std[channel];
      shift[channel] = 0 - mean[channel] / std[channel];
    }
    return new PhotoModel(network.graph(), network.input(), graph.outputLayer(), features(network))
        .convert(graph.input().height(), graph.input().width(), scale, shift);
  }

  private static Optional<String> features(NetworkGraph network) {
    return Optional.ofNullable(network.outputs().get(LabellingGraph.FEATURES));
  }

  private static PhotoModel.Converted renamed(NetworkGraph.OfOnnx network, LabellingGraph graph) {
    float[] mean = graph.input().mean().all();
    float[] scale = graph.input().std().all();
    for (int channel = 0; channel < CHANNELS; channel++) {
      mean[channel] /= LARGEST_PIXEL;
      scale[channel] = LARGEST_PIXEL / scale[channel];
    }
    return new PhotoModel.Converted(
        new ClassifierGraph(network.network(), SCOPE)
            .withInput(PhotoModel.INPUT, mean, scale)
            .withOutput(graph.outputLayer(), PhotoModel.OUTPUT),
        features(network).map(SCOPE::concat));
  }

  private static ModelProto described(
      PhotoModel.Converted converted, LabellingGraph graph, Optional<ModelDescription> own) {
    List<String> labels = graph.labels().names();
    Optional<Familiarity> known = graph.trust().map(TrustRule::familiarity);
    return own.map(
            description ->
                OnnxMetadata.describe(
                    converted.model(),
                    new ModelDescription(
                            description.format(),
                            labels,
                            PhotoModel.INPUT,
                            PhotoModel.OUTPUT,
                            graph.input().height(),
                            graph.input().width(),
                            graph.alpha(),
                            description.provenance())
                        .knowing(known, converted.features().orElse(""), NetworkFormat.ONNX),
                    known.map(Familiarity::photos)))
        .orElseGet(() -> OnnxMetadata.label(converted.model(), labels));
  }

  /**
   * Checks that a file is not named as if it were a TensorFlow graph: nobody could read it then.
   * Nor may it be a photo, as it is where a shell puts several in place of {@code *}.
   *
   * @throws PupilException (usage) if it is
   */
  public static void checkName(Path file) {
    if (NetworkFormat.TENSORFLOW.isNamedBy(file)) {
      throw PupilException.usage(Message.of(Setting.ONNX, " must end with .onnx, was " + file));
    }
    if (PhotoFile.isPhoto(file)) {
      throw PupilException.usage(
          Message.of(
              Setting.ONNX, " is a file to write, but " + file + " is a photo: name another file"));
    }
  }

  /**
   * Checks, before long work, that a model on a backbone will be convertible.
   *
   * @param backbone from images to bottlenecks
   * @throws PupilException (bad model) if it will not
   */
  public static void checkConvertible(NetworkGraph backbone, InputSpec input) {
    long[] image = {1, input.height(), input.width(), CHANNELS};
    if (backbone instanceof NetworkGraph.OfTensorFlow network) {
      for (String output : network.outputs().values()) {
        try {
          GraphConverter.shapeOf(network.graph(), network.input(), image, TensorName.parse(output));
        } catch (ConversionException e) {
          throw PupilException.badModel(Message.of(Setting.ONNX, ": " + e.getMessage()), e);
        }
      }
    }
  }

  /**
   * Runs model and export on photos, compares their probabilities, and writes the export if they
   * are the same.
   *
   * @param file appears whole or not at all
   * @param photos read twice; if there are none, some images are made up
   * @param engine runs the model; ONNX Runtime runs the export
   * @param threads how many photos are worked on at a time, at least 1
   * @throws PupilException (usage) as {@link #checkName}; (bad model) if the probabilities differ,
   *     or model and labels do not fit; (bad input) if a photo cannot be read; (unavailable) if the
   *     file cannot be written. An old file is then as it was
   */
  public Exported write(Path file, List<PhotoSource> photos, NetworkEngine engine, int threads) {
    checkName(file);
    List<PhotoSource> compared = photos.isEmpty() ? MadeUpPhotos.of(model.input()) : photos;
    float difference = compare(compared, engine, threads);
    WholeFile.write(file, onnx);
    return new Exported(file, compared.size(), photos.isEmpty(), difference);
  }

  private float compare(List<PhotoSource> photos, NetworkEngine engine, int threads) {
    float[][] expected;
    try (Network network = engine.open(model.network(), model.input(), Purpose.MANY_PHOTOS)) {
      network.outputs().get(0).size().ifPresent(n -> Labeller.checkOutputs(n, 1, model.labels()));
      expected = probabilities(network, photos, threads);
    }
    InputSpec unit = new InputSpec(model.input().height(), model.input().width(), 0, LARGEST_PIXEL);
    float[][] found;
    try (Network network = Engines.exported(onnx, unit, source.toString())) {
      found = probabilities(network, photos, threads);
    }
    return greatestDifference(expected, found, photos);
  }

  private float greatestDifference(float[][] expected, float[][] found, List<PhotoSource> photos) {
    float greatest = 0;
    for (int photo = 0; photo < expected.length; photo++) {
      Labeller.checkOutputs(expected[photo].length, 1, model.labels());
      for (int label = 0; label < expected[photo].length; label++) {
        float difference = Math.abs(expected[photo][label] - found[photo][label]);
        if (!(difference <= LARGEST_DIFFERENCE)) { // so that NaN is an error, too
          throw PupilException.badModel(
              "not exported: of %s, the ONNX model says %s %s and %s says %s"
                  .formatted(
                      photos.get(photo).name(),
                      model.labels().name(label),
                      found[photo][label],
                      source,
                      expected[photo][label]));
        }
        greatest = Math.max(greatest, difference);
      }
    }
    return greatest;
  }

  private float[][] probabilities(Network network, List<PhotoSource> photos, int threads) {
    float[][] all = new float[photos.size()][];
    new PhotoPipeline<Integer>(new ImageDecoder(network.input(), model.alpha()), network, threads)
        .run(
            IntStream.range(0, photos.size()).boxed().toList(),
            i -> photos.get(i).read(),
            new PhotoPipeline.Visitor<>() {
              @Override
              public void computed(List<Integer> batch, NetworkResult result) {
                float[] values = result.values(network.outputs().get(0).name());
                int labels = values.length / batch.size();
                for (int i = 0; i < batch.size(); i++) {
                  all[batch.get(i)] = Arrays.copyOfRange(values, i * labels, (i + 1) * labels);
                }
              }

              @Override
              public void failed(Integer i, String reason) {
                throw PupilException.badInput(photos.get(i).name() + ": " + reason);
              }
            });
    return all;
  }
}

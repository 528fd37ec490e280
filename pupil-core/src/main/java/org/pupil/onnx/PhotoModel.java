package org.pupil.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.GraphDef;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.ValueInfoProto;

/**
 * Converts a TensorFlow graph that labels photos to an ONNX model as others expect it: images
 * [n,3,height,width] in [0, 1] in, as PyTorch's exporter and most programs for ONNX have them, and
 * probabilities [n,labels] out.
 */
public final class PhotoModel {
  /** The model's input. */
  public static final String INPUT = "image";

  /** The model's output. */
  public static final String OUTPUT = "probabilities";

  private static final int CHANNELS = 3;

  private final GraphDef graph;
  private final String input;
  private final String output;
  private final Optional<String> features;

  /**
   * A model, and where it has what it was asked for.
   *
   * @param model the model
   * @param features the tensor that is the bottleneck [n,d], if it was asked for
   */
  public record Converted(ModelProto model, Optional<String> features) {}

  /**
   * @param graph frozen: without variables
   * @param input the node that is fed with images [n,height,width,3]
   * @param output the node whose first output are the probabilities
   * @param features the node whose first output is the bottleneck, if that is to be found again
   */
  public PhotoModel(GraphDef graph, String input, String output, Optional<String> features) {
    this.graph = graph;
    this.input = input;
    this.output = output;
    this.features = features;
  }

  /**
   * Converts the graph. Its batch is open, but for a graph that was made for one image: that takes
   * one at a time.
   *
   * @param scale what the graph's input is of an image {@code x} in [0, 1]: {@code x * scale +
   *     shift}; each has a number for each channel
   * @param shift likewise
   * @throws PupilException (bad model) when a node cannot be converted: the message names it
   */
  public Converted convert(int height, int width, float[] scale, float[] shift) {
    return GraphConverter.withinMemory(
        () -> {
          try {
            return convert(new Shape(Shape.IMAGES, height, width, CHANNELS), scale, shift);
          } catch (ConversionException | PupilException e) {
            return forOne(height, width, scale, shift);
          }
        });
  }

  private Converted forOne(int height, int width, float[] scale, float[] shift) {
    try {
      return convert(new Shape(1, height, width, CHANNELS), scale, shift);
    } catch (ConversionException e) {
      throw PupilException.badModel(String.valueOf(e.getMessage()), e);
    }
  }

  private Converted convert(Shape shape, float[] scale, float[] shift) {
    OnnxGraph onnx = new OnnxGraph();
    onnx.reserve(INPUT);
    onnx.reserve(OUTPUT);
    Value image = scaled(onnx, shape, scale, shift);
    Map<String, Value> found =
        GraphConverter.add(
            onnx,
            graph,
            input,
            image,
            Stream.concat(Stream.of(output), features.stream()).toList());
    Value result = vectors(onnx, found.get(output), shape);
    Optional<String> bottleneck = features.map(node -> onnx.nameOf(found.get(node)));
    ValueInfoProto declared =
        OnnxGraph.floats(INPUT, shape.permuted(ImagePermutation.TO_CHANNELS_FIRST.axes()));
    GraphProto built = onnx.build("pupil", List.of(declared), Map.of(OUTPUT, result));
    return new Converted(GraphConverter.model(built), bottleneck);
  }

  private static Value scaled(OnnxGraph onnx, Shape shape, float[] scale, float[] shift) {
    Value image = new Value(INPUT, shape, Value.Layout.CHANNELS_FIRST, null);
    onnx.nameAfter("scaling");
    if (!isAll(1, scale)) {
      image = onnx.addChannelsFirst("Mul", shape, List.of(image.name(), perChannel(onnx, scale)));
    }
    if (!isAll(0, shift)) {
      image = onnx.addChannelsFirst("Add", shape, List.of(image.name(), perChannel(onnx, shift)));
    }
    return image;
  }

  private static boolean isAll(float wanted, float[] values) {
    for (float value : values) {
      if (value != wanted) {
        return false;
      }
    }
    return true;
  }

  private static String perChannel(OnnxGraph onnx, float[] values) {
    return onnx.constant(Literal.of(new Shape(1, CHANNELS, 1, 1), values));
  }

  /** Some graphs give [n,1,1,labels]. */
  private static Value vectors(OnnxGraph onnx, Value result, Shape image) {
    Shape shape = result.shape();
    if (shape.rank() < 2 || shape.length(0) != image.length(0)) {
      throw new ConversionException(
          "the graph gives values of %s for images %s, and no vector for each"
              .formatted(shape, image));
    }
    if (shape.rank() == 2) {
      return result;
    }
    Shape flat = new Shape(shape.length(0), shape.with(0, 1).elements());
    onnx.nameAfter("labels");
    String lengths = onnx.constant(Literal.of(new Shape(2), -1L, flat.length(1)));
    return onnx.add("Reshape", flat, List.of(onnx.nameOf(onnx.asInTensorFlow(result)), lengths));
  }
}

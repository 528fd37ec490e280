package org.pupil.finetuning;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pupil.onnx.proto.AttributeProto;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.NodeProto;
import org.pupil.onnx.proto.TensorProto;

/**
 * Reads layers that can be trained from an ONNX graph, as {@link org.pupil.onnx.GraphConverter}
 * makes it of a part of a TensorFlow graph: batch normalisation and biases are in the convolutions
 * already.
 */
final class LayerReader {
  /** What changes the shape of a bottleneck, but no number. */
  private static final Set<String> SHAPE_ONLY =
      Set.of("Reshape", "Identity", "Squeeze", "Flatten", "Transpose");

  private static final float SIX = 6;

  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();

  /** Which layer gives a tensor. */
  private final Map<String, Integer> layerOf = new HashMap<>();

  private final List<Layer> layers = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  private LayerReader(GraphProto graph, String input) {
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    graph.getNodeList().forEach(node -> node.getInputList().forEach(this::count));
    layerOf.put(input, UpperLayers.CUT);
  }

  private void count(String tensor) {
    uses.merge(tensor, 1, Integer::sum);
  }

  /**
   * Reads a part of a network.
   *
   * @param graph from one tensor [n, height, width, channels] to a mean over places
   * @param input that tensor
   * @param shape what it has of one photo
   * @throws NotTrainableException if it has an operation whose gradient is not known here
   */
  static UpperLayers read(GraphProto graph, String input, MapShape shape) {
    LayerReader reader = new LayerReader(graph, input);
    boolean pooled = false;
    for (NodeProto node : graph.getNodeList()) {
      if (pooled) {
        if (!SHAPE_ONLY.contains(node.getOpType())) {
          throw new NotTrainableException(node.getOpType(), node.getOutput(0));
        }
      } else if (node.getOpType().equals("GlobalAveragePool")) {
        pooled = reader.layer(node, 0) == reader.layers.size() - 1;
        if (!pooled) {
          throw new NotTrainableException(node.getOpType(), node.getOutput(0));
        }
      } else {
        reader.add(node);
      }
    }
    if (!pooled) {
      throw new NotTrainableException("a network without a mean over places", "its end");
    }
    return new UpperLayers(shape, reader.layers, reader.names);
  }

  private void add(NodeProto node) {
    switch (node.getOpType()) {
      case "Transpose" -> layerOf.put(node.getOutput(0), moved(node));
      case "Conv" -> add(node, convolution(node));
      case "Add" -> add(node, new Addition(layer(node, 0), layer(node, 1), Activation.NONE));
      case "Clip" -> activate(node, clip(node));
      case "Relu" -> activate(node, Activation.RELU);
      default -> throw new NotTrainableException(node.getOpType(), node.getOutput(0));
    }
  }

  private void add(NodeProto node, Layer layer) {
    layerOf.put(node.getOutput(0), layers.size());
    layers.add(layer);
    names.add(node.getOutput(0));
  }

  /** Only what comes in is moved, to ONNX's order of axes, which the layers here do not have. */
  private int moved(NodeProto node) {
    int layer = layer(node, 0);
    if (layer != UpperLayers.CUT) {
      throw new NotTrainableException(node.getOpType(), node.getOutput(0));
    }
    return layer;
  }

  private int layer(NodeProto node, int input) {
    Integer layer = layerOf.get(node.getInput(input));
    if (layer == null) {
      throw new NotTrainableException(node.getOpType(), node.getOutput(0));
    }
    return layer;
  }

  /** An activation becomes the end of the layer before it. */
  private void activate(NodeProto node, Activation activation) {
    int at = layer(node, 0);
    if (at == UpperLayers.CUT || uses.get(node.getInput(0)) != 1) {
      throw new NotTrainableException(node.getOpType(), node.getOutput(0));
    }
    layers.set(at, layers.get(at).with(activation));
    names.set(at, node.getOutput(0));
    layerOf.put(node.getOutput(0), at);
  }

  private Activation clip(NodeProto node) {
    if (number(node, 1) == 0 && number(node, 2) == SIX) {
      return Activation.RELU6;
    }
    throw new NotTrainableException(node.getOpType(), node.getOutput(0));
  }

  private float number(NodeProto node, int input) {
    float[] values = input < node.getInputCount() ? floats(node, input) : new float[0];
    return values.length == 1 ? values[0] : Float.NaN;
  }

  private float[] floats(NodeProto node, int input) {
    TensorProto tensor = constants.get(node.getInput(input));
    if (tensor == null || tensor.getDataType() != TensorProto.DataType.FLOAT_VALUE) {
      throw new NotTrainableException(node.getOpType(), node.getOutput(0));
    }
    if (tensor.getRawData().isEmpty()) {
      float[] values = new float[tensor.getFloatDataCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = tensor.getFloatData(i);
      }
      return values;
    }
    FloatBuffer raw =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[raw.remaining()];
    raw.get(values);
    return values;
  }

  private Layer convolution(NodeProto node) {
    List<Long> shape = constants.get(node.getInput(1)).getDimsList();
    int filters = shape.get(0).intValue();
    int channels = shape.get(1).intValue();
    Window window = window(node, shape.get(2).intValue(), shape.get(3).intValue());
    Parameter biases = new Parameter(node.getOutput(0) + " biases", floats(node, 2));
    float[] values = floats(node, 1);
    int group = (int) attribute(node, "group").getI();
    if (group == 1) {
      float[] weights = turned(values, filters, channels, window.places());
      return new Convolution(
          layer(node, 0), window, parameter(node, weights), biases, Activation.NONE);
    }
    if (group == filters && channels == 1) {
      float[] weights = turned(values, filters, 1, window.places());
      return new DepthwiseConvolution(
          layer(node, 0), window, parameter(node, weights), biases, Activation.NONE);
    }
    throw new NotTrainableException("Conv of " + group + " groups", node.getOutput(0));
  }

  private static Parameter parameter(NodeProto node, float[] weights) {
    return new Parameter(node.getOutput(0) + " weights", weights);
  }

  /** From ONNX's [filters, channels, places] to TensorFlow's [places, channels, filters]. */
  private static float[] turned(float[] values, int filters, int channels, int places) {
    float[] turned = new float[values.length];
    for (int filter = 0; filter < filters; filter++) {
      for (int channel = 0; channel < channels; channel++) {
        for (int place = 0; place < places; place++) {
          turned[(place * channels + channel) * filters + filter] =
              values[(filter * channels + channel) * places + place];
        }
      }
    }
    return turned;
  }

  private static Window window(NodeProto node, int height, int width) {
    List<Long> strides = attribute(node, "strides").getIntsList();
    List<Long> pads = attribute(node, "pads").getIntsList();
    boolean dilated = attribute(node, "dilations").getIntsList().stream().anyMatch(by -> by != 1);
    if (dilated || strides.size() != 2 || pads.size() != 4) {
      throw new NotTrainableException("Conv of this kind", node.getOutput(0));
    }
    return new Window(
        height,
        width,
        strides.get(0).intValue(),
        strides.get(1).intValue(),
        pads.get(0).intValue(),
        pads.get(1).intValue(),
        pads.get(2).intValue(),
        pads.get(3).intValue());
  }

  private static AttributeProto attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst()
        .orElse(AttributeProto.getDefaultInstance());
  }
}

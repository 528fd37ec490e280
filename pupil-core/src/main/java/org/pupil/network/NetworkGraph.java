package org.pupil.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pupil.log.proto.GraphDef;
import org.pupil.onnx.ImageNetwork;

/**
 * A network at rest: from images to some outputs, in one of the formats that there are. An engine
 * opens those that it can.
 */
public sealed interface NetworkGraph {
  /** What takes images. */
  String input();

  /** How it is kept in a file. */
  NetworkFormat format();

  /**
   * What gives each output, by the name of the output, in an order; at least one. Its values are
   * float32, and its first axis counts images.
   */
  Map<String, String> outputs();

  /**
   * A frozen TensorFlow graph.
   *
   * @param graph without variables
   * @param input node that takes images: a float32 placeholder [n, height, width, 3] or [1, height,
   *     width, 3], or any other node that gives such values
   * @param outputs nodes, of which the first output counts
   */
  record OfTensorFlow(GraphDef graph, String input, Map<String, String> outputs)
      implements NetworkGraph {
    public OfTensorFlow {
      outputs = checked(outputs);
    }

    @Override
    public NetworkFormat format() {
      return NetworkFormat.TENSORFLOW;
    }
  }

  /**
   * An ONNX network.
   *
   * @param outputs tensors
   */
  record OfOnnx(ImageNetwork network, Map<String, String> outputs) implements NetworkGraph {
    public OfOnnx {
      outputs = checked(outputs);
    }

    @Override
    public String input() {
      return network.input().name();
    }

    @Override
    public NetworkFormat format() {
      return NetworkFormat.ONNX;
    }
  }

  private static Map<String, String> checked(Map<String, String> outputs) {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("a network has at least one output");
    }
    return Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }
}

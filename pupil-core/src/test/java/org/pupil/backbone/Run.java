package org.pupil.backbone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.engine.Engines;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.GraphDef;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkGraph;
import org.pupil.network.NetworkResult;

/** Runs a graph in a test. */
public final class Run {
  private Run() {}

  /** The first output of a node, whatever its shape, as one array in the order of memory. */
  public static float[] graph(GraphDef definition, String input, Images images, String output) {
    return graph(definition, input, images, List.of(output)).get(0);
  }

  /** The first outputs of some nodes. */
  public static List<float[]> graph(
      GraphDef definition, String input, Images images, List<String> outputs) {
    return graph(Engines.auto(), definition, input, images, outputs);
  }

  private static List<float[]> graph(
      NetworkEngine engine,
      GraphDef definition,
      String input,
      Images images,
      List<String> outputs) {
    Map<String, String> nodes = new LinkedHashMap<>();
    outputs.forEach(output -> nodes.put(output, output));
    InputSpec spec = new InputSpec(images.height, images.width, 0, 1);
    try (Network network =
        engine.open(
            new NetworkGraph.OfTensorFlow(definition, input, nodes), spec, Purpose.FEW_PHOTOS)) {
      NetworkResult result = network.run(images.values, images.count);
      return outputs.stream().map(result::values).toList();
    }
  }

  /** The graph of a backbone that is one of TensorFlow's. */
  public static GraphDef definition(Backbone backbone) {
    NetworkGraph network = backbone.network(Backbone.Output.FEATURES);
    return ((NetworkGraph.OfTensorFlow) network).graph();
  }

  public static float[] backbone(Backbone backbone, Images images) {
    List<String> outputs = List.of(backbone.bottleneckLayer());
    return graph(backbone.engine(), definition(backbone), backbone.inputLayer(), images, outputs)
        .get(0);
  }

  /** Images whose every pixel is different from its neighbours, the same as the scripts make. */
  public static final class Images {
    public final int count;
    public final int height;
    public final int width;
    public final float[] values;

    public Images(int count, int height, int width, float[] values) {
      this.count = count;
      this.height = height;
      this.width = width;
      this.values = values;
    }

    public static Images counted(int count, int height, int width) {
      float[] values = new float[count * height * width * 3];
      for (int i = 0; i < values.length; i++) {
        values[i] = ((i * 37 + 11) % 256) / 255f;
      }
      return new Images(count, height, width, values);
    }

    /** Means over both sides: [n,3], by plain Java. */
    public float[] means() {
      float[] means = new float[count * 3];
      for (int image = 0; image < count; image++) {
        for (int channel = 0; channel < 3; channel++) {
          double sum = 0;
          for (int pixel = 0; pixel < height * width; pixel++) {
            sum += values[(image * height * width + pixel) * 3 + channel];
          }
          means[image * 3 + channel] = (float) (sum / (height * width));
        }
      }
      return means;
    }
  }
}

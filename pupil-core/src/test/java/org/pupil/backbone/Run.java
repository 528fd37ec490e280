package org.pupil.backbone;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.pupil.log.proto.GraphDef;
import org.pupil.network.NetworkGraph;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

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
    try (Graph graph = new Graph()) {
      load(definition, graph);
      try (Session session = new Session(graph);
          TFloat32 tensor =
              TFloat32.tensorOf(
                  Shape.of(images.count, images.height, images.width, 3),
                  DataBuffers.of(images.values))) {
        Session.Runner runner = session.runner().feed(input, tensor);
        outputs.forEach(runner::fetch);
        List<float[]> values = new ArrayList<>();
        try (Result result = runner.run()) {
          for (int i = 0; i < outputs.size(); i++) {
            values.add(values((TFloat32) result.get(i)));
          }
        }
        return values;
      }
    }
  }

  /** Loads a graph into TensorFlow as it is, by TensorFlow's own class of the message. */
  public static void load(GraphDef definition, Graph graph) {
    try {
      graph.importGraphDef(org.tensorflow.proto.GraphDef.parseFrom(definition.toByteString()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  public static float[] values(TFloat32 tensor) {
    float[] flat = new float[Math.toIntExact(tensor.size())];
    tensor.copyTo(DataBuffers.of(flat));
    return flat;
  }

  /** The graph of a backbone that is one of TensorFlow's. */
  public static GraphDef definition(Backbone backbone) {
    NetworkGraph network = backbone.network(Backbone.Output.FEATURES);
    return ((NetworkGraph.OfTensorFlow) network).graph();
  }

  public static float[] backbone(Backbone backbone, Images images) {
    return graph(definition(backbone), backbone.inputLayer(), images, backbone.bottleneckLayer());
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

package org.pupil.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import org.pupil.backbone.BackboneRequest;
import org.pupil.graph.Nodes;
import org.pupil.images.PerChannel;
import org.pupil.labelling.Pictures;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/**
 * A small backbone whose filters are all symmetric: it gives the same bottleneck for a picture and
 * the same picture upside down. And pictures of two labels that differ in just that: no final layer
 * alone can tell them apart, and layers that are trained can.
 */
public final class SymmetricBackbone {
  private static final int SIZE = 25;
  private static final int BRIGHT = 0xe0e0e0;
  private static final int DARK = 0x202020;

  private final Random random = new Random(4);

  /** From pixels by way of a map {@code low} [13,13,8] to bottlenecks of 16. */
  public static BackboneRequest request(Path folder) {
    return request(folder, new SymmetricBackbone().graph("Relu6"));
  }

  /** One with an operation whose gradient is not known. */
  static BackboneRequest requestWith(Path folder, String operation) {
    return request(folder, new SymmetricBackbone().graph(operation));
  }

  private static BackboneRequest request(Path folder, GraphDef graph) {
    try {
      Path file = Files.write(folder.resolve("symmetric.pb"), graph.toByteArray());
      return BackboneRequest.architecture(file.toString(), folder)
          .withLayers(Optional.of("pixels"), Optional.of("pooled"))
          .withSize(SIZE, SIZE)
          .withScaling(PerChannel.of(127), PerChannel.of(128));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GraphDef graph(String activation) {
    GraphDef.Builder graph =
        GraphDef.newBuilder().addNode(Nodes.placeholder("pixels", -1, SIZE, SIZE, 3));
    convolution(graph, "pixels", "low", "Relu6", 3, 3, 8, 2);
    convolution(graph, "low", "middle", activation, 3, 8, 12, 2);
    convolution(graph, "middle", "high", "Relu", 1, 12, 16, 1);
    Map<String, AttrValue> attributes = new HashMap<>();
    attributes.put("T", Nodes.type(DataType.DT_FLOAT));
    attributes.put("Tidx", Nodes.type(DataType.DT_INT32));
    attributes.put("keep_dims", Nodes.bool(false));
    return graph
        .addNode(Nodes.constant("axes", new int[] {1, 2}, 2))
        .addNode(Nodes.node("pooled", "Mean", attributes, "high", "axes"))
        .build();
  }

  private void convolution(
      GraphDef.Builder graph,
      String from,
      String name,
      String activation,
      int side,
      int channels,
      int filters,
      int stride) {
    int row = side * channels * filters;
    float[] weights = new float[side * row];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() / Math.sqrt(side * side * channels / 2.0));
    }
    System.arraycopy(weights, 0, weights, (side - 1) * row, row);
    float[] biases = new float[filters];
    for (int i = 0; i < filters; i++) {
      biases[i] = random.nextFloat() * 0.2f;
    }
    Map<String, AttrValue> attributes = new HashMap<>();
    attributes.put("T", Nodes.type(DataType.DT_FLOAT));
    attributes.put("strides", Nodes.integers(1, stride, stride, 1));
    attributes.put("padding", Nodes.text("SAME"));
    NodeDef kernel = Nodes.constant(name + "/weights", weights, side, side, channels, filters);
    graph
        .addNode(kernel)
        .addNode(Nodes.constant(name + "/biases", biases, filters))
        .addNode(Nodes.node(name + "/convolution", "Conv2D", attributes, from, kernel.getName()))
        .addNode(Nodes.operation(name + "/sum", "BiasAdd", name + "/convolution", name + "/biases"))
        .addNode(Nodes.operation(name, activation, name + "/sum"));
  }

  /** Adds pictures of a bright bar above a dark one, or below it. */
  static void paint(TestRun run, int ofEach) {
    paint(ofEach, run::file);
  }

  /**
   * Pictures of the labels above and below.
   *
   * @param file takes a name and the content of a file
   */
  public static void paint(int ofEach, BiConsumer<String, byte[]> file) {
    Random places = new Random(9);
    for (int i = 0; i < ofEach; i++) {
      for (boolean brightAbove : new boolean[] {true, false}) {
        int y = 3 + places.nextInt(14);
        int x = 2 + places.nextInt(8);
        int width = 8 + places.nextInt(6);
        int ground = 0x505050 + places.nextInt(0x20) * 0x010101;
        byte[] content =
            Pictures.png(
                SIZE,
                SIZE,
                (column, row) -> {
                  boolean outside = column < x || column >= x + width || row < y || row >= y + 6;
                  return outside ? ground : row < y + 3 == brightAbove ? BRIGHT : DARK;
                });
        file.accept((brightAbove ? "above/" : "below/") + i + ".png", content);
      }
    }
  }
}

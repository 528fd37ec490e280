package org.pupil.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.engine.MatrixProducts;

/** Gradients against those of TensorFlow, which {@code gradients.py} has computed. */
class TensorFlowGradientsTest {
  private static final double EXACTNESS = 2e-5;

  private static JsonNode file() throws IOException {
    try (InputStream in = TensorFlowGradientsTest.class.getResourceAsStream("gradients.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static List<Named<JsonNode>> networks() throws IOException {
    List<Named<JsonNode>> networks = new ArrayList<>();
    file().get("networks").forEach(each -> networks.add(Named.of(each.get("name").asText(), each)));
    assertThat(networks).hasSize(11);
    return networks;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void areThoseOfTensorFlow(JsonNode known) throws IOException {
    int photos = file().get("photos").asInt();
    UpperLayers network = network(known);
    try (MatrixProducts products = MatrixProducts.open()) {
      UpperLayersPass pass = new UpperLayersPass(network, photos, products);
      float[] cut = floats(known.get("cut"));
      int channels = network.input().channels();
      for (int place = 0; place < photos * network.input().places(); place++) {
        System.arraycopy(cut, place * channels, pass.cut()[place], 0, channels);
      }
      float[][] means = new float[photos][network.dimension()];
      pass.forward(photos, means);
      assertClose("means", flat(means), floats(known.get("means")));
      List<float[]> gradients = new ArrayList<>();
      network.parameters().forEach(parameter -> gradients.add(new float[parameter.size()]));
      pass.backward(photos, rows(floats(known.get("upstream")), photos), gradients);
      for (int i = 0; i < gradients.size(); i++) {
        assertClose("parameter " + i, gradients.get(i), floats(known.get("gradients").get(i)));
      }
    }
  }

  private static void assertClose(String what, float[] numbers, float[] known) {
    assertThat(numbers).as(what).hasSameSizeAs(known);
    for (int i = 0; i < known.length; i++) {
      assertThat((double) numbers[i])
          .as("%s, number %d", what, i)
          .isCloseTo(known[i], within(EXACTNESS * Math.max(1, Math.abs(known[i]))));
    }
  }

  private static UpperLayers network(JsonNode known) {
    MapShape cut = new MapShape(at(known, 0), at(known, 1), at(known, 2));
    Iterator<JsonNode> parameters = known.get("parameters").iterator();
    List<Layer> layers = new ArrayList<>();
    List<MapShape> shapes = new ArrayList<>();
    for (JsonNode each : known.get("layers")) {
      int first = each.get("inputs").get(0).asInt();
      MapShape input = first == UpperLayers.CUT ? cut : shapes.get(first);
      Layer layer = layer(each, input, parameters);
      layers.add(layer);
      shapes.add(layer.output(Collections.nCopies(layer.inputs().size(), input)));
    }
    return new UpperLayers(cut, layers, Collections.nCopies(layers.size(), "layer"));
  }

  private static int at(JsonNode known, int axis) {
    return known.get("shape").get(axis).asInt();
  }

  private static Layer layer(JsonNode each, MapShape input, Iterator<JsonNode> parameters) {
    int first = each.get("inputs").get(0).asInt();
    Activation activation = Activation.valueOf(each.get("activation").asText());
    if (each.get("kind").asText().equals("add")) {
      return new Addition(first, each.get("inputs").get(1).asInt(), activation);
    }
    Window window = window(each, input);
    Parameter weights = new Parameter("weights", floats(parameters.next()));
    Parameter biases = new Parameter("biases", floats(parameters.next()));
    return each.get("kind").asText().equals("conv")
        ? new Convolution(first, window, weights, biases, activation)
        : new DepthwiseConvolution(first, window, weights, biases, activation);
  }

  /** TensorFlow's SAME puts the odd row of zeros below and the odd column to the right. */
  private static Window window(JsonNode each, MapShape input) {
    int side = each.get("side").asInt();
    int stride = each.get("stride").asInt();
    if (each.get("padding").asText().equals("VALID")) {
      return new Window(side, side, stride, stride, 0, 0, 0, 0);
    }
    int rows = zeros(input.height(), side, stride);
    int columns = zeros(input.width(), side, stride);
    return new Window(
        side, side, stride, stride, rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
  }

  private static int zeros(int length, int side, int stride) {
    int places = (length + stride - 1) / stride;
    return Math.max((places - 1) * stride + side - length, 0);
  }

  private static float[] floats(JsonNode numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers.get(i).asDouble();
    }
    return floats;
  }

  private static float[][] rows(float[] numbers, int rows) {
    int length = numbers.length / rows;
    float[][] split = new float[rows][length];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(numbers, i * length, split[i], 0, length);
    }
    return split;
  }

  private static float[] flat(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
    }
    return all;
  }
}
